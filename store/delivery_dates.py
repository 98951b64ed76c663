"""When parcels arrive: working days, the hour until which they leave, holidays."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.cache import caches
from django.utils import timezone

from store.models import DeliveryCalendar

CACHE_KEY, SECONDS = "store:calendar", 60
# A calendar of nothing but holidays must not count for ever.
FARTHEST = timedelta(days=400)


def calendar() -> DeliveryCalendar:
    """As it was at most a minute ago: dates are a promise, not a price."""
    found: DeliveryCalendar | None = caches["local"].get(CACHE_KEY)
    if found is None:
        found = DeliveryCalendar.objects.first() or DeliveryCalendar()
        caches["local"].set(CACHE_KEY, found, SECONDS)
    return found


def between(min_days: int, max_days: int, *, now: datetime | None = None) -> tuple[date, date]:
    """The first and the last day on which a parcel arrives that is ordered now."""
    rules = calendar()
    start = leaves(rules, now or timezone.now())
    return working_day(start, min_days, rules), working_day(start, max_days, rules)


def leaves(rules: DeliveryCalendar, now: datetime) -> date:
    """The day from which working days are counted: what is ordered after the cut-off leaves on the next one."""
    here = now.astimezone(ZoneInfo(rules.time_zone))
    late = rules.cut_off is not None and here.hour >= rules.cut_off
    return working_day(here.date(), 1, rules) if late and is_working(here.date(), rules) else here.date()


def working_day(start: date, days: int, rules: DeliveryCalendar | None = None) -> date:
    """The day that lies `days` working days (Monday to Friday, no holidays) after `start`."""
    day = start
    while days > 0 and day - start < FARTHEST:
        day += timedelta(days=1)
        if is_working(day, rules):
            days -= 1
    return day


def is_working(day: date, rules: DeliveryCalendar | None) -> bool:
    return day.weekday() < 5 and not (rules is not None and rules.is_holiday(day))
