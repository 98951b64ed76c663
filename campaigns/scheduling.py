"""When a mailing is due: its calendar in the owner's time zone."""

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.time_zones import known_time_zones
from campaigns.errors import CampaignError
from campaigns.models import Mailing


def zone(name: str) -> ZoneInfo:
    """The zone of that name; CampaignError for a name that is none."""
    if name not in known_time_zones():
        raise CampaignError(_("“%(name)s” is not a time zone.") % {"name": name})
    return ZoneInfo(name)


def occurrences(*, start: datetime, periodicity: str, time_zone: str) -> Iterator[datetime]:
    """Every occurrence from `start` on, in UTC, at the same wall-clock time of the zone.

    A time that the clocks skip in spring comes an hour later; one that they repeat in autumn comes once, the first
    time. Monthly counts from the start's own day: the 31st falls on a short month's last day, and back on the 31st.
    """
    yield start.astimezone(UTC)
    if periodicity == Mailing.Periodicity.ONCE:
        return
    local = start.astimezone(zone(time_zone))
    for number in count(1):
        try:
            yield shifted(local, periodicity, number).replace(fold=0).astimezone(UTC)
        except (OverflowError, ValueError):
            return


def shifted(local: datetime, periodicity: str, number: int) -> datetime:
    """The wall-clock time `number` periods later; aware arithmetic within one zone keeps the wall clock."""
    if periodicity == Mailing.Periodicity.MONTHLY:
        years, month = divmod(local.month - 1 + number, 12)
        year, month = local.year + years, month + 1
        return local.replace(year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1]))
    return local + timedelta(days=number * (7 if periodicity == Mailing.Periodicity.WEEKLY else 1))


def occurrences_of(mailing: Mailing) -> Iterator[datetime]:
    """The mailing's occurrences within its window."""
    for moment in occurrences(start=mailing.start, periodicity=mailing.periodicity, time_zone=mailing.time_zone):
        if mailing.end is not None and moment >= mailing.end:
            return
        yield moment


def next_occurrence(mailing: Mailing, *, after: datetime | None = None) -> datetime | None:
    """The first occurrence, or the first one later than `after`; None when there is none left."""
    return next((moment for moment in occurrences_of(mailing) if after is None or moment > after), None)


def latest_occurrence(mailing: Mailing, *, until: datetime) -> datetime | None:
    """The last occurrence that has come by `until`: after downtime one run makes up for all that were missed."""
    latest = None
    for moment in occurrences_of(mailing):
        if moment > until:
            break
        latest = moment
    return latest


def upcoming(mailing: Mailing, *, after: datetime, limit: int = 10) -> list[datetime]:
    """The next dates, for the owner to look at before launching."""
    return list(islice((moment for moment in occurrences_of(mailing) if moment > after), limit))
