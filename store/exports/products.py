"""The catalogue and the stock as rows, in the columns that the import reads: out and in again changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from store.imports import answers, properties, specifications
from store.imports.columns import ATTRIBUTE, COLUMNS, OPTION, property_fields
from store.imports.values import path_written
from store.models import (
    Category,
    OptionType,
    PictureSource,
    ProductAttribute,
    ProductPicture,
    ProductSpecification,
    Variant,
)

BATCH = 500
STOCK_FIELDS = ["sku", "name", "option_en", "stock", "low_at"]


def fields() -> list[str]:
    """All that a row says, the shop's options and attributes among them."""
    return [*(field for field in COLUMNS if field != "image"), *(field.name for field in property_fields())]


def columns(fields: Sequence[str]) -> list[str]:
    return [COLUMNS[field][0] if field in COLUMNS else field for field in fields]


def catalogue_rows(variants: QuerySet[Variant], fields: Sequence[str]) -> Iterator[list[Any]]:
    """One row per variant, in the order of products."""
    names = Names()
    for batch in batches(variants):
        for variant in batch:
            values = row(variant, names)
            yield [values.get(field) for field in fields]


class Names:
    """What files call the things that products point to."""

    def __init__(self) -> None:
        self.shelves = category_paths()
        self.options = {row.pk: row.slug for row in OptionType.objects.all()}
        values = answers.option_values()
        self.values = values.by_id()
        self.owners = {row.pk: row.option_type_id for row in values.by_name.values()}
        self.choices = answers.attribute_choices().by_id()

    def options_of(self, variant: Variant) -> dict[str, str]:
        pairs = ((f"{OPTION}{self.options[self.owners[pk]]}", self.values[pk]) for pk in variant.value_ids)
        return dict(pairs)

    def attributes_of(self, rows: Iterable[ProductAttribute]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in rows:
            found |= {f"{ATTRIBUTE}{name}": value for name, value in properties.written(row, self.choices).items()}
        return found


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
        Prefetch("product__attributes", ProductAttribute.objects.select_related("attribute"), to_attr="properties"),
    )
    ordered = variants.select_related("product__brand", "product__tax_class", "stock").prefetch_related(*parts)
    ordered = ordered.order_by("product_id", "pk")
    while True:
        later = ordered.filter(product_id__gte=last[0]).exclude(product_id=last[0], pk__lte=last[1])
        batch = list(later[:BATCH])
        if not batch:
            return
        yield batch
        last = (batch[-1].product_id, batch[-1].pk)


def row(variant: Any, names: Names) -> dict[str, Any]:
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
        "categories": names.shelves.get(product.category_id, ""),
        "price": variant.price,
        "compare_at_price": variant.compare_at_price,
        "tax_class": product.tax_class.code if product.tax_class else None,
        "weight": variant.weight,
        "live": product.live,
        "publish_from": written_moment(product.go_live_at),
        "publish_until": written_moment(product.expire_at),
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
        **names.options_of(variant),
        **names.attributes_of(product.properties),
    }


def written_moment(at: datetime | None) -> str | None:
    """In the shop's zone, which stands beside it."""
    return timezone.localtime(at).isoformat(sep=" ") if at else None


def picture_sources(product: Any) -> Iterable[str]:
    """Where each picture came from, if it was imported, else its address here."""
    origin = {each.image_id: each.source for each in product.sources}
    for shot in product.shots:
        yield origin.get(shot.image_id) or absolute(shot.image.file.url)


def absolute(url: str) -> str:
    return url if url.startswith("http") else f"{settings.SITE_URL}{url}"


def category_paths() -> dict[int, str]:
    """Category id → the names that imports find it by, from the root down."""
    names: dict[str, list[str]] = {}
    found: dict[int, str] = {}
    for category in Category.objects.order_by("path"):
        above = names.get(category.path[: -Category.steplen], [])
        own = category.source_name or category.name_en or category.name  # type: ignore[attr-defined]
        names[category.path] = [*above, own]
        found[category.pk] = path_written(names[category.path])
    return found


def variants_of(*, product_ids: Iterable[int] | None = None) -> QuerySet[Variant]:
    """All, or those of some products."""
    found = Variant.objects.all()
    return found if product_ids is None else found.filter(product_id__in=list(product_ids))
