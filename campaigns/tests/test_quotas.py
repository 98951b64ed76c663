"""What an owner may send in a day, and what of it is used."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import quotas
from campaigns.models import MailingRules, OwnerSettings
from campaigns.tests.factories import DeliveryFactory, MailingFactory, OwnerFactory, RunFactory

pytestmark = pytest.mark.django_db


def test_the_owners_own_figure_comes_before_the_sites_even_if_it_is_none_at_all() -> None:
    owner = OwnerFactory()
    assert quotas.limit(owner) is None
    MailingRules.objects.update(daily_quota=100)
    assert quotas.limit(owner) == 100
    row = OwnerSettings.objects.create(owner=owner, daily_quota=0)
    assert quotas.limit(owner) == 0
    OwnerSettings.objects.filter(pk=row.pk).update(daily_quota=7)
    assert quotas.quota_of(owner).left == 7


def test_what_left_since_the_owners_midnight_counts_once() -> None:
    owner = OwnerFactory(time_zone="Asia/Tokyo")
    now = timezone.now()
    midnight = quotas.midnight_of(owner, now)
    mailing = MailingFactory(owner=owner)
    RunFactory(mailing=mailing, occurrence=midnight, opened_at=midnight, sent=3, in_doubt=1, failed=9)
    old = RunFactory(mailing=mailing, opened_at=midnight - timedelta(hours=1), sent=2)
    for moment in (midnight, midnight - timedelta(seconds=1)):
        DeliveryFactory(run=old, status="sent", finished_at=moment)
    RunFactory(sent=50)
    assert quotas.used_today(owner, now=now) == 5


def test_the_lower_hourly_figure_holds() -> None:
    rules = MailingRules.objects.create(hourly_limit=500)
    assert quotas.hourly_limit(MailingFactory(hourly_limit=None)) == 500
    assert quotas.hourly_limit(MailingFactory(hourly_limit=60)) == 60
    rules.delete()
    assert quotas.hourly_limit(MailingFactory()) is None
