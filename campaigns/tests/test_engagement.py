"""What is noted of a delivery after it was sent."""

from typing import Any

import pytest

from campaigns import engagement
from campaigns.models import DeliveryEvent, Recipient, Suppression
from campaigns.signals import recipient_left
from campaigns.tests.factories import DeliveryFactory

pytestmark = pytest.mark.django_db


def test_the_first_event_of_a_kind_counts_once_in_its_run() -> None:
    delivery = DeliveryFactory(status="sent")
    for _again in range(2):
        engagement.note(delivery=delivery, kind="opened")
    delivery.refresh_from_db()
    delivery.run.refresh_from_db()
    assert (delivery.run.opened, delivery.events.count()) == (1, 2)
    assert delivery.opened_at is not None


def test_a_machine_is_kept_and_not_counted() -> None:
    delivery = DeliveryFactory(status="sent")
    engagement.note(delivery=delivery, kind="clicked", by_machine=True)
    delivery.run.refresh_from_db()
    assert (delivery.run.clicked, delivery.events.get().by_machine) == (0, True)


def test_a_report_that_comes_twice_is_noted_once() -> None:
    delivery = DeliveryFactory(status="sent")
    assert engagement.note(delivery=delivery, kind="bounced", source="dsn:1")
    assert engagement.note(delivery=delivery, kind="bounced", source="dsn:1") is None
    assert DeliveryEvent.objects.count() == 1


def test_a_complaint_keeps_the_address_from_being_written_to() -> None:
    delivery = DeliveryFactory(status="sent")
    engagement.note(delivery=delivery, kind="complained")
    assert Recipient.objects.get().state == "complained"
    assert Suppression.objects.get().reason == "complained"


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        ("complained", "unsubscribed", "complained"),
        ("bounced", "unsubscribed", "bounced"),
        ("complained", "bounced", "complained"),
        ("unsubscribed", "bounced", "bounced"),
        ("bounced", "complained", "complained"),
    ],
)
def test_the_weightier_reason_stays(first: str, second: str, stays: str) -> None:
    delivery = DeliveryFactory(status="sent")
    engagement.note(delivery=delivery, kind=first)
    engagement.note(delivery=delivery, kind=second)
    assert Recipient.objects.get().state == stays
    assert Suppression.objects.get().reason == stays


def test_a_bounce_for_which_the_address_is_not_to_blame_suppresses_nobody() -> None:
    delivery = DeliveryFactory(status="sent")
    engagement.note(delivery=delivery, kind="bounced", suppresses=False)
    delivery.run.refresh_from_db()
    assert delivery.run.bounced == 1
    assert Recipient.objects.get().state == "active"
    assert not Suppression.objects.exists()


def test_whoever_listens_hears_that_a_recipient_left(django_capture_on_commit_callbacks: Any) -> None:
    heard: list[dict[str, Any]] = []

    def hear(**kwargs: Any) -> None:
        heard.append(kwargs)

    recipient_left.connect(hear)
    delivery = DeliveryFactory(status="sent")
    with django_capture_on_commit_callbacks(execute=True):
        engagement.note(delivery=delivery, kind="bounced")
        engagement.note(delivery=delivery, kind="complained")
    recipient_left.disconnect(hear)
    assert [(item["email"], item["kind"]) for item in heard] == [(delivery.email, "complained")]
