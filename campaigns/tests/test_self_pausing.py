"""Mailings that stop by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import mailings, pausing, self_pausing
from campaigns.models import Delivery, Mailing, Run
from campaigns.tests.factories import DeliveryFactory, RunFactory
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(hours=1)


def run_with(*, sent: int, refused: int = 0, **events: int) -> Run:
    """`events` happened to the first of those sent."""
    run: Run = RunFactory(total=sent + refused, sent=sent, failed=refused, **events)
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
