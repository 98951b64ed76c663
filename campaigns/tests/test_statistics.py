"""Figures, and how many queries they cost."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from campaigns import statistics
from campaigns.statistics import Figures
from campaigns.tests.factories import MailingFactory, RecipientFactory, RunFactory

pytestmark = pytest.mark.django_db


def test_a_mailings_figures_are_the_sum_of_its_runs(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = RunFactory(total=10, sent=6, failed=1, in_doubt=1, suppressed=1)
    later = first.occurrence + timedelta(days=1)
    RunFactory(mailing=first.mailing, occurrence=later, total=5, sent=5)
    other = MailingFactory()
    with django_assert_num_queries(1):
        figures = statistics.figures_by_mailing([first.mailing, other])
    assert figures[first.mailing.pk] == Figures(runs=2, total=15, sent=11, failed=1, in_doubt=1, suppressed=1)
    assert (figures[first.mailing.pk].queued, figures[first.mailing.pk].percent) == (1, 93)
    assert figures[other.pk] == Figures()
    assert statistics.mailing_figures(first.mailing) == statistics.owner_figures(first.mailing.owner)
    assert statistics.run_figures(first).queued == 1
    assert Figures().percent == 0


def test_the_home_page_counts_mailings_active_ones_and_people(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = timezone.now()
    MailingFactory(status="running")
    MailingFactory(status="created")
    MailingFactory(status="running", end=now - timedelta(hours=1))
    MailingFactory(status="running", disabled_at=now)
    MailingFactory(status="running", owner__blocked_at=now)
    MailingFactory(status="running", start=now + timedelta(hours=1))
    for email in ("Anna@почта.test", "anna@xn--80a1acny.test", "boris@почта.test"):
        RecipientFactory(email=email)
    with django_assert_num_queries(3):
        assert statistics.site_figures() == {"mailings": 6, "active": 1, "recipients": 2}
