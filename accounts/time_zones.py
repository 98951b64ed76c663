"""Time zones by their names in the IANA database."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def known_time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def time_zone_choices() -> list[tuple[str, object]]:
    """Choices for a select, grouped by region; names outside a region (aliases) are left out."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(known_time_zones()):
        region, _slash, place = name.partition("/")
        if place and region in REGIONS:
            groups.setdefault(region, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *groups.items()]


def validate_time_zone(name: str) -> None:
    if name not in known_time_zones():
        raise ValidationError(_("There is no time zone “%(name)s”."), params={"name": name})
