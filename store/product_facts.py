"""What a product's page shows: prices and stock as they are now, all else as it was at most a minute ago."""

from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import F, QuerySet
from django.utils.translation import get_language

from store.attributes import SheetRow, sheet
from store.models import Product, ProductPicture, Variant

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Facts:
    """`product` comes with its brand, category and rating; `image_ids` in the order of the gallery."""

    product: Product
    image_ids: tuple[int, ...]
    sheet: tuple[SheetRow, ...]


def variants_for_sale(*, slug: str) -> list[Variant]:
    """Of the product of that address, in the order in which they are offered, with their stock: one query.

    None when the product is not for sale. `product_changed` is the moment of the product's last change.
    """
    # Bare, and sorted here: half of such a small query's time is what Django puts around it.
    rows: QuerySet[Variant] = QuerySet(Variant)
    rows = rows.filter(active=True, product__slug=slug, product__listing__isnull=False).select_related("stock")
    found = rows.annotate(product_changed=F("product__updated_at"))
    return sorted(found, key=lambda variant: (variant.sort_order or 0, variant.pk))


def facts(variants: list[Variant]) -> Facts:
    """About the product of these variants, which are told of it; four queries when this process does not know."""
    pk, changed = variants[0].product_id, variants[0].product_changed  # type: ignore[attr-defined]
    key = ("facts", pk, changed, get_language())
    found: Facts | None = caches["local"].get(key)
    if found is None:
        found = read(pk)
        caches["local"].set(key, found, SECONDS)
    for variant in variants:
        variant.product = found.product
    return found


def read(pk: int) -> Facts:
    product = Product.objects.select_related("brand", "category", "rating").get(pk=pk)
    gallery = ProductPicture.objects.filter(product=pk).order_by("sort_order", "pk")
    return Facts(product, tuple(gallery.values_list("image_id", flat=True)), tuple(sheet(product)))
