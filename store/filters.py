"""What a shopper narrowed a list to: read from the address, applied to the listing, written to addresses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from company.money import format_money
from store import search
from store.attributes import Definition, definitions
from store.models import AttributeKind, ListingFacet, ProductListing
from store.shelves import Shelf, brands, tree

PRICE_STEPS = (20, 50, 150, 500)
MAX_BRANDS = 50
MAX_PROPERTIES = 12
MAX_VALUES = 30
NUMBER = r"-?\d{1,9}(?:\.\d{1,4})?"
RANGE = re.compile(rf"{NUMBER}(?:\.\.(?:{NUMBER})?)?", re.ASCII)
# "So many stars and more".
RATINGS = (4, 3)


@dataclass(frozen=True, slots=True)
class PriceRange:
    """From `low` (inclusive) to `high` (exclusive, None for no end)."""

    low: int
    high: int | None

    @property
    def key(self) -> str:
        return f"{self.low}-{'' if self.high is None else self.high}"

    @property
    def label(self) -> str:
        low = whole(self.low)
        if self.high is None:
            return _("Over %(price)s") % {"price": low}
        high = whole(self.high)
        return f"{low}–{high}" if self.low else _("Under %(price)s") % {"price": high}

    @property
    def condition(self) -> Q:
        return Q(price__gte=self.low) & (Q() if self.high is None else Q(price__lt=self.high))


def whole(amount: int) -> str:
    """€50, not €50.00: a limit is a round number."""
    text = format_money(Decimal(amount))
    return text.replace(".00", "").replace(",00", "")


PRICES = {
    item.key: item
    for item in (PriceRange(low, high) for low, high in zip((0, *PRICE_STEPS), (*PRICE_STEPS, None), strict=True))
}


def read_properties(params: QueryDict) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is known and makes sense, in one order."""
    found = []
    for code, definition in definitions().items():
        if definition.filterable and code in params:
            asked = sorted(set(params.getlist(code)))[:MAX_VALUES]
            values = tuple(value for value in asked if makes_sense(definition, value))
            found += [(code, values)] if values else []
    return tuple(found[:MAX_PROPERTIES])


def read_prices(asked: Iterable[str]) -> tuple[str, ...]:
    """Keys of PRICES, in their order."""
    return tuple(sorted(set(asked) & set(PRICES), key=list(PRICES).index))


def read_rating(asked: str) -> int:
    """One of RATINGS; 0 for none."""
    return next((least for least in RATINGS if asked == str(least)), 0)


def makes_sense(definition: Definition, value: str) -> bool:
    if definition.kind == AttributeKind.NUMBER:
        return RANGE.fullmatch(value) is not None
    if definition.kind == AttributeKind.FLAG:
        return value in ("0", "1")
    return any(answer.slug == value for answer in definition.answers.values())


def property_condition(values: tuple[str, ...]) -> Q:
    """Equal to one of the values, or within one of the ranges (10..20 is from 10 to below 20)."""
    condition = Q(value__in=[value for value in values if ".." not in value])
    for value in values:
        low, dots, high = value.partition("..")
        if dots:
            condition |= Q(number__gte=low) & (Q(number__lt=high) if high else Q())
    return condition


@dataclass(frozen=True, slots=True)
class Filter:
    """Immutable and normalised: the same choice is the same value, whatever order the address had."""

    category: Shelf | None = None
    query: str = ""
    brands: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    in_stock: bool = False
    # (code of the attribute or option, its values): one of the values, of each of them.
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rating: int = 0

    @classmethod
    def read(cls, params: QueryDict, *, category: Shelf | None = None, searching: bool = False) -> "Filter":
        """From an address; what makes no sense in it is left out."""
        chosen = category or tree().by_slug.get(params.get("category", ""))
        return cls(
            category=chosen,
            query=search.clean(params.get("q", "")) if searching else "",
            brands=tuple(sorted({slug for slug in params.getlist("brand") if slug})[:MAX_BRANDS]),
            prices=read_prices(params.getlist("price")),
            in_stock=params.get("in_stock") == "1",
            properties=read_properties(params),
            rating=read_rating(params.get("rating", "")),
        )

    @property
    def is_narrowed(self) -> bool:
        """By more than the list's own category or words."""
        return bool(self.brands or self.prices or self.in_stock or self.properties or self.rating)

    @property
    def scope(self) -> QuerySet[ProductListing]:
        """The list without the choices that facets offer."""
        rows = ProductListing.objects.all()
        if self.category:
            rows = rows.filter(category_path__startswith=self.category.path)
        return search.matching(rows, self.query) if self.query else rows

    @property
    def brand_ids(self) -> set[int]:
        return {pk for pk, (slug, _name) in brands().items() if slug in self.brands}

    @property
    def described(self) -> QuerySet[ProductListing]:
        """The list with what is chosen of attributes and options only."""
        rows = self.scope
        for code, values in self.properties:
            fitting = ListingFacet.objects.filter(property_condition(values), listing=OuterRef("pk"), facet=code)
            rows = rows.filter(Exists(fitting))
        return rows

    def without_property(self, code: str, value: str = "") -> "Filter":
        """Without this value, or without all that is chosen of it."""
        kept = [(each, tuple(v for v in values if v != value or each != code)) for each, values in self.properties]
        return replace(self, properties=tuple((c, v) for c, v in kept if v and (value or c != code)))

    def apply(self) -> QuerySet[ProductListing]:
        rows = self.described
        if self.brands:
            rows = rows.filter(brand_id__in=self.brand_ids)
        if self.prices:
            condition = Q()
            for key in self.prices:
                condition |= PRICES[key].condition
            rows = rows.filter(condition)
        if self.rating:
            rows = rows.filter(rating__gte=self.rating)
        return rows.filter(in_stock=True) if self.in_stock else rows

    def without(self, *, brand: str = "", price: str = "", stock: bool = False, rating: bool = False) -> "Filter":
        return replace(
            self,
            brands=tuple(slug for slug in self.brands if slug != brand),
            prices=tuple(key for key in self.prices if key != price),
            in_stock=self.in_stock and not stock,
            rating=0 if rating else self.rating,
        )

    def without_category(self) -> "Filter":
        return replace(self, category=None)

    def params(self, **more: str) -> str:
        """The query string of this choice, with its question mark; empty when nothing is chosen.

        The category is part of it only beside words: elsewhere it stands in the path.
        """
        pairs = [("q", self.query)] if self.query else []
        if self.query and self.category:
            pairs.append(("category", self.category.slug))
        pairs += [("brand", slug) for slug in self.brands] + [("price", key) for key in self.prices]
        pairs += [("in_stock", "1")] if self.in_stock else []
        pairs += [(code, value) for code, values in self.properties for value in values]
        pairs += [("rating", str(self.rating))] if self.rating else []
        pairs += [(name, value) for name, value in more.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""
