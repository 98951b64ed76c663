"""Countries by their ISO 3166-1 code, named in the languages of the site."""

import json
from functools import cache
from pathlib import Path

from django.utils import translation

NAMES: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "data" / "countries.json").read_text("utf-8"))


def country_name(code: str) -> str:
    """The name in the active language; the code itself where it is unknown."""
    names = NAMES.get(code, {})
    return names.get(short_language(), names.get("en", code))


def country_choices() -> list[tuple[str, str]]:
    """`(code, name)` by name, for a select."""
    return list(sorted_choices(short_language()))


@cache
def sorted_choices(language: str) -> tuple[tuple[str, str], ...]:
    named = [(code, names.get(language, names["en"])) for code, names in NAMES.items()]
    # Ё and Å sort behind the alphabet by code point.
    return tuple(sorted(named, key=lambda item: item[1].replace("Å", "A").replace("Ё", "Е")))


def short_language() -> str:
    return (translation.get_language() or "en").split("-")[0]
