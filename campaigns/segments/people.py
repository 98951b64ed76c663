"""Questions about the person: columns, tags and the owner's own fields."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from campaigns import addresses
from campaigns.models import Recipient
from campaigns.segments.vocabulary import OWN

COLUMNS = {
    "email": "email",
    "name": "full_name",
    "state": "state",
    "time-zone": "time_zone",
    "language": "language",
    "consent": "consent_basis",
    "consent-source": "consent_source",
}
LOOKUPS = {"contains": "icontains", "lacks": "icontains", "starts": "istartswith", "ends": "iendswith"}
NUMBERS = {"at-least": "gte", "at-most": "lte", "equals": "exact"}


def condition(subject: str, test: str, value: Any, zone: tzinfo) -> Q:
    if subject == "tag":
        tagged = Exists(Recipient.tags.through.objects.filter(recipient=OuterRef("pk"), tag=value))
        return Q(tagged) if test == "has" else ~Q(tagged)
    if subject == "added":
        return added(test, value, zone)
    column = COLUMNS[subject]
    if subject in ("state", "consent"):
        return Q(**{column: value}) if test == "is" else ~Q(**{column: value})
    if test in ("filled", "empty"):
        return Q(**{column: ""}) if test == "empty" else ~Q(**{column: ""})
    if subject == "email" and test in ("is", "is-not"):
        found = Q(email_norm=addresses.normalise(value))
    else:
        found = alike(column, LOOKUPS.get(test, "iexact"), value)
    return ~found if test in ("is-not", "lacks") else found


def alike(name: str, lookup: str, value: str) -> Q:
    """Equal whatever the case; SQLite knows upper and lower case of ASCII only, so there the usual ones are tried."""
    found = Q(**{f"{name}__{lookup}": value})
    if not value.isascii():
        for spelling in {value.lower(), value.upper(), value.capitalize(), value.title()} - {value}:
            found |= Q(**{f"{name}__{lookup}": spelling})
    return found


def added(test: str, value: Any, zone: tzinfo) -> Q:
    if test in ("within", "not-within"):
        recent = Q(created_at__gte=timezone.now() - timedelta(days=value))
        return recent if test == "within" else ~recent
    day = date.fromisoformat(value)
    begin, end = (datetime.combine(day + timedelta(days=more), time.min, zone) for more in (0, 1))
    if test == "before":
        return Q(created_at__lt=begin)
    return Q(created_at__gte=end) if test == "after" else Q(created_at__gte=begin, created_at__lt=end)


def own_value(subject: str) -> KeyTransform:
    """The own field as an expression. Not as a lookup path: a field may be called `contains` or `a__b`."""
    return KeyTransform(subject.removeprefix(OWN), F("attributes"))


def own_condition(subject: str, alias: str, test: str, value: Any, zone: tzinfo) -> Q:
    """A question about an own field whose value stands under `alias`. Who has no value is not like any value."""
    there = Q(attributes__has_key=subject.removeprefix(OWN))
    if test in ("filled", "empty"):
        return there if test == "filled" else ~there
    if test in ("yes", "no"):
        return there & Q(**{alias: test == "yes"})
    if test in NUMBERS:
        return there & Q(**{f"{alias}__{NUMBERS[test]}" if test != "equals" else alias: value})
    if test in DATES:
        return there & DATES[test](alias, value, timezone.localdate(timezone=zone))
    found = alike(alias, LOOKUPS.get(test, "iexact"), value)
    return ~there | ~found if test in ("is-not", "lacks") else there & found


def between(alias: str, first: date, last: date) -> Q:
    return Q(**{f"{alias}__gte": first.isoformat(), f"{alias}__lte": last.isoformat()})


# Dates are kept as YYYY-MM-DD, which sorts like the dates.
DATES: dict[str, Callable[[str, Any, date], Q]] = {
    "before": lambda alias, value, today: Q(**{f"{alias}__lt": value}),
    "after": lambda alias, value, today: Q(**{f"{alias}__gt": value}),
    "on": lambda alias, value, today: Q(**{alias: value}),
    "within": lambda alias, days, today: between(alias, today - timedelta(days=days), today),
    "ahead": lambda alias, days, today: between(alias, today, today + timedelta(days=days)),
}
