"""A list of a million: how long its run takes to open, and what the owner's pages then cost."""

import time
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from campaigns import mailings, runs
from campaigns.deliveries import STATES
from campaigns.models import Delivery, Mailing, Message, Recipient, Run
from tests.benchmarks import bulk

Result = dict[str, Any]
STRETCH = 50_000
PAGE_MS = 200
OPENING_SECONDS = 60
VISITS = 5


def run(count: int) -> list[Result]:
    owner = User.objects.create_user(f"million-{time.time_ns()}@example.com")
    owner.groups.set(Group.objects.filter(name="Campaign owners"))
    owner.emailaddress_set.create(email=owner.email, verified=True, primary=True)
    make_recipients(owner, count)
    message = Message.objects.create(owner=owner, subject="News", body="Hello {{ full_name|reader }}")
    mailing = mailings.schedule_mailing(owner=owner, message=message, recipients=None, start=timezone.now())
    began = time.monotonic()
    runs.open_due_runs(mailing=mailing)
    seconds = time.monotonic() - began
    opened = mailing.runs.get()
    assert opened.total == count, f"{opened.total} of {count} opened"
    settle_some(opened)
    rows = [line("mailing_opening", 1000 * seconds, 1000 * OPENING_SECONDS, f"a run of {count} recipients")]
    return [*rows, *pages(owner, mailing, count)]


def make_recipients(owner: User, count: int) -> None:
    for first in range(0, count, STRETCH):
        rows = [
            Recipient(
                owner=owner,
                email=f"reader{number}@domain{number % 9973}.example",
                full_name=f"Анна Читатель {number}",
                consent_basis=Recipient.Consent.OPT_IN,
                state=Recipient.State.ACTIVE,
            )
            for number in range(first, min(first + STRETCH, count))
        ]
        for row in rows:
            row.derive()
        bulk.write(rows)


def settle_some(opened: Run) -> None:
    """A part of the outcomes, as in mid-run; and what autovacuum does within a minute."""
    first = opened.deliveries.order_by("pk").values_list("pk", flat=True)[0]
    failed = opened.deliveries.filter(pk__lt=first + opened.total // 50)
    now = timezone.now()
    number = failed.update(status=Delivery.Status.FAILED, finished_at=now, last_code=550, bounced_at=now)
    sent = opened.deliveries.filter(pk__gte=first + opened.total // 50, pk__lt=first + opened.total // 10)
    taken = sent.update(status=Delivery.Status.SENT, finished_at=now, last_code=250, opened_at=now, clicked_at=now)
    Run.objects.filter(pk=opened.pk).update(failed=number, sent=taken, bounced=number, opened=taken, clicked=taken)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE campaigns_delivery")
            cursor.execute("ANALYZE campaigns_recipient")


def pages(owner: User, mailing: Mailing, count: int) -> list[Result]:
    client = Client()
    client.force_login(owner)
    detail = reverse("campaigns:mailing_detail", args=[mailing.pk])
    report = reverse("campaigns:mailing_report", args=[mailing.pk])
    addresses = {
        "mailing_list_page": reverse("campaigns:mailing_list"),
        "mailing_detail_page": detail,
        "mailing_report_page": report,
        **{f"report_{state}_page": f"{report}?state={state}" for state, _name in STATES},
    }
    return [line(name, visit(client, url), PAGE_MS, f"at {count} deliveries") for name, url in addresses.items()]


def visit(client: Client, url: str) -> float:
    """Milliseconds, the median of a few."""
    times = []
    for _visit in range(VISITS):
        began = time.monotonic()
        response = client.get(url, headers={"host": "127.0.0.1"}, follow=True)
        times.append(1000 * (time.monotonic() - began))
        assert response.status_code == 200, f"{url}: {response.status_code}"
    return sorted(times)[VISITS // 2]


def line(name: str, milliseconds: float, allowed: float, mix: str) -> Result:
    """How often it fits into what is allowed; 1 is the target."""
    print(f"  {name}: {milliseconds:.0f} ms of {allowed:.0f} allowed {mix}", flush=True)
    return {
        "name": name,
        "rate": round(1000 / milliseconds, 2),
        "p95_ms": round(milliseconds, 1),
        "sql": None,
        "yardstick": round(1000 / allowed, 2),
        "ratio": round(allowed / milliseconds, 2),
        "target": 1,
        "mix": mix,
    }
