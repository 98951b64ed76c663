"""Stretches of days in the shop's time zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

DAY = timedelta(days=1)
# Enough for “all of it”, and no year that a database or a calendar chokes on.
LONGEST = 3660
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Period:
    """From the first moment of `start` to the last one of `end`, both days included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def begins(self) -> datetime:
        return moment(self.start)

    @property
    def ends(self) -> datetime:
        """The first moment that is not in it any more."""
        return moment(self.end + DAY)

    @property
    def before(self) -> "Period":
        """As many days, ending the day before."""
        return Period(self.start - self.days * DAY, self.start - DAY)

    @property
    def key(self) -> str:
        return f"{self.start:%Y%m%d}-{self.end:%Y%m%d}"


def moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())


def last(days: int) -> Period:
    """That many days up to today."""
    return Period(today() - (days - 1) * DAY, today())


def between(start: date | None, end: date | None) -> Period:
    """What somebody typed, put in order and within reason; the last 30 days where nothing was typed."""
    end = min(max(end or today(), EARLIEST), today())
    start = min(max(start or end - 29 * DAY, EARLIEST), today())
    start, end = min(start, end), max(start, end)
    return Period(max(start, end - (LONGEST - 1) * DAY), end)
