"""When each recipient of a run is due: at once, by their own clock, after their quiet hours."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, QuerySet, Value, When
from django.db.models.fields import DateTimeField

from campaigns.models import Mailing, Recipient, Run
from campaigns.quiet_hours import awake_for, clock_of, has_quiet_hours
from campaigns.scheduling import by_clock


def due_at(run: Run, recipients: QuerySet[Recipient], *, now: datetime) -> Any:
    """An expression over the recipients for `Delivery.next_try_at`."""
    mailing = run.mailing
    if not mailing.own_clocks and not has_quiet_hours(mailing):
        return moment(now)
    return by_zone(recipients, lambda name: due_in(mailing, run.occurrence, name, now))


def due_in(mailing: Mailing, occurrence: datetime, name: str, now: datetime) -> datetime:
    """For recipients of the zone of that name. A time that has passed there means now."""
    clock = clock_of(name, mailing)
    at = now
    if mailing.own_clocks:
        at = max(now, by_clock(occurrence, theirs=clock, ours=ZoneInfo(mailing.time_zone)))
    return awake_for(mailing, at, clock)


def again_at(run: Run, recipients: QuerySet[Recipient], *, now: datetime) -> Any:
    """For the rest of an A/B test: from now on, the next time that their clock shows the occurrence's hour."""
    mailing = run.mailing
    if not mailing.own_clocks:
        return due_at(run, recipients, now=now)

    def next_time(name: str) -> datetime:
        at = by_clock(run.occurrence, theirs=clock_of(name, mailing), ours=ZoneInfo(mailing.time_zone))
        while at < now:
            at = (at.astimezone(clock_of(name, mailing)) + timedelta(days=1)).astimezone(UTC)
        return awake_for(mailing, at, clock_of(name, mailing))

    return by_zone(recipients, next_time)


def by_zone(recipients: QuerySet[Recipient], at: Callable[[str], datetime]) -> Any:
    """A CASE over the zones that these recipients live in: one statement for any number of them."""
    names = recipients.order_by().values_list("time_zone", flat=True).distinct()
    cases = [When(time_zone=name, then=moment(at(name))) for name in names if name]
    return Case(*cases, default=moment(at("")), output_field=DateTimeField()) if cases else moment(at(""))


def moment(at: datetime) -> Value:
    return Value(at, output_field=DateTimeField())
