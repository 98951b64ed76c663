"""The choices beside a list, each with the number of products that it would leave."""

from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from time import monotonic

from django.core.cache import caches
from django.utils.translation import get_language

from store.filters import PRICES, RATINGS, Filter
from store.models import Category
from store.property_facets import PropertyFacet, property_facets
from store.shelves import Shelf, brands, tree
from store.tallies import tallies

SECONDS = 60
PRICE_KEYS = tuple(PRICES)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """`count` is the list's length; each facet is counted as if nothing were chosen in it.

    `key` names the choice and the moment of counting: what is drawn from the two is kept under it.
    """

    key: str = ""
    count: int = 0
    in_stock: int = 0
    categories: list[tuple[Shelf, int]] = field(default_factory=list)
    brands: list[Choice] = field(default_factory=list)
    prices: list[Choice] = field(default_factory=list)
    properties: list[PropertyFacet] = field(default_factory=list)
    ratings: list[Choice] = field(default_factory=list)


def facets(*, chosen: Filter) -> Facets:
    """Counted at most once a minute per process for the same choice and language."""
    choice = f"{get_language()} {chosen.category and chosen.category.path} {chosen.params()}"
    key = "facets:" + blake2b(choice.encode(), digest_size=16).hexdigest()
    found = caches["local"].get(key)
    if found is None:
        found = count_facets(chosen)
        found = replace(found, key=f"{key} {monotonic()}", properties=property_facets(chosen))
        caches["local"].set(key, found, SECONDS)
    return found


def count_facets(chosen: Filter) -> Facets:
    found = tallies(chosen)
    reached = {least: sum(number for stars, number in found.stars.items() if stars >= least) for least in RATINGS}
    return Facets(
        count=found.count,
        in_stock=found.in_stock,
        categories=shelf_choices(found.paths, chosen),
        brands=brand_choices(found.brands, chosen),
        prices=[
            Choice(key, PRICES[key].label, found.steps[index], key in chosen.prices)
            for index, key in enumerate(PRICE_KEYS)
            if found.steps[index] or key in chosen.prices
        ],
        ratings=[
            Choice(str(least), str(least), reached[least], least == chosen.rating)
            for least in RATINGS
            if reached[least] or least == chosen.rating
        ],
    )


def shelf_choices(by_path: Counter[str], chosen: Filter) -> list[tuple[Shelf, int]]:
    """The shelves one step below the list's own, those with something on them."""
    start = chosen.category.path if chosen.category else ""
    length = len(start) + Category.steplen
    below: Counter[str] = Counter()
    for path, number in by_path.items():
        if len(path) >= length:
            below[path[:length]] += number
    return [(shelf, below[shelf.path]) for shelf in tree().children(start) if below[shelf.path]]


def brand_choices(by_brand: Counter[int | None], chosen: Filter) -> list[Choice]:
    """Chosen ones first, then by number."""
    known = brands()
    choices = [
        Choice(known[pk][0], known[pk][1], number, known[pk][0] in chosen.brands)
        for pk, number in by_brand.items()
        if pk in known
    ]
    listed = {choice.value for choice in choices}
    choices += [
        Choice(slug, name, 0, chosen=True)
        for slug, name in known.values()
        if slug in chosen.brands and slug not in listed
    ]
    return sorted(choices, key=lambda choice: (not choice.chosen, -choice.count, choice.label))
