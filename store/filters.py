"""What a shopper narrowed a list to: read from the address, applied to the listing, written to addresses."""

from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from company.money import format_money
from store import search
from store.models import ProductListing
from store.shelves import Shelf, brands, tree

PRICE_STEPS = (20, 50, 150, 500)
MAX_BRANDS = 50


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


@dataclass(frozen=True, slots=True)
class Filter:
    """Immutable and normalised: the same choice is the same value, whatever order the address had."""

    category: Shelf | None = None
    query: str = ""
    brands: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    in_stock: bool = False

    @classmethod
    def read(cls, params: QueryDict, *, category: Shelf | None = None, searching: bool = False) -> "Filter":
        """From an address; what makes no sense in it is left out."""
        chosen = category or tree().by_slug.get(params.get("category", ""))
        return cls(
            category=chosen,
            query=search.clean(params.get("q", "")) if searching else "",
            brands=tuple(sorted({slug for slug in params.getlist("brand") if slug})[:MAX_BRANDS]),
            prices=tuple(sorted(set(params.getlist("price")) & set(PRICES), key=list(PRICES).index)),
            in_stock=params.get("in_stock") == "1",
        )

    @property
    def is_narrowed(self) -> bool:
        """By more than the list's own category or words."""
        return bool(self.brands or self.prices or self.in_stock)

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

    def apply(self) -> QuerySet[ProductListing]:
        rows = self.scope
        if self.brands:
            rows = rows.filter(brand_id__in=self.brand_ids)
        if self.prices:
            condition = Q()
            for key in self.prices:
                condition |= PRICES[key].condition
            rows = rows.filter(condition)
        return rows.filter(in_stock=True) if self.in_stock else rows

    def without(self, *, brand: str = "", price: str = "", stock: bool = False) -> "Filter":
        return replace(
            self,
            brands=tuple(slug for slug in self.brands if slug != brand),
            prices=tuple(key for key in self.prices if key != price),
            in_stock=self.in_stock and not stock,
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
        pairs += [(name, value) for name, value in more.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""
