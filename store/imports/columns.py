"""Which column of a file is which field: the names that people give them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from api.cells import as_written

# Field → the names that columns have in the files that people send; the first is the one that we write.
COLUMNS: dict[str, tuple[str, ...]] = {
    "sku": ("sku", "article", "артикул", "code", "код"),
    "slug": ("slug", "handle", "product_slug"),
    "name": ("name_en", "name", "title", "product", "название", "наименование"),
    "name_ru": ("name_ru",),
    "option_en": ("variant_en", "variant", "вариант"),
    "option_ru": ("variant_ru",),
    "brand": ("brand", "manufacturer", "vendor", "бренд", "производитель"),
    "categories": ("category", "categories", "category_path", "категория", "категории"),
    "price": ("price", "цена"),
    "compare_at_price": ("compare_at_price", "old_price", "старая_цена"),
    "stock": ("stock", "on_hand", "quantity", "остаток", "количество"),
    "low_at": ("low_at", "low_stock", "мало_от"),
    "active": ("active", "for_sale", "published", "в_продаже"),
    "variant_active": ("variant_active",),
    "popularity": ("popularity", "популярность"),
    "new_until": ("new_until",),
    "description": ("description_en", "description", "описание"),
    "description_ru": ("description_ru",),
    "specifications_en": ("specifications_en", "specifications", "specs", "характеристики"),
    "specifications_ru": ("specifications_ru",),
    "pictures": ("pictures", "images", "image_urls", "photos", "фото", "картинки"),
    "image": ("image", "image_url"),
}
LABELS: dict[str, str | Promise] = {
    "sku": _("SKU"),
    "slug": _("Slug of the product"),
    "name": _("Name (English)"),
    "name_ru": _("Name (Russian)"),
    "option_en": _("Variant (English)"),
    "option_ru": _("Variant (Russian)"),
    "brand": _("Brand"),
    "categories": _("Category path"),
    "price": _("Price"),
    "compare_at_price": _("Price before"),
    "stock": pgettext_lazy("thing", "Stock"),
    "low_at": _("Low from"),
    "active": _("Product for sale"),
    "variant_active": _("Variant for sale"),
    "popularity": _("Popularity"),
    "new_until": _("New until"),
    "description": _("Description (English)"),
    "description_ru": _("Description (Russian)"),
    "specifications_en": _("Specifications (English)"),
    "specifications_ru": _("Specifications (Russian)"),
    "pictures": _("Pictures (addresses or names in the ZIP file)"),
    "image": _("Picture (its number is the SKU when there is no other)"),
}
FIELD_OF = {name: field for field, names in COLUMNS.items() for name in names}


def understood(columns: Iterable[str]) -> list[tuple[str, str]]:
    """Each column of a file with the field that it fills, "" for one that is left alone."""
    taken: set[str] = set()
    pairs = []
    for column in columns:
        field = FIELD_OF.get(column, "")
        pairs.append((column, field if field not in taken else ""))
        taken.add(field)
    return pairs


def cells_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Field → what the row says, without the apostrophe that keeps spreadsheets from calculating."""
    return {field: as_written(first_filled(values, names)) for field, names in COLUMNS.items()}


def first_filled(values: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((values[name] for name in names if values.get(name) not in (None, "", [])), None)
