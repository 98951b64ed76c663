"""Which column of a file is which field: by the names that people give them, or as somebody has said."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from api.cells import as_written
from store import attributes
from store.attributes import Definition
from store.errors import StoreError
from store.models import AttributeKind

OPTION, ATTRIBUTE, RUSSIAN = "option:", "attribute:", ":ru"

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
    "tax_class": ("tax_class", "vat_class", "налоговый_класс"),
    "weight": ("weight", "weight_g", "вес", "вес_г"),
    "stock": ("stock", "on_hand", "quantity", "остаток", "количество"),
    "low_at": ("low_at", "low_stock", "мало_от"),
    "active": ("active", "for_sale", "в_продаже"),
    "variant_active": ("variant_active",),
    "live": ("published", "live", "опубликован"),
    "publish_from": ("publish_from", "go_live_at", "показывать_с"),
    "publish_until": ("publish_until", "expire_at", "показывать_до"),
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
    "sku": gettext_lazy("SKU"),
    "slug": gettext_lazy("Slug of the product"),
    "name": gettext_lazy("Name (English)"),
    "name_ru": gettext_lazy("Name (Russian)"),
    "option_en": gettext_lazy("Variant (English)"),
    "option_ru": gettext_lazy("Variant (Russian)"),
    "brand": gettext_lazy("Brand"),
    "categories": gettext_lazy("Category path"),
    "price": gettext_lazy("Price"),
    "compare_at_price": gettext_lazy("Price before"),
    "tax_class": gettext_lazy("Tax class (its code)"),
    "weight": gettext_lazy("Weight in grams"),
    "stock": pgettext_lazy("thing", "Stock"),
    "low_at": gettext_lazy("Low from"),
    "active": gettext_lazy("Product for sale"),
    "variant_active": gettext_lazy("Variant for sale"),
    "live": gettext_lazy("Published (of new products)"),
    "publish_from": gettext_lazy("Publish from"),
    "publish_until": gettext_lazy("Publish until"),
    "popularity": gettext_lazy("Popularity"),
    "new_until": gettext_lazy("New until"),
    "description": gettext_lazy("Description (English)"),
    "description_ru": gettext_lazy("Description (Russian)"),
    "specifications_en": gettext_lazy("Specifications (English)"),
    "specifications_ru": gettext_lazy("Specifications (Russian)"),
    "pictures": gettext_lazy("Pictures (addresses or names in the ZIP file)"),
    "image": gettext_lazy("Picture (its number is the SKU when there is no other)"),
}


class BadMapping(StoreError):
    """Columns cannot be understood like this; the text says why."""

    code = "bad_mapping"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column can fill. `name` is what mappings say, `names` what columns are called."""

    name: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """What one row says: field → content, and the fields that the file has at all."""

    values: dict[str, Any]
    given: frozenset[str]

    def __getitem__(self, field: str) -> Any:
        return self.values.get(field)

    def those(self, prefix: str) -> dict[str, Any]:
        """The fields that begin like this, without the beginning."""
        return {name.removeprefix(prefix): value for name, value in self.values.items() if name.startswith(prefix)}


class Columns:
    """The fields of this shop, its options and attributes among them, and the columns that fill them.

    `mapping`: column → field, "" for one that is left alone; columns that it does not name are known by their names.
    Raises BadMapping.
    """

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        self.fields = {field.name: field for field in (*fixed_fields(), *property_fields())}
        self.by_name: dict[str, str] = {}
        for field in self.fields.values():
            for name in field.names:
                self.by_name.setdefault(name, field.name)
        self.mapping = self.checked(mapping or {})
        self.understood: dict[tuple[str, ...], dict[str, str]] = {}

    def checked(self, mapping: Mapping[str, str]) -> dict[str, str]:
        chosen = {plain_name(column): self.field_called(field.strip()) for column, field in mapping.items()}
        for field in filter(None, chosen.values()):
            if list(chosen.values()).count(field) > 1:
                raise BadMapping(_("Two columns cannot both be “%(name)s”.") % {"name": self.fields[field].label})
        return chosen

    def field_called(self, name: str) -> str:
        """Our own name of it, or one that a column might have."""
        field = name if name in self.fields or not name else self.by_name.get(plain_name(name))
        if field is None:
            raise BadMapping(_("There is no field “%(name)s”.") % {"name": name[:60]})
        return field

    def fill(self, columns: Iterable[str]) -> dict[str, str]:
        """Each column with the field that it fills, "" for one that is left alone."""
        names = tuple(columns)
        if names not in self.understood:
            taken = {self.mapping[name] for name in names if name in self.mapping}
            found = {}
            for name in names:
                field = self.mapping.get(name)
                if field is None:
                    field = self.by_name.get(name, "")
                    field = "" if field in taken else field
                    taken.add(field)
                found[name] = field
            self.understood[names] = found
        return self.understood[names]

    def cells(self, values: Mapping[str, Any]) -> Cells:
        """What the row says, without the apostrophe that keeps spreadsheets from calculating."""
        filled = {field: column for column, field in self.fill(values).items() if field}
        found = {field: as_written(values[column]) for field, column in filled.items()}
        return Cells({field: None if value in ("", []) else value for field, value in found.items()}, frozenset(found))

    def label(self, field: str) -> str:
        return self.fields[field].label if field in self.fields else ""


def plain_name(column: Any) -> str:
    """“Old price”, “old-price” and “OLD_PRICE” are one column."""
    return re.sub(r"[\s_-]+", "_", str(column).strip().lower().lstrip("\ufeff"))


def fixed_fields() -> list[Field]:
    return [Field(name, str(LABELS[name]), names) for name, names in COLUMNS.items()]


def property_fields() -> list[Field]:
    """A field for each option and each attribute; texts are written in two languages."""
    found = []
    for each in (*attributes.read_options(), *attributes.read_attributes()):
        found.append(Field(field_of(each), title(each), names_of(each)))
        if each.kind == AttributeKind.TEXT:
            name = field_of(each) + RUSSIAN
            found.append(Field(name, _("%(name)s (Russian)") % {"name": title(each)}, (plain_name(name),)))
    return found


def field_of(definition: Definition) -> str:
    kind, _dot, slug = definition.code.partition(".")
    return f"{OPTION if kind == 'o' else ATTRIBUTE}{slug}"


def title(definition: Definition) -> str:
    unit = str(definition.unit)
    return f"{definition.name}, {unit}" if unit else str(definition.name)


def names_of(definition: Definition) -> tuple[str, ...]:
    slug = definition.code.partition(".")[2]
    names = (field_of(definition), slug, definition.name.en, definition.name.ru)
    return tuple(dict.fromkeys(plain_name(name) for name in names if name))
