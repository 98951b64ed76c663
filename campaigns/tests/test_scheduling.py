"""The calendar: month ends, clocks that jump, windows."""

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from campaigns.errors import CampaignError
from campaigns.models import Mailing
from campaigns.scheduling import latest_occurrence, next_occurrence, occurrences, upcoming


def first(number: int, start: datetime, periodicity: str, time_zone: str) -> list[datetime]:
    return list(islice(occurrences(start=start, periodicity=periodicity, time_zone=time_zone), number))


def test_once_is_once() -> None:
    start = datetime(2026, 5, 1, 9, tzinfo=UTC)
    assert first(5, start, "once", "UTC") == [start]


def test_the_31st_falls_on_the_last_day_of_short_months_and_back_on_the_31st() -> None:
    start = datetime(2027, 12, 31, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    dates = [(moment.month, moment.day) for moment in first(6, start, "monthly", "Europe/Berlin")]
    assert dates == [(12, 31), (1, 31), (2, 29), (3, 31), (4, 30), (5, 31)]


def test_the_wall_clock_stays_when_the_clocks_change() -> None:
    start = datetime(2026, 3, 28, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert [moment.hour for moment in first(3, start, "daily", "Europe/Berlin")] == [8, 7, 7]
    weekly = first(2, datetime(2026, 10, 20, 9, tzinfo=ZoneInfo("America/New_York")), "weekly", "America/New_York")
    assert [moment.hour for moment in weekly] == [13, 13]


def test_a_time_that_the_clocks_skip_comes_an_hour_later_that_day_only() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    moments = first(3, datetime(2026, 3, 28, 2, 30, tzinfo=berlin), "daily", "Europe/Berlin")
    local = [moment.astimezone(berlin).strftime("%d %H:%M") for moment in moments]
    assert local == ["28 02:30", "29 03:30", "30 02:30"]


def test_a_time_that_the_clocks_repeat_comes_once_the_first_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    moments = first(3, datetime(2026, 10, 24, 2, 30, tzinfo=berlin), "daily", "Europe/Berlin")
    assert moments[1] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert len(set(moments)) == 3


def test_the_window_ends_the_series() -> None:
    mailing = Mailing(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2026, 1, 3, tzinfo=UTC), periodicity="daily")
    assert [moment.day for moment in upcoming(mailing, after=datetime(2025, 1, 1, tzinfo=UTC))] == [1, 2]
    assert next_occurrence(mailing, after=datetime(2026, 1, 2, tzinfo=UTC)) is None
    latest = latest_occurrence(mailing, until=datetime(2027, 1, 1, tzinfo=UTC))
    assert latest == datetime(2026, 1, 2, tzinfo=UTC)


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CampaignError, match="Mars/Olympus"):
        first(2, datetime(2026, 1, 1, tzinfo=UTC), "daily", "Mars/Olympus")
