"""Mailings that stop by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from campaigns import automations, mailings, pausing, self_pausing
from campaigns.automations import sending
from campaigns.models import Delivery, Mailing, Run
from campaigns.tests.factories import DeliveryFactory, RunFactory
from campaigns.tests.series import reader, series
from campaigns.tests.worlds import logged_in, owner, shop_owner
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(hours=1)


def run_with(*, sent: int, refused: int = 0, mailing: Mailing | None = None, **fields: Any) -> Run:
    """Events happened to the first of those sent."""
    events = {name: fields[name] for name in ("bounced", "complained") if name in fields}
    of = {"mailing": mailing, "opened_at": timezone.now()} if mailing else {}
    run: Run = RunFactory(total=sent + refused, sent=sent, failed=refused, **of, **fields)
    people = DeliveryFactory.create_batch(sent, run=run, status="sent", finished_at=LONG_AGO)
    answer: dict[str, Any] = {"status": "failed", "last_code": 550, "last_response": "5.1.1 no such user"}
    DeliveryFactory.create_batch(refused, run=run, finished_at=LONG_AGO, **answer)
    for name, number in events.items():
        ids = [row.pk for row in people[:number]]
        Delivery.objects.filter(pk__in=ids).update(**{f"{name}_at": LONG_AGO})
    return run


def test_too_many_wrong_addresses_pause_it_and_tell_its_owner_once() -> None:
    run = run_with(sent=44, refused=3, bounced=3)
    assert self_pausing.pause_unhealthy() == [run.mailing]
    assert self_pausing.pause_unhealthy() == []
    mailing = Mailing.objects.get()
    assert (mailing.status, mailing.paused_for) == ("paused", "bounces 12.8")
    assert "12.8%" in pausing.why(mailing)
    mail = OutgoingMail.objects.get(kind="mailing_paused")
    assert "12.8%" in mail.text


def test_too_many_complaints_pause_it() -> None:
    run_with(sent=30, complained=2)
    (mailing,) = self_pausing.pause_unhealthy()
    assert mailing.paused_for == "complaints 6.67"


@pytest.mark.parametrize(
    "events",
    [{"sent": 10, "refused": 4}, {"sent": 96, "refused": 4, "bounced": 1}, {"sent": 10, "complained": 1}],
)
def test_a_few_are_an_accident(events: dict[str, int]) -> None:
    run_with(**events)
    assert self_pausing.pause_unhealthy() == []


def test_failures_of_another_kind_do_not_count() -> None:
    run = run_with(sent=10, refused=8)
    run.deliveries.filter(status="failed").update(last_code=554, last_response="5.7.1 by policy")
    assert self_pausing.pause_unhealthy() == []


def test_what_came_before_it_was_resumed_is_forgiven() -> None:
    run = run_with(sent=20, refused=6)
    self_pausing.pause_unhealthy()
    mailings.resume_mailing(mailing=Mailing.objects.get())
    assert self_pausing.pause_unhealthy() == []
    run.deliveries.filter(status="failed").update(finished_at=timezone.now() + timedelta(seconds=1))
    assert self_pausing.pause_unhealthy() == [run.mailing]


def series_run(shop: User, *, sent: int, **events: int) -> Run:
    """A day of a series' first message."""
    automation = series(shop, "subscribed")
    step = automation.steps.get()
    return run_with(sent=sent, mailing=sending.mailing_of(step), **events)


def test_a_series_pauses_by_the_sum_of_its_days_and_goes_on_when_its_owner_says_so() -> None:
    run = series_run(shop_owner(), sent=30, bounced=3)
    automation = run.mailing.automation_step.automation
    run_with(sent=30, bounced=3, mailing=run.mailing, occurrence=run.occurrence + timedelta(days=1))
    reader(automation.owner, consented_at=timezone.now())
    automations.look_for_occasions()
    assert self_pausing.pause_unhealthy() == []
    assert self_pausing.pause_unhealthy_series() == [automation]
    assert self_pausing.pause_unhealthy_series() == []
    automation.refresh_from_db()
    assert (automation.is_on, automation.paused_for) == (False, "bounces 10.0")
    assert not Run.objects.sendable().exists()  # type: ignore[attr-defined]
    assert automations.walk(now=timezone.now() + timedelta(hours=2)) == 0
    assert "10.0%" in OutgoingMail.objects.get(kind="series_paused").text
    automations.switch_on(automation=automation)
    assert automations.walk(now=timezone.now() + timedelta(hours=2)) == 1
    assert Run.objects.sendable().exists()  # type: ignore[attr-defined]
    assert self_pausing.pause_unhealthy_series() == []


def test_a_series_pauses_for_complaints_and_says_so_to_its_owner() -> None:
    run = series_run(owner(), sent=40, complained=2)
    (automation,) = self_pausing.pause_unhealthy_series()
    page = logged_in(automation.owner).get(f"/campaigns/series/{automation.pk}/").content.decode()
    assert "5% of the recipients complained" in page or "5.00% of the recipients complained" in page
    assert run.mailing.automation_step.automation == automation
