"""Makes sense of one row of a product file, or says what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.html import format_html_join, strip_tags
from django.utils.translation import gettext as _

from company.money import round_money
from store.errors import StoreError
from store.imports.files import Row
from store.stock import MAX_ON_HAND

# The names that columns have in the files that people send.
COLUMNS = {
    "sku": ("sku", "article", "артикул", "code", "код"),
    "name": ("name_en", "name", "title", "product", "название", "наименование"),
    "name_ru": ("name_ru",),
    "description": ("description_en", "description", "описание"),
    "description_ru": ("description_ru",),
    "brand": ("brand", "manufacturer", "vendor", "бренд", "производитель"),
    "categories": ("categories", "category", "category_path", "категория", "категории"),
    "price": ("price", "цена"),
    "compare_at_price": ("compare_at_price", "old_price", "старая_цена"),
    "popularity": ("popularity", "популярность"),
    "stock": ("stock", "on_hand", "остаток"),
    "image": ("image", "image_url"),
}
LENGTHS = {"sku": 64, "name": 255, "name_ru": 255, "brand": 120}
MAX_PRICE = Decimal(10) ** 10
MAX_POPULARITY = 2**31 - 1
MAX_DEPTH = 10
# .../4984700_sb.jpg: the shop that made the file numbered its pictures by product.
NUMBER_IN_IMAGE = re.compile(r"/(\d+)(?:_[^/]*)?\.\w+$")
# What XML, PostgreSQL and people cannot use.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class RefusedRow(StoreError):
    """The row is left out; the text says why."""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """What a row says; None where it says nothing, so that a file of prices changes only prices."""

    number: int
    sku: str
    name: str | None
    name_ru: str | None
    description: str | None
    description_ru: str | None
    brand: str | None
    categories: tuple[str, ...] | None
    price: Decimal | None
    compare_at_price: Decimal | None
    popularity: int | None
    stock: int | None


def parse(row: Row) -> ProductRow:
    """Raises RefusedRow."""
    cells = {field: first_filled(row.values, names) for field, names in COLUMNS.items()}
    if "name" in row.values and not text(cells["name"]):
        raise RefusedRow(_("The name is missing."))
    return ProductRow(
        number=row.number,
        sku=find_sku(cells),
        name=short(cells, "name"),
        name_ru=short(cells, "name_ru"),
        description=rich(cells["description"]),
        description_ru=rich(cells["description_ru"]),
        brand=short(cells, "brand"),
        categories=category_path(cells["categories"]),
        price=money(cells["price"], given="price" in row.values),
        compare_at_price=money(cells["compare_at_price"]),
        popularity=count(cells["popularity"], _("popularity"), MAX_POPULARITY),
        stock=count(cells["stock"], _("stock"), MAX_ON_HAND),
    )


def first_filled(values: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((values[name] for name in names if values.get(name) not in (None, "", [])), None)


def find_sku(cells: Mapping[str, Any]) -> str:
    sku = short(cells, "sku")
    if not sku and (found := NUMBER_IN_IMAGE.search(text(cells["image"]))):
        sku = found.group(1)
    if not sku:
        raise RefusedRow(_("The SKU is missing."))
    return sku


def text(value: Any) -> str:
    # A spreadsheet hands 4984700 over as 4984700.0.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else CONTROL.sub("", str(value)).strip()


def short(cells: Mapping[str, Any], field: str) -> str | None:
    value = " ".join(text(cells[field]).split())
    if len(value) > LENGTHS[field]:
        raise RefusedRow(_("%(field)s is longer than %(most)d characters.") % {"field": field, "most": LENGTHS[field]})
    return value or None


def rich(value: Any) -> str | None:
    """Paragraphs of plain text: markup from a file is not trusted."""
    plain = text(value)
    if not plain:
        return None
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n|\r\n\s*\r\n", strip_tags(plain))]
    return format_html_join("", "<p>{}</p>", ((part,) for part in paragraphs if part))


def category_path(value: Any) -> tuple[str, ...] | None:
    """`["Phones", "Cases"]` or `"Phones > Cases"`."""
    parts = value if isinstance(value, list) else text(value).split(">")
    path = tuple(name for part in parts if (name := " ".join(text(part).split())))
    if len(path) > MAX_DEPTH or any(len(name) > 120 for name in path):
        raise RefusedRow(_("The category path is too long."))
    return path or None


def money(value: Any, *, given: bool = False) -> Decimal | None:
    """1299.00, “1,299.00”, “1 299,00 €”. With `given`, an empty cell is an error."""
    written = re.sub(r"[^\d.,+-eE]|[eE](?![\d+-])", "", re.sub(r"[\s\u00a0\u202f]", "", text(value)))
    if not text(value):
        if given:
            raise RefusedRow(_("The price is missing."))
        return None
    if "," in written:
        # The last of the two marks is the decimal one; a lone comma before three digits groups thousands.
        comma_is_decimal = written.rfind(",") > written.rfind(".") and not re.search(r"^\d{1,3}(,\d{3})+$", written)
        written = written.replace(".", "").replace(",", ".") if comma_is_decimal else written.replace(",", "")
    try:
        amount = Decimal(written)
    except InvalidOperation as error:
        raise RefusedRow(_("“%(value)s” is not a price.") % {"value": text(value)[:40]}) from error
    if not amount.is_finite() or amount >= MAX_PRICE:
        raise RefusedRow(_("“%(value)s” is not a price.") % {"value": text(value)[:40]})
    if amount < 0:
        raise RefusedRow(_("The price is negative."))
    return round_money(amount)


def count(value: Any, field: str, most: int) -> int | None:
    if not text(value):
        return None
    try:
        number = Decimal(text(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number != number.to_integral_value() or not 0 <= number <= most:
        raise RefusedRow(
            _("“%(value)s” is not a whole number (%(field)s).") % {"value": text(value)[:40], "field": field}
        )
    return int(number)
