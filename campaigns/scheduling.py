"""When a mailing is due: its calendar in the owner's time zone, and each recipient's clock."""

import calendar
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.time_zones import known_time_zones
from campaigns.errors import CampaignError
from campaigns.models import Mailing

# The first clocks to show any hour are those of Kiritimati, UTC+14.
EASTERNMOST = timedelta(hours=14)


def zone(name: str) -> ZoneInfo:
    """The zone of that name; CampaignError for a name that is none."""
    if name not in known_time_zones():
        raise CampaignError(_("“%(name)s” is not a time zone.") % {"name": name})
    return ZoneInfo(name)


def occurrences(
    *,
    start: datetime,
    periodicity: str,
    time_zone: str,
    weekdays: Sequence[int] = (),
    month_day: int | None = None,
) -> Iterator[datetime]:
    """Every occurrence from `start` on, in UTC, at the same wall-clock time of the zone.

    A time that the clocks skip in spring comes an hour later; one that they repeat in autumn comes once, the first
    time. Weekly goes by the ISO weekdays, or the start's own; monthly by the day, or the start's own: the 31st falls
    on a short month's last day, and back on the 31st.
    """
    local = start.astimezone(zone(time_zone))
    for day in days(local.date(), periodicity, weekdays, month_day):
        if day == local.date():
            yield start.astimezone(UTC)
        elif day > local.date():
            try:
                yield datetime.combine(day, local.time().replace(fold=0), tzinfo=local.tzinfo).astimezone(UTC)
            except (OverflowError, ValueError):
                return


def days(first: date, periodicity: str, weekdays: Sequence[int], month_day: int | None) -> Iterator[date]:
    """The calendar's days from the week or month of `first` on, until the calendar ends."""
    if periodicity == Mailing.Periodicity.ONCE:
        yield first
        return
    try:
        for number in count():
            if periodicity == Mailing.Periodicity.DAILY:
                yield first + timedelta(days=number)
            elif periodicity == Mailing.Periodicity.WEEKLY:
                monday = first - timedelta(days=first.isoweekday() - 1) + timedelta(weeks=number)
                yield from (monday + timedelta(days=day - 1) for day in sorted(weekdays) or [first.isoweekday()])
            else:
                years, month = divmod(first.month - 1 + number, 12)
                last = calendar.monthrange(first.year + years, month + 1)[1]
                yield date(first.year + years, month + 1, min(month_day or first.day, last))
    except (OverflowError, ValueError):
        return


def occurrences_of(mailing: Mailing) -> Iterator[datetime]:
    """The mailing's occurrences within its window."""
    for moment in occurrences(
        start=mailing.start,
        periodicity=mailing.periodicity,
        time_zone=mailing.time_zone,
        weekdays=mailing.weekdays,
        month_day=mailing.month_day,
    ):
        if mailing.end is not None and moment >= mailing.end:
            return
        yield moment


def by_clock(occurrence: datetime, *, theirs: ZoneInfo, ours: ZoneInfo) -> datetime:
    """When the clock of their zone shows what ours shows at the occurrence."""
    return occurrence.astimezone(ours).replace(tzinfo=theirs, fold=0).astimezone(UTC)


def opening(mailing: Mailing, occurrence: datetime) -> datetime:
    """When the occurrence’s run opens: by the recipients’ clocks, once the first clock on earth shows the time."""
    if not mailing.own_clocks:
        return occurrence
    return occurrence.astimezone(zone(mailing.time_zone)).replace(tzinfo=UTC) - EASTERNMOST


def occurrence_opened(mailing: Mailing, at: datetime) -> datetime:
    """The other way round: the occurrence whose run opens then."""
    if not mailing.own_clocks:
        return at
    return (at.astimezone(UTC) + EASTERNMOST).replace(tzinfo=zone(mailing.time_zone)).astimezone(UTC)


def next_occurrence(mailing: Mailing, *, after: datetime | None = None) -> datetime | None:
    """The first occurrence, or the first one later than `after`; None when there is none left."""
    return next((moment for moment in occurrences_of(mailing) if after is None or moment > after), None)


def next_opening(mailing: Mailing, *, after: datetime | None = None) -> datetime | None:
    """When the next run opens that does so later than `after`: what `Mailing.next_run_at` holds."""
    openings = (opening(mailing, moment) for moment in occurrences_of(mailing))
    return next((moment for moment in openings if after is None or moment > after), None)


def latest_occurrence(mailing: Mailing, *, until: datetime) -> datetime | None:
    """The last occurrence whose run should be open by `until`: after downtime one makes up for all that were missed."""
    latest = None
    for moment in occurrences_of(mailing):
        if opening(mailing, moment) > until:
            break
        latest = moment
    return latest


def upcoming(mailing: Mailing, *, after: datetime, limit: int = 10) -> list[datetime]:
    """The next dates, for the owner to look at before launching."""
    return list(islice((moment for moment in occurrences_of(mailing) if moment > after), limit))
