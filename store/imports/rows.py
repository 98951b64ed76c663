"""Makes sense of one row of a product file, or says what is wrong with it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from store.imports import specifications
from store.imports.columns import ATTRIBUTE, OPTION, Cells, Columns
from store.imports.files import Row
from store.imports.values import (
    NUMBER_IN_IMAGE,
    RefusedRow,
    category_path,
    count,
    day,
    flag,
    moment,
    money,
    rich,
    short,
    slug,
    sources,
    text,
)
from store.stock import MAX_ON_HAND

MAX_POPULARITY = 2**31 - 1
MAX_GRAMS = 10_000_000
# What empties a field: an empty cell says nothing.
CLEAR = "-"
CLEARABLE = (
    "brand",
    "compare_at_price",
    "new_until",
    "low_at",
    "tax_class",
    "weight",
    "publish_from",
    "publish_until",
)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """What a row says; None where it says nothing, so that a file of prices changes only prices.

    `cleared` names the fields that are to be emptied; `options` and `attributes` are by slug, as the file writes them.
    """

    number: int
    sku: str
    slug: str | None
    name: str | None
    name_ru: str | None
    option_en: str | None
    option_ru: str | None
    description: str | None
    description_ru: str | None
    brand: str | None
    categories: tuple[str, ...] | None
    price: Decimal | None
    compare_at_price: Decimal | None
    tax_class: str | None
    weight: int | None
    live: bool | None
    publish_from: datetime | None
    publish_until: datetime | None
    options: dict[str, str]
    attributes: dict[str, Any]
    popularity: int | None
    new_until: date | None
    active: bool | None
    variant_active: bool | None
    specifications_en: tuple[specifications.Pair, ...] | None
    specifications_ru: tuple[specifications.Pair, ...] | None
    pictures: tuple[str, ...]
    stock: int | None
    low_at: int | None
    cleared: frozenset[str]


def parse(row: Row, columns: Columns) -> ProductRow:
    """Raises RefusedRow."""
    cells = columns.cells(row.values)
    properties = [field for field in cells.values if field.startswith((OPTION, ATTRIBUTE))]
    cleared = frozenset(field for field in (*CLEARABLE, *properties) if text(cells[field]) == CLEAR)
    cells.values.update(dict.fromkeys(cleared))
    if "name" in cells.given and not text(cells["name"]) and not text(cells["name_ru"]):
        raise RefusedRow(_("The name is missing."))
    return ProductRow(
        number=row.number,
        sku=find_sku(cells),
        slug=slug(cells["slug"]),
        name=short(cells, "name"),
        name_ru=short(cells, "name_ru"),
        option_en=short(cells, "option_en"),
        option_ru=short(cells, "option_ru"),
        description=rich(cells["description"]),
        description_ru=rich(cells["description_ru"]),
        brand=short(cells, "brand"),
        categories=category_path(cells["categories"]),
        price=money(cells["price"], given="price" in cells.given),
        compare_at_price=money(cells["compare_at_price"]),
        tax_class=short(cells, "tax_class"),
        weight=count(cells["weight"], _("weight"), MAX_GRAMS),
        live=flag(cells["live"], "published"),
        publish_from=moment(cells["publish_from"]),
        publish_until=moment(cells["publish_until"]),
        options={slug: value for slug, cell in cells.those(OPTION).items() if (value := text(cell))},
        attributes={slug: cell for slug, cell in cells.those(ATTRIBUTE).items() if text(cell)},
        popularity=count(cells["popularity"], _("popularity"), MAX_POPULARITY),
        new_until=day(cells["new_until"]),
        active=flag(cells["active"], "active"),
        variant_active=flag(cells["variant_active"], "variant_active"),
        specifications_en=specifications.parse(cells["specifications_en"]),
        specifications_ru=specifications.parse(cells["specifications_ru"]),
        pictures=sources(cells["pictures"] or cells["image"]),
        stock=count(cells["stock"], _("stock"), MAX_ON_HAND),
        low_at=count(cells["low_at"], _("low from"), MAX_ON_HAND),
        cleared=cleared,
    )


def find_sku(cells: Cells) -> str:
    sku = short(cells, "sku")
    if not sku and (found := NUMBER_IN_IMAGE.search(text(cells["image"]))):
        sku = found.group(1)
    if not sku:
        raise RefusedRow(_("The SKU is missing."))
    return sku
