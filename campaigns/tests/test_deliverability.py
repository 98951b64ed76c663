"""How well the site's mail arrives."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import timezone

from campaigns import deliverability, engagement
from campaigns.models import Delivery, Run
from campaigns.tests.factories import DeliveryFactory, RecipientFactory, RunFactory
from campaigns.tests.worlds import owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    caches["local"].clear()


def run_of(email: str, *, kind: str = "regular", days_ago: int = 1) -> Run:
    """Three sent, one failed; one of the sent bounced later, another was complained about."""
    user = owner(email=email)
    at = timezone.now() - timedelta(days=days_ago)
    run = RunFactory(mailing__owner=user, mailing__kind=kind, opened_at=at, total=4, sent=3, failed=1)
    for number, status in enumerate(("sent", "sent", "sent", "failed")):
        domain = "Mail.test" if number % 2 else "mail.example"
        person = RecipientFactory(owner=user, email=f"{email[:3]}{number}@{domain}")
        DeliveryFactory(run=run, recipient=person, status=status, finished_at=at)
    first, second = Delivery.objects.filter(run=run, status="sent").order_by("pk")[:2]
    engagement.note(delivery=first, kind="bounced")
    engagement.note(delivery=second, kind="complained")
    return run


@pytest.mark.parametrize("kind", ["regular", "step"])
def test_owners_are_listed_with_their_rates(kind: str, django_assert_num_queries: Any) -> None:
    run_of("ann@example.com", kind=kind)
    run_of("bob@example.com", kind=kind)
    run_of("old@example.com", kind=kind, days_ago=40)
    with django_assert_num_queries(2):
        rows = deliverability.by_owner()
    assert [(row.label, row.tried, row.sent, row.bounced, row.complained) for row in rows] == [
        ("ann@example.com", 4, 3, 1, 1),
        ("bob@example.com", 4, 3, 1, 1),
    ]
    assert (rows[0].bounce_rate, rows[0].is_in_danger) == (25.0, True)


def test_domains_are_counted_whatever_their_case(django_assert_num_queries: Any) -> None:
    run_of("ann@example.com")
    run_of("bob@example.com", kind="step")
    with django_assert_num_queries(1):
        rows = deliverability.by_domain()
    assert [(row.key, row.tried, row.sent, row.bounced, row.complained) for row in rows] == [
        ("mail.example", 4, 4, 2, 0),
        ("mail.test", 4, 2, 0, 2),
    ]


def test_every_day_has_a_row(django_assert_num_queries: Any) -> None:
    run_of("ann@example.com")
    run_of("bob@example.com", kind="step")
    with django_assert_num_queries(2):
        rows = deliverability.by_day(days=7)
    assert [row.tried for row in rows] == [0, 0, 0, 0, 0, 8, 0]
