"""Throttles: how much goes out at once, shared by all workers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import owners, runs
from campaigns.delivery import slices, throttles
from campaigns.delivery.throttles import Day, Flow
from campaigns.models import Bucket, Delivery, Mailing, Run
from campaigns.tests.factories import MailingFactory, RecipientFactory

pytestmark = pytest.mark.django_db
HOURLY = Flow("mailing:1", 600, 3600.0)


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Any) -> None:
    settings.OUTBOX_DIR = tmp_path
    throttles.horizons.clear()


def launched(number: int, *, domain: str = "example.net", **fields: Any) -> Run:
    mailing = MailingFactory(**fields)
    for index in range(number):
        RecipientFactory(owner=mailing.owner, email=f"r{index}@{domain}")
    runs.open_due_runs()
    return mailing.runs.get()


def sent(run: Run) -> int:
    return run.deliveries.filter(status=Delivery.Status.SENT).count()


def test_a_flow_lets_its_capacity_go_at_once_and_then_keeps_its_pace() -> None:
    assert throttles.take(HOURLY, 100)[0] == 10
    granted, wait = throttles.take(HOURLY, 100)
    assert granted == 0
    assert timedelta(seconds=10) < wait < timedelta(seconds=20)
    Bucket.objects.update(filled_at=timezone.now() - timedelta(seconds=30))
    assert throttles.take(HOURLY, 100)[0] == 4


def test_no_hour_has_more_than_the_limit_of_an_hour() -> None:
    total = 0
    throttles.take(HOURLY, 0)
    for _minute in range(60):
        total += throttles.take(HOURLY, 1000)[0]
        Bucket.objects.update(filled_at=timezone.now() - timedelta(minutes=1))
    assert 570 <= total <= 600


def test_a_day_counts_from_midnight_and_heeds_a_new_quota_at_once() -> None:
    midnight = timezone.now() - timedelta(hours=1)
    assert throttles.take(Day("owner:1", 5, midnight), 9)[0] == 5
    assert throttles.take(Day("owner:1", 5, midnight), 9)[0] == 0
    assert throttles.take(Day("owner:1", 7, midnight), 9)[0] == 2
    Bucket.objects.update(filled_at=midnight - timedelta(hours=1))
    assert throttles.take(Day("owner:1", 7, midnight), 9)[0] == 7


def test_tokens_that_somebody_else_took_meanwhile_are_not_taken_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    throttles.take(HOURLY, 1)
    level = Flow.level

    def level_and_somebody_faster(limit: Flow, bucket: Bucket, now: Any) -> float:
        found = level(limit, bucket, now)
        Bucket.objects.filter(tokens=9.0).update(tokens=2.0)
        return found

    monkeypatch.setattr(Flow, "level", level_and_somebody_faster)
    assert throttles.take(HOURLY, 9)[0] == 2


def test_an_owners_daily_quota_ends_the_day_and_other_owners_go_on() -> None:
    run, other = launched(8), launched(4)
    settings = owners.settings_of(run.mailing.owner)
    settings.daily_quota = 3
    settings.save()
    assert slices.run_slice() is slices.End.THROTTLED
    assert (sent(run), sent(other)) == (3, 4)
    assert slices.run_slice() is slices.End.THROTTLED
    assert sent(run) == 3
    settings.daily_quota = 100
    settings.save()
    assert slices.run_slice() is slices.End.NOTHING_DUE
    assert sent(run) == 8


def test_what_a_quota_did_not_spend_is_there_for_the_next_mailing() -> None:
    run = launched(2)
    settings = owners.settings_of(run.mailing.owner)
    settings.daily_quota = 5
    settings.save()
    slices.run_slice()
    assert Bucket.objects.get(name=f"owner:{run.mailing.owner_id}").tokens == -2.0


def test_a_mailings_hourly_limit_holds_it_back() -> None:
    run = launched(9, hourly_limit=120)
    assert slices.run_slice() is slices.End.THROTTLED
    assert sent(run) == 2


def test_the_sites_pace_holds_everybody_back(settings: Any) -> None:
    settings.CAMPAIGNS_MESSAGES_PER_SECOND = 0.1
    run = launched(5)
    assert slices.run_slice() is slices.End.THROTTLED
    assert sent(run) == 1


def test_a_busy_domain_is_put_off_and_others_go_on(settings: Any) -> None:
    settings.CAMPAIGNS_DOMAIN_LIMITS = {"gmail.com": 12}
    run = launched(10, domain="gmail.com")
    owner = run.mailing.owner
    for index in range(4):
        recipient = RecipientFactory(owner=owner, email=f"r{index}@example.net")
        Delivery.objects.create(run=run, recipient=recipient, email=recipient.email, next_try_at=timezone.now())
    Run.objects.update(total=14)
    assert slices.run_slice() is slices.End.NOTHING_DUE
    assert run.deliveries.filter(status="sent", email__endswith="@gmail.com").count() == 2
    assert run.deliveries.filter(status="sent", email__endswith="@example.net").count() == 4
    waiting = list(run.deliveries.filter(status="queued").order_by("next_try_at").values_list("next_try_at", "tries"))
    assert [tries for _at, tries in waiting] == [0] * 8
    times = [at for at, _tries in waiting]
    assert times[0] > timezone.now()
    assert timedelta(seconds=35) < times[-1] - times[0] < timedelta(seconds=50)


def test_without_limits_nothing_is_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert throttles.put_off({1: "a@gmail.com"}) == {}
        assert throttles.Allowance.ask([], 200).number == 200


def test_a_paused_mailing_spends_no_tokens() -> None:
    run = launched(3, hourly_limit=120)
    Mailing.objects.update(status=Mailing.Status.PAUSED)
    assert slices.run_slice() is slices.End.NOTHING_DUE
    assert (sent(run), Bucket.objects.count()) == (0, 0)
