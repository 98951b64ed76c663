"""Reads single cells: what people, spreadsheets and other shops write into them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.html import format_html_join, strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

from company.money import round_money
from store.errors import StoreError
from store.imports.columns import Cells

LENGTHS = {
    "sku": 64,
    "name": 255,
    "name_ru": 255,
    "brand": 120,
    "option_en": 120,
    "option_ru": 120,
    "slug": 255,
    "tax_class": 32,
}
MAX_PRICE = Decimal(10) ** 10
MAX_NUMBER = Decimal(10) ** 10
MAX_DEPTH = 10
MAX_SOURCES = 30
# .../4984700_sb.jpg: the shop that made the file numbered its pictures by product.
NUMBER_IN_IMAGE = re.compile(r"/(\d+)(?:_[^/]*)?\.\w+$")
# What XML, PostgreSQL and people cannot use.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
YES = frozenset({"1", "yes", "y", "true", "on", "да", "истина"})
NO = frozenset({"0", "no", "n", "false", "off", "нет", "ложь"})
MARKUP = re.compile(r"\s*<(p|h3|ul|ol)\b", re.IGNORECASE)


class RefusedRow(StoreError):
    """The row is left out; the text says why."""


def block_key(value: str) -> str | None:
    """What is not of the editor's making is dropped."""
    return value if re.fullmatch(r"[a-z0-9]{1,12}", value) else None


class Whitelist(Whitelister):
    """What an editor can write by hand in a description, and nothing else."""

    element_rules = {
        **dict.fromkeys(("[document]", "b", "strong", "i", "em", "br"), allow_without_attributes),
        # The editor's own marks: without them a text that was written there would come back as another one.
        **dict.fromkeys(("p", "h3", "ol", "ul", "li"), attribute_rule({"data-block-key": block_key})),
        "a": attribute_rule({"href": check_url, "linktype": True, "id": True}),
    }


def text(value: Any) -> str:
    # A spreadsheet hands 4984700 over as 4984700.0.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else CONTROL.sub("", str(value)).strip()


def short(cells: Cells, field: str) -> str | None:
    value = " ".join(text(cells[field]).split())
    if len(value) > LENGTHS[field]:
        raise RefusedRow(_("%(field)s is longer than %(most)d characters.") % {"field": field, "most": LENGTHS[field]})
    return value or None


def slug(value: Any) -> str | None:
    written = text(value)
    if not written:
        return None
    if written != slugify(written, allow_unicode=True) or len(written) > LENGTHS["slug"]:
        raise RefusedRow(_("“%(value)s” cannot be part of an address.") % {"value": written[:40]})
    return written


def rich(value: Any) -> str | None:
    """Paragraphs of plain text; markup only as far as an editor could have written it."""
    written = text(value)
    if not written:
        return None
    if MARKUP.match(written):
        return Whitelist().clean(written)
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n|\r\n\s*\r\n", strip_tags(written))]
    return format_html_join("", "<p>{}</p>", ((part,) for part in paragraphs if part))


def category_path(value: Any) -> tuple[str, ...] | None:
    """`["Phones", "Cases"]` or `"Phones > Cases"`; a name with such a sign in it has a backslash before it."""
    parts = value if isinstance(value, list) else re.split(r"(?<!\\)>", text(value))
    path = tuple(name for part in parts if (name := " ".join(text(part).replace("\\>", ">").split())))
    if len(path) > MAX_DEPTH or any(len(name) > 120 for name in path):
        raise RefusedRow(_("The category path is too long."))
    return path or None


def path_written(names: Iterable[str]) -> str:
    return " > ".join(name.replace(">", "\\>") for name in names)


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


def flag(value: Any, field: str) -> bool | None:
    written = text(value).lower()
    if written and written not in YES | NO:
        raise RefusedRow(_("“%(value)s” is neither yes nor no (%(field)s).") % {"value": written[:40], "field": field})
    return written in YES if written else None


def day(value: Any) -> date | None:
    """2026-12-31, or what a spreadsheet makes of it."""
    if isinstance(value, datetime):
        return value.date()
    written = text(value)
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError as error:
        raise RefusedRow(_("“%(value)s” is not a date like 2026-12-31.") % {"value": written[:40]}) from error


def moment(value: Any) -> datetime | None:
    """2026-12-31, 2026-12-31 18:00 in the shop's zone, or with a zone of its own."""
    if isinstance(value, datetime):
        found = value
    elif not (written := text(value)):
        return None
    else:
        try:
            found = datetime.fromisoformat(written)
        except ValueError as error:
            sentence = _("“%(value)s” is not a time like 2026-12-31 18:00.")
            raise RefusedRow(sentence % {"value": written[:40]}) from error
    if not 1970 < found.year < 9000:
        raise RefusedRow(_("“%(value)s” is not a time like 2026-12-31 18:00.") % {"value": str(found)[:40]})
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def number(value: Any, field: str) -> Decimal | None:
    """2.5 or “2,5”, with four decimals at most."""
    written = text(value).replace(",", ".").replace(" ", "").replace("\u00a0", "")
    if not written:
        return None
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= MAX_NUMBER or found != round(found, 4):
        sentence = _("“%(value)s” is not a number with at most four decimals (%(field)s).")
        raise RefusedRow(sentence % {"value": text(value)[:40], "field": field})
    return found


def sources(value: Any) -> tuple[str, ...]:
    """Addresses or file names, one per line or separated by blanks, commas or bars."""
    parts = value if isinstance(value, list) else re.split(r"[\s|]+|,(?=\s|https?:)", text(value))
    found = tuple(dict.fromkeys(name for part in parts if (name := text(part).strip(","))))
    if len(found) > MAX_SOURCES or any(len(name) > 500 for name in found):
        raise RefusedRow(_("A product can have %(most)d pictures at most.") % {"most": MAX_SOURCES})
    return found
