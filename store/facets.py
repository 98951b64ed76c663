"""The choices beside a list, each with the number of products that it would leave."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from time import monotonic

from django.core.cache import caches
from django.db.models import Case, Count, IntegerField, Value, When
from django.utils.translation import get_language

from store.filters import PRICE_STEPS, PRICES, RATINGS, Filter
from store.models import Category
from store.property_facets import PropertyFacet, property_facets
from store.shelves import Shelf, brands, tree

SECONDS = 60
PRICE_KEYS = tuple(PRICES)

# (brand id, category path, index of the price range, in stock, the highest of RATINGS that it reaches, number)
Cell = tuple[int | None, str, int, bool, int, int]


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
        found = count_facets(list(cells(chosen)), chosen)
        found = replace(found, key=f"{key} {monotonic()}", properties=property_facets(chosen))
        caches["local"].set(key, found, SECONDS)
    return found


def cells(chosen: Filter) -> Iterable[Cell]:
    """The list's products counted by all five properties at once: one query, whose cells every facet sums up.

    The number of cells is bounded by the brands and shelves, not by the products.
    """
    steps = [When(price__lt=step, then=Value(index)) for index, step in enumerate(PRICE_STEPS)]
    step = Case(*steps, default=Value(len(PRICE_STEPS)), output_field=IntegerField())
    stars = Case(*(When(rating__gte=least, then=Value(least)) for least in RATINGS), default=0)
    columns = ("brand_id", "category_path", "step", "in_stock", "stars")
    counted = chosen.described.annotate(step=step, stars=stars).values(*columns)
    return counted.annotate(number=Count("pk")).values_list(*columns, "number")


def count_facets(found: list[Cell], chosen: Filter) -> Facets:
    brand_ids = chosen.brand_ids if chosen.brands else set()
    price_steps = {PRICE_KEYS.index(key) for key in chosen.prices}
    by_brand: Counter[int] = Counter()
    by_step: Counter[int] = Counter()
    by_path: Counter[str] = Counter()
    by_stars: Counter[int] = Counter()
    total = in_stock = 0
    for brand_id, path, step, stocked, stars, number in found:
        brand_fits = not chosen.brands or brand_id in brand_ids
        price_fits = not price_steps or step in price_steps
        stock_fits = stocked or not chosen.in_stock
        if brand_fits and price_fits and stock_fits:
            by_stars.update({least: number for least in RATINGS if stars >= least})
        if stars < chosen.rating:
            continue
        if price_fits and stock_fits and brand_id:
            by_brand[brand_id] += number
        if brand_fits and stock_fits:
            by_step[step] += number
        if brand_fits and price_fits and stocked:
            in_stock += number
        if brand_fits and price_fits and stock_fits:
            by_path[path] += number
            total += number
    return Facets(
        count=total,
        in_stock=in_stock,
        categories=shelf_choices(by_path, chosen),
        brands=brand_choices(by_brand, chosen),
        prices=[
            Choice(key, PRICES[key].label, by_step[index], key in chosen.prices)
            for index, key in enumerate(PRICE_KEYS)
            if by_step[index] or key in chosen.prices
        ],
        ratings=[
            Choice(str(least), str(least), by_stars[least], least == chosen.rating)
            for least in RATINGS
            if by_stars[least] or least == chosen.rating
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


def brand_choices(by_brand: Counter[int], chosen: Filter) -> list[Choice]:
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
