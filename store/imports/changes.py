"""What one batch of an import will write, and writing it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from store import listing, stock
from store.drafts import carry_into_drafts, of_variants
from store.errors import StoreError
from store.imports import specifications
from store.imports.properties import Properties
from store.imports.rows import ProductRow
from store.models import Product, ProductSpecification, Stock, Variant
from store.movements import Cause
from store.options import SLOTS

PRODUCT_FIELDS = (
    "name",
    "name_en",
    "name_ru",
    "description_en",
    "description_ru",
    "category",
    "brand",
    "tax_class",
    "popularity",
    "active",
    "new_until",
    "go_live_at",
    "expire_at",
)
VARIANT_FIELDS = ("price", "compare_at_price", "name", "name_en", "name_ru", "active", "weight", *SLOTS)


@dataclass
class Changes:
    """Rows that are new or differ; `counts` by variant, `moved` are variants that change their options."""

    products: list[Product] = field(default_factory=list)
    variants: list[tuple[Variant, Stock]] = field(default_factory=list)
    changed_products: dict[int, Product] = field(default_factory=dict)
    changed_variants: list[Variant] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    sheets: list[tuple[Product, list[specifications.Texts]]] = field(default_factory=list)
    low_at: list[Stock] = field(default_factory=list)
    counts: dict[int, tuple[ProductRow, int]] = field(default_factory=dict)
    # Products that are in no list yet and whose day is to come.
    waiting: dict[int, Product] = field(default_factory=dict)

    @property
    def new_variants(self) -> list[Variant]:
        return [variant for variant, _row in self.variants]


def write(changes: Changes, properties: Properties, cause: Cause) -> list[int]:
    """The products that were touched. Counts are not among it: orders may forbid them."""
    write_products(changes)
    write_variants(changes)
    stock.open_with(stocks=[row for _variant, row in changes.variants], cause=cause)
    Stock.objects.bulk_update(changes.low_at, ["low_at"])
    write_sheets(changes)
    properties.write()
    write_drafts(changes, properties)
    schedule(changes.waiting.values())
    touched = {product.pk for product in (*changes.products, *properties.products.values())}
    touched |= {*changes.changed_products, *(product.pk for product, _rows in changes.sheets)}
    touched |= {variant.product_id for variant in (*changes.changed_variants, *changes.new_variants)}
    listing.refresh(product_ids=touched, indexing=False)
    return sorted(touched)


def write_products(changes: Changes) -> None:
    Product.objects.bulk_create(changes.products)
    Product.objects.bulk_update(changes.changed_products.values(), PRODUCT_FIELDS)


def write_variants(changes: Changes) -> None:
    for variant, _row in changes.variants:
        # Only now does the product have the key that the variant must carry.
        variant.product = variant.product
    # Two that swap their options meet on the way.
    Variant.objects.filter(pk__in=changes.moved).update(**dict.fromkeys(SLOTS))
    Variant.objects.bulk_update(changes.changed_variants, VARIANT_FIELDS)
    Variant.objects.bulk_create(changes.new_variants)
    for variant, row in changes.variants:
        row.variant = variant


def write_sheets(changes: Changes) -> None:
    if changes.sheets:
        ProductSpecification.objects.filter(product__in=[product.pk for product, _rows in changes.sheets]).delete()
        rows = [row for product, sheet in changes.sheets for row in specifications.rows_of(product.pk, sheet)]
        ProductSpecification.objects.bulk_create(rows, 500)


def write_drafts(changes: Changes, properties: Properties) -> None:
    """What editors have begun keeps its own texts, but not the old figures."""
    fresh = {product.pk for product in changes.products}
    names: dict[int, list[str]] = {pk: [*PRODUCT_FIELDS] for pk in changes.changed_products}
    for product, _rows in changes.sheets:
        names.setdefault(product.pk, []).append("specifications")
    for product in properties.products.values():
        names.setdefault(product.pk, []).append("attributes")
    variants: dict[int, dict[int, tuple[str, ...]]] = {}
    for variant in changes.changed_variants:
        variants.setdefault(variant.product_id, {})[variant.pk] = VARIANT_FIELDS
    new = of_variants(changes.new_variants)
    carry_into_drafts(
        products={pk: fields for pk, fields in names.items() if pk not in fresh},
        variants=variants,
        new={pk: ids for pk, ids in new.items() if pk not in fresh},
    )


def schedule(products: Iterable[Product]) -> None:
    """Wagtail's timetable publishes drafts: each gets one for its day."""
    for product in Product.objects.filter(pk__in=[product.pk for product in products]):
        product.revisions.update(approved_go_live_at=None)
        newest = product.get_latest_revision_as_object()
        newest.go_live_at = product.go_live_at
        newest.save_revision(approved_go_live_at=product.go_live_at, clean=False)


def write_counts(changes: Changes, cause: Cause) -> list[tuple[ProductRow, StoreError]]:
    """Those that orders forbid come back with the reason."""
    if not changes.counts:
        return []
    counts = {variant_id: count for variant_id, (_item, count) in changes.counts.items()}
    refused = stock.set_many(counts=counts, cause=cause)
    return [(changes.counts[variant_id][0], error) for variant_id, error in refused.items()]


def is_to_come(product: Product) -> bool:
    return product.go_live_at is not None and product.go_live_at > timezone.now()
