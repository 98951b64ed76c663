"""Option types and values as pages need them: read at once, kept a minute in the process."""

from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import get_language

from store.models import OptionType, OptionValue

SECONDS = 60
KEY = "store:options"


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name in each language."""

    pk: int
    slug: str
    name_en: str
    name_ru: str

    @property
    def name(self) -> str:
        if get_language() == "ru":
            return self.name_ru or self.name_en
        return self.name_en or self.name_ru


@dataclass(frozen=True, slots=True)
class Kind(Named):
    """An option type; `position` orders types among themselves."""

    is_colour: bool
    filterable: bool
    position: int


@dataclass(frozen=True, slots=True)
class Choice(Named):
    """A value of `kind`; `position` orders the values of one kind."""

    kind: Kind
    swatch: str
    position: int


def known_values() -> dict[int, Choice]:
    """Every value by its id, as they were at most a minute ago; in the order of types and values."""
    found: dict[int, Choice] | None = caches["local"].get(KEY)
    if found is None:
        found = read()
        caches["local"].set(KEY, found, SECONDS)
    return found


def read() -> dict[int, Choice]:
    kinds = {
        row.pk: Kind(
            row.pk, row.slug, row.name_en or "", row.name_ru or "", row.is_colour, row.filterable, row.sort_order
        )
        for row in OptionType.objects.all()
    }
    rows = OptionValue.objects.order_by("option_type__sort_order", "option_type", "sort_order", "pk")
    return {
        row.pk: Choice(
            row.pk, row.slug, row.name_en or "", row.name_ru or "", kinds[row.option_type_id], row.swatch, position
        )
        for position, row in enumerate(rows)
        if row.option_type_id in kinds
    }


def values_of(ids: tuple[int, ...]) -> list[Choice]:
    """The values with these ids; one that another process made this very minute is read now."""
    if any(pk not in known_values() for pk in ids):
        forget()
    known = known_values()
    return [known[pk] for pk in ids if pk in known]


def forget() -> None:
    """An option was changed here: this process shows it at once, the others within a minute."""
    caches["local"].delete(KEY)
