"""Weekdays, days of the month, the recipients' own clocks and their quiet hours."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from campaigns import quiet_hours, runs
from campaigns.delivery import claims
from campaigns.delivery.journal import Journal
from campaigns.models import Claim, Delivery, Mailing
from campaigns.scheduling import next_opening, occurrence_opened, occurrences, opening
from campaigns.tests.factories import DeliveryFactory, MailingFactory, RecipientFactory

BERLIN = ZoneInfo("Europe/Berlin")


def dates(number: int, **rhythm: Any) -> list[str]:
    found = occurrences(time_zone="Europe/Berlin", **rhythm)
    return [f"{moment.astimezone(BERLIN):%d.%m. %H:%M}" for moment in islice(found, number)]


def test_weekly_goes_by_its_weekdays_from_the_start_on() -> None:
    wednesday = datetime(2026, 3, 25, 9, tzinfo=BERLIN)
    assert dates(4, start=wednesday, periodicity="weekly", weekdays=[1, 5]) == [
        "27.03. 09:00", "30.03. 09:00", "03.04. 09:00", "06.04. 09:00",
    ]  # fmt: skip
    assert dates(2, start=wednesday, periodicity="weekly", weekdays=[3]) == ["25.03. 09:00", "01.04. 09:00"]


def test_the_31st_falls_on_the_last_day_of_a_short_month() -> None:
    start = datetime(2027, 12, 5, 9, tzinfo=BERLIN)
    days = dates(5, start=start, periodicity="monthly", month_day=31)
    assert days == ["31.12. 09:00", "31.01. 09:00", "29.02. 09:00", "31.03. 09:00", "30.04. 09:00"]
    late = dates(2, start=start.replace(day=20), periodicity="monthly", month_day=10)
    assert late == ["10.01. 09:00", "10.02. 09:00"]


def test_by_own_clocks_the_run_opens_when_the_first_clock_on_earth_shows_the_hour() -> None:
    mailing = Mailing(
        start=datetime(2026, 6, 1, 7, tzinfo=UTC), periodicity="daily", time_zone="Europe/Berlin", own_clocks=True
    )
    nine_on_kiritimati = datetime(2026, 5, 31, 19, tzinfo=UTC)
    assert next_opening(mailing) == nine_on_kiritimati == opening(mailing, mailing.start)
    assert occurrence_opened(mailing, nine_on_kiritimati) == mailing.start
    assert next_opening(mailing, after=nine_on_kiritimati) == nine_on_kiritimati + timedelta(days=1)


@pytest.mark.django_db
def test_everybody_gets_it_at_nine_of_their_own_clock_across_a_change_of_clocks() -> None:
    # Clocks go forward in Berlin on the 29th of March 2026, in New York they did on the 8th.
    mailing = MailingFactory(start=datetime(2026, 3, 29, 9, tzinfo=BERLIN), time_zone="Europe/Berlin", own_clocks=True)
    Mailing.objects.update(next_run_at=next_opening(mailing))
    zones = ["Pacific/Kiritimati", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Pacific/Honolulu", ""]
    for name in zones:
        RecipientFactory(owner=mailing.owner, time_zone=name)
    runs.open_due_runs(now=datetime(2026, 3, 28, 19, tzinfo=UTC))
    due = dict(Delivery.objects.values_list("recipient__time_zone", "next_try_at"))
    for name, at in due.items():
        local = at.astimezone(ZoneInfo(name or "Europe/Berlin"))
        assert f"{local:%d %H:%M}" == "29 09:00", name
    assert len(set(due.values())) == 5


@pytest.mark.django_db
def test_a_run_that_opens_in_the_night_waits_for_the_morning_of_each() -> None:
    mailing = MailingFactory(
        start=datetime(2026, 1, 1, 21, tzinfo=UTC), quiet_from=time(22), quiet_until=time(8), time_zone="Europe/Berlin"
    )
    for name in ("America/New_York", "Asia/Tokyo", ""):
        RecipientFactory(owner=mailing.owner, time_zone=name)
    now = datetime(2026, 1, 1, 21, 0, 10, tzinfo=UTC)
    runs.open_due_runs(now=now)
    due = dict(Delivery.objects.values_list("recipient__time_zone", "next_try_at"))
    assert due["America/New_York"] == now
    assert due["Asia/Tokyo"] == datetime(2026, 1, 1, 23, tzinfo=UTC)
    assert due[""] == datetime(2026, 1, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "awake"), [((7, 59), (8, 0)), ((8, 0), (8, 0)), ((21, 59), (21, 59)), ((22, 0), (32, 0)), ((0, 0), (8, 0))]
)
def test_quiet_hours_over_midnight(at: tuple[int, int], awake: tuple[int, int]) -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    moment = day + timedelta(hours=at[0], minutes=at[1])
    found = quiet_hours.awake_at(moment, clock=ZoneInfo("UTC"), quiet_from=time(22), quiet_until=time(8))
    assert found == day + timedelta(hours=awake[0], minutes=awake[1])


@pytest.mark.django_db
def test_whoever_sleeps_when_the_claim_comes_is_put_off_and_the_others_are_not(tmp_path: Any) -> None:
    local = datetime.now(UTC)
    mailing = MailingFactory(
        status="running",
        quiet_from=(local - timedelta(hours=1)).time().replace(microsecond=0),
        quiet_until=(local + timedelta(hours=1)).time().replace(microsecond=0),
    )
    run = DeliveryFactory(run__mailing=mailing, recipient__time_zone="UTC").run
    awake = DeliveryFactory(run=run, recipient__time_zone="Pacific/Honolulu")
    journal = Journal.create()
    claim = claims.take(journal, in_slot=False)
    assert claim is not None
    held = claims.claim_batch(claim, run)
    asleep = quiet_hours.put_off(claim, mailing, {item.pk: item.recipient for item in held})
    assert [item.pk for item in held if item.pk not in asleep] == [awake.pk]
    row = Delivery.objects.get(pk=asleep.pop())
    assert (row.status, row.tries) == ("queued", 0)
    assert row.next_try_at > local + timedelta(minutes=58)
    Delivery.objects.filter(claim=claim).update(status="queued", claim=None)
    Claim.objects.all().delete()
    journal.remove()
