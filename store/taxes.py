"""Which rate holds for what, in which country."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from store.models import Category, Product, TaxRate

NOTHING = Decimal(0)


@dataclass(frozen=True)
class TaxTable:
    """The rates of one country, in per cent, by tax class (None: the usual one). An unknown country taxes nothing."""

    country: str = ""
    included: bool = True
    rates: dict[int | None, Decimal] = field(default_factory=dict)

    def rate(self, tax_class: int | None) -> Decimal:
        return self.rates.get(tax_class, self.rates.get(None, NOTHING))


def table(country: str) -> TaxTable:
    """The country's rates; for a country not known yet those of the shop's own."""
    rows = TaxRate.objects.filter(country=country or home_rates())
    usual = [row for row in rows if row.tax_class_id is None]
    return TaxTable(
        country=country or next((row.country for row in rows), ""),
        included=usual[0].included if usual else True,
        rates={row.tax_class_id: row.rate for row in rows},
    )


def home_rates() -> object:
    """As a part of a query."""
    return TaxRate.objects.filter(is_home=True).values("country")[:1]


def home_country() -> str:
    """Where shoppers are taken to live until they say where; empty when the shop has not said either."""
    return TaxRate.objects.filter(is_home=True).values_list("country", flat=True).first() or ""


def classes(products: Iterable[Product]) -> dict[int, int | None]:
    """Product id → tax class: its own, else that of the nearest category above it that has one.

    The products come with their `category`; one query, and none where all have a class of their own.
    """
    products = list(products)
    inheriting = [product for product in products if product.tax_class_id is None]
    steps = Category.steplen
    paths = {
        product.category.path[:end]
        for product in inheriting
        for end in range(steps, len(product.category.path) + 1, steps)
    }
    marked = Category.objects.filter(path__in=paths, tax_class__isnull=False) if paths else Category.objects.none()
    by_path = dict(marked.values_list("path", "tax_class_id"))
    found: dict[int, int | None] = {product.pk: product.tax_class_id for product in products}
    for product in inheriting:
        above = [path for path in by_path if product.category.path.startswith(path)]
        found[product.pk] = by_path[max(above, key=len)] if above else None
    return found
