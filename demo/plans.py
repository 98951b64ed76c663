"""One mailing of each kind besides the plain ones: a test, own clocks, weekdays, one that paused by itself."""

import random
from datetime import time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from campaigns import mailings, pausing
from campaigns.advanced import Advanced
from campaigns.models import Mailing, Message, Recipient, Run
from demo import ledger
from demo.content.letters import Plan
from demo.content.people import LOGINS
from demo.mailings import morning, scheduled, write_run

OWNER = "owner@example.com"
HELD = Plan("held", OWNER, "stock", "daily", 2, None, None)


def make() -> None:
    """For the campaign owner among the log-ins, once the plain mailings are there."""
    owner = ledger.find(User, OWNER)
    if OWNER not in {login.email for login in LOGINS} or owner is None:
        return
    letters = {name: ledger.find(Message, f"{OWNER}/{name}") for name in ("journal", "winter", "statement", "stock")}
    if not all(letters.values()):
        return
    plans: dict[str, dict[str, Any]] = {
        "contest": {
            "message": letters["winter"],
            "start": morning(owner, -3),
            "advanced": Advanced(rivals=(letters["journal"],), test_share=20, test_hours=6),  # type: ignore[arg-type]
        },
        "clocks": {
            "message": letters["statement"],
            "start": morning(owner, -5),
            "periodicity": "monthly",
            "advanced": Advanced(own_clocks=True, month_day=31, quiet_from=time(21), quiet_until=time(8)),
        },
        "weekdays": {
            "message": letters["journal"],
            "start": morning(owner, -2),
            "periodicity": "weekly",
            "advanced": Advanced(weekdays=(2, 5), hourly_limit=1200),
        },
    }
    for name, plan in plans.items():
        if ledger.find(Mailing, name) is None:
            with transaction.atomic():
                plan |= {"owner": owner, "recipients": None, "time_zone": owner.time_zone}
                ledger.record(mailings.schedule_mailing(**plan), name)
    if ledger.find(Mailing, HELD.name) is None:
        with transaction.atomic():
            make_held(owner)


def make_held(owner: User) -> None:
    """It met too many addresses that do not exist, and stopped."""
    mailing = scheduled(HELD, owner)
    ledger.record(mailing, HELD.name)
    people = list(Recipient.objects.filter(owner=owner).order_by("pk"))
    gone = [person for person in people if person.state == Recipient.State.BOUNCED]
    others = [person for person in people if person.state == Recipient.State.ACTIVE][:90]
    write_run(mailing, morning(owner, 1), [*others, *gone], HELD, random.Random(HELD.name))
    run = Run.objects.get(mailing=mailing)
    share = 100 * len(gone) / max(1, run.sent + run.failed)
    Mailing.objects.filter(pk=mailing.pk).update(
        status=Mailing.Status.PAUSED,
        paused_for=f"{pausing.BOUNCES} {share:.1f}",
        next_run_at=mailing.next_run_at or timezone.now() + timedelta(days=1),
    )
