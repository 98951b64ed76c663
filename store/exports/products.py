"""The catalogue and the stock as rows, in the columns that the import reads: out and in again changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from store.imports import specifications
from store.imports.columns import COLUMNS
from store.models import Category, PictureSource, ProductPicture, ProductSpecification, Variant

BATCH = 500
FIELDS = [field for field in COLUMNS if field != "image"]
STOCK_FIELDS = ["sku", "name", "option_en", "stock", "low_at"]


def columns(fields: Sequence[str] = FIELDS) -> list[str]:
    return [COLUMNS[field][0] for field in fields]


def catalogue_rows(variants: QuerySet[Variant] | None = None, fields: Sequence[str] = FIELDS) -> Iterator[list[Any]]:
    """One row per variant, in the order of products."""
    shelves = category_paths()
    for batch in batches(Variant.objects.all() if variants is None else variants):
        for variant in batch:
            values = row(variant, shelves)
            yield [values[field] for field in fields]


def stock_rows(variants: QuerySet[Variant] | None = None) -> Iterator[list[Any]]:
    """SKU, name, on hand and threshold; `reserved` and `available` are the shop's own and not read back."""
    found = (Variant.objects.all() if variants is None else variants).select_related("product", "stock")
    for variant in found.order_by("product_id", "sort_order", "pk").iterator(BATCH):
        stock = getattr(variant, "stock", None)
        yield [
            variant.sku,
            variant.product.name_en or variant.product.name,  # type: ignore[attr-defined]
            variant.name_en,  # type: ignore[attr-defined]
            stock.on_hand if stock else 0,
            stock.low_at if stock else None,
            stock.reserved if stock else 0,
            stock.available if stock else 0,
        ]


def batches(variants: QuerySet[Variant]) -> Iterator[list[Variant]]:
    """A few hundred at a time with all that belongs to them, by key and not by OFFSET."""
    last = (0, 0)
    sheets = ProductSpecification.objects.order_by("sort_order", "pk")
    shots = ProductPicture.objects.select_related("image").order_by("sort_order", "pk")
    parts = (
        Prefetch("product__specifications", sheets, to_attr="sheet"),
        Prefetch("product__pictures", shots, to_attr="shots"),
        Prefetch("product__picture_sources", PictureSource.objects.order_by("pk"), to_attr="sources"),
    )
    ordered = variants.select_related("product__brand", "stock").order_by("product_id", "pk").prefetch_related(*parts)
    while True:
        later = ordered.filter(product_id__gte=last[0]).exclude(product_id=last[0], pk__lte=last[1])
        batch = list(later[:BATCH])
        if not batch:
            return
        yield batch
        last = (batch[-1].product_id, batch[-1].pk)


def row(variant: Any, shelves: dict[int, str]) -> dict[str, Any]:
    product, stock = variant.product, getattr(variant, "stock", None)
    sheet = [(each.name_en, each.value_en, each.name_ru, each.value_ru) for each in product.sheet]
    has_russian = any(name_ru or value_ru for _name, _value, name_ru, value_ru in sheet)
    return {
        "sku": variant.sku,
        "slug": product.slug,
        "name": product.name_en,
        "name_ru": product.name_ru,
        "option_en": variant.name_en,
        "option_ru": variant.name_ru,
        "brand": product.brand.name if product.brand else None,
        "categories": shelves.get(product.category_id, ""),
        "price": variant.price,
        "compare_at_price": variant.compare_at_price,
        "stock": stock.on_hand if stock else 0,
        "low_at": stock.low_at if stock else None,
        "active": product.active,
        "variant_active": variant.active,
        "popularity": product.popularity,
        "new_until": product.new_until,
        "description": product.description_en,
        "description_ru": product.description_ru,
        "specifications_en": specifications.written((name, value) for name, value, *_ru in sheet),
        "specifications_ru": specifications.written(each[2:] for each in sheet) if has_russian else None,
        "pictures": "\n".join(picture_sources(product)),
    }


def picture_sources(product: Any) -> Iterable[str]:
    """Where each picture came from, if it was imported, else its address here."""
    origin = {each.image_id: each.source for each in product.sources}
    for shot in product.shots:
        yield origin.get(shot.image_id) or absolute(shot.image.file.url)


def absolute(url: str) -> str:
    return url if url.startswith("http") else f"{settings.SITE_URL}{url}"


def category_paths() -> dict[int, str]:
    """Category id → the names that imports find it by, from the root down."""
    names: dict[str, str] = {}
    found: dict[int, str] = {}
    for category in Category.objects.order_by("path"):
        above = names.get(category.path[: -Category.steplen])
        own = category.source_name or category.name_en or category.name  # type: ignore[attr-defined]
        names[category.path] = f"{above} > {own}" if above else own
        found[category.pk] = names[category.path]
    return found


def variants_of(*, product_ids: Iterable[int] | None = None) -> QuerySet[Variant]:
    """All, or those of some products."""
    found = Variant.objects.all()
    return found if product_ids is None else found.filter(product_id__in=list(product_ids))
