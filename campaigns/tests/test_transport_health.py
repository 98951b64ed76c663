"""What managers are told about the way out."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import runs, transport_health
from campaigns.delivery import breaker
from campaigns.models import Attempt, Claim, Delivery, Mailing, Run
from campaigns.tests.factories import MailingFactory, RecipientFactory

pytestmark = pytest.mark.django_db


def opened(number: int) -> Run:
    mailing = MailingFactory()
    RecipientFactory.create_batch(number, owner=mailing.owner)
    runs.open_due_runs()
    return mailing.runs.get()


def attempted(delivery: Delivery, status: str, *, minutes_ago: int) -> None:
    Attempt.objects.create(delivery=delivery, at=timezone.now() - timedelta(minutes=minutes_ago), status=status)


def test_an_idle_site_is_well() -> None:
    found = transport_health.health()
    assert (found.in_trouble, found.minutes, found.claims, found.sent_per_second) == (False, [], [], 0.0)
    assert (found.queue.waiting, found.queue.oldest_at, found.queue.oldest_age) == (0, None, timedelta())


def test_a_breaker_says_since_when_and_why() -> None:
    breaker.trip("421 Closing", certain=True)
    found = transport_health.health()
    assert found.in_trouble
    assert found.transport.response == "421 Closing"


def test_what_waits_is_counted_where_it_may_go_out() -> None:
    run, stopped = opened(3), opened(5)
    Mailing.objects.filter(pk=stopped.mailing_id).update(status=Mailing.Status.PAUSED)
    since = timezone.now() - timedelta(hours=1)
    Delivery.objects.filter(pk=run.deliveries.first().pk).update(next_try_at=since)
    queue = transport_health.health().queue
    assert (queue.waiting, queue.mailings, queue.oldest_at) == (3, 1, since)
    assert timedelta(minutes=59) < queue.oldest_age < timedelta(minutes=61)


def test_what_waits_for_later_is_no_backlog() -> None:
    run = opened(1)
    run.deliveries.update(next_try_at=timezone.now() + timedelta(hours=1))
    queue = transport_health.health().queue
    assert (queue.waiting, queue.oldest_at) == (1, None)


def test_the_last_minutes_are_counted_and_older_ones_left_out() -> None:
    delivery = opened(1).deliveries.get()
    for status, minutes in (("sent", 1), ("sent", 1), ("deferred", 1), ("sent", 20)):
        attempted(delivery, status, minutes_ago=minutes)
    (minute,) = transport_health.health().minutes
    assert (minute.tried, minute.sent) == (3, 2)
    assert transport_health.health().sent_per_second > 0


def test_connections_say_what_they_hold(django_assert_num_queries: Any) -> None:
    run = opened(2)
    claim = Claim.objects.create(journal="j", journal_host="here", lease_until=timezone.now())
    run.deliveries.update(status=Delivery.Status.CLAIMED, claim=claim)
    breaker.state()
    with django_assert_num_queries(5):
        (found,) = transport_health.health().claims
    assert found.held == 2  # type: ignore[attr-defined]
