"""Counts of attributes and options beside a list: one query for all of them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from store.attributes import Definition, definitions
from store.filters import Filter
from store.models import AttributeKind, ListingFacet

MAX_FACETS = 12
# More different numbers than this are shown as ranges.
MAX_NUMBERS = 8
RANGES = 5

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class PropertyChoice:
    value: str
    label: str
    count: int
    chosen: bool
    swatch: str = ""


@dataclass(frozen=True, slots=True)
class PropertyFacet:
    code: str
    name: str
    choices: list[PropertyChoice]

    @property
    def is_chosen(self) -> bool:
        return any(choice.chosen for choice in self.choices)


def property_facets(chosen: Filter) -> list[PropertyFacet]:
    """Each counted as if nothing were chosen in it. On the list of everything only those that were chosen stand."""
    path = chosen.category.path if chosen.category else ""
    wanted = dict(chosen.properties)
    offered = [
        each
        for each in definitions().values()
        if each.filterable and (each.code in wanted or ((path or chosen.query) and each.is_for(path)))
    ]
    if not offered:
        return []
    counts = count(chosen, [each.code for each in offered])
    made = [facet(each, counts.get(each.code, {}), wanted.get(each.code, ())) for each in offered]
    return [each for each in made if len(each.choices) > 1 or each.is_chosen][:MAX_FACETS]


def count(chosen: Filter, codes: list[str]) -> Counts:
    picked = [code for code, _values in chosen.properties]
    free = [code for code in codes if code not in picked]
    parts = [tally(chosen, free)] if free else []
    parts += [tally(chosen.without_property(code), [code]) for code in picked if code in codes]
    found: Counts = {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for code, value, number in rows:
        found.setdefault(code, {})[value] = number
    return found


def tally(chosen: Filter, codes: list[str]):  # type: ignore[no-untyped-def]
    rows = ListingFacet.objects.filter(facet__in=codes, listing__in=chosen.apply().values("pk"))
    return rows.order_by().values("facet", "value").annotate(n=Count("pk")).values_list("facet", "value", "n")


def facet(definition: Definition, counts: dict[str, int], chosen: tuple[str, ...]) -> PropertyFacet:
    if definition.kind == AttributeKind.NUMBER:
        choices = numbers(definition, counts, chosen)
    elif definition.kind == AttributeKind.FLAG:
        choices = [one(definition, value, counts.get(value, 0), chosen) for value in ("1", "0")]
    else:
        order = [(answer.slug, answer.swatch) for answer in definition.answers.values()]
        choices = [one(definition, slug, counts.get(slug, 0), chosen, swatch) for slug, swatch in order]
    return PropertyFacet(
        definition.code, str(definition.name), [choice for choice in choices if choice.count or choice.chosen]
    )


def one(definition: Definition, value: str, number: int, chosen: tuple[str, ...], swatch: str = "") -> PropertyChoice:
    return PropertyChoice(value, definition.label(value), number, value in chosen, swatch)


def numbers(definition: Definition, counts: dict[str, int], chosen: tuple[str, ...]) -> list[PropertyChoice]:
    ordered = sorted(counts, key=Decimal)
    values = ranges(ordered) if len(ordered) > MAX_NUMBERS else ordered
    values += [value for value in chosen if value not in values]
    values.sort(key=lambda value: Decimal(value.partition("..")[0]))
    return [one(definition, value, within(value, counts), chosen) for value in values]


def ranges(ordered: list[str]) -> list[str]:
    """About as many different numbers in each; the last one is open."""
    edges = list(dict.fromkeys(ordered[len(ordered) * step // RANGES] for step in range(RANGES)))
    return [f"{low}..{high}" for low, high in zip(edges, [*edges[1:], ""], strict=True)]


def within(value: str, counts: dict[str, int]) -> int:
    low, dots, high = value.partition("..")
    if not dots:
        return counts.get(value, 0)
    return sum(
        n for each, n in counts.items() if Decimal(each) >= Decimal(low) and (not high or Decimal(each) < Decimal(high))
    )
