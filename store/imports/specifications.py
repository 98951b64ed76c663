"""The data sheet of a product as one cell, and back: a line per property, “Name: value”."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from store.imports.values import RefusedRow, text
from store.models import ProductSpecification

MAX_LINES = 200
Pair = tuple[str, str]
Texts = tuple[str, str, str, str]


def parse(value: Any) -> tuple[Pair, ...] | None:
    """A dict, or lines “Name: value” (a bar between them will do); None when the cell is empty."""
    if isinstance(value, Mapping):
        pairs = [(text(name), text(what)) for name, what in value.items()]
    else:
        written = text(value)
        parts = written.split(" | ")
        is_barred = "\n" not in written and all(":" in part for part in parts)
        lines = parts if is_barred else written.splitlines()
        pairs = [split(line) for line in lines if line.strip()]
    if len(pairs) > MAX_LINES or any(len(name) > 120 or len(what) > 255 for name, what in pairs):
        raise RefusedRow(_("The specifications are too long."))
    return tuple(pairs) or None


def split(line: str) -> Pair:
    # A colon within a name is written “\:”.
    name, found, value = line.replace("\\:", "\0").partition(":")
    if not found or (value.strip() and not name.strip()):
        raise RefusedRow(_("“%(line)s” is not written like “Name: value”.") % {"line": line.strip()[:40]})
    return name.replace("\0", ":").strip(), value.replace("\0", ":").strip()


def written(pairs: Iterable[Pair]) -> str:
    return "\n".join(f"{one_line(name).replace(':', chr(92) + ':')}: {one_line(value)}" for name, value in pairs)


def one_line(value: str) -> str:
    return " ".join((value or "").split())


def wanted(
    rows: Sequence[ProductSpecification], english: Sequence[Pair] | None, russian: Sequence[Pair] | None
) -> list[Texts] | None:
    """The new data sheet as (name, value) in English and Russian; None when nothing changes.

    A language that the file does not mention keeps its texts beside the same position.
    """
    if english is None and russian is None:
        return None
    before = [texts(row) for row in rows]
    length = max(len(part) for part in (english or (), russian or ()))
    if english is None or russian is None:
        # Positions can only be matched where the sheet keeps its length, else the other language starts anew.
        kept = before if len(before) == length else [("", "", "", "")] * length
        first = list(english) if english is not None else [row[:2] for row in kept]
        second = list(russian) if russian is not None else [row[2:] for row in kept]
    else:
        first, second = padded(english, length), padded(russian, length)
    after = [(*a, *b) for a, b in zip(first, second, strict=True)]
    return None if after == before else after


def padded(pairs: Sequence[Pair], length: int) -> list[Pair]:
    return [*pairs, *[("", "")] * (length - len(pairs))]


def texts(row: ProductSpecification) -> Texts:
    """As a file can write them: on one line each."""
    values = (row.name_en, row.value_en, row.name_ru, row.value_ru)  # type: ignore[attr-defined]
    name_en, value_en, name_ru, value_ru = (one_line(value or "") for value in values)
    return name_en, value_en, name_ru, value_ru


def rows_of(product_id: int, sheet: Sequence[Texts]) -> list[ProductSpecification]:
    return [
        ProductSpecification(
            product_id=product_id,
            name_en=name_en,
            value_en=value_en,
            name_ru=name_ru or None,
            value_ru=value_ru or None,
            sort_order=position,
        )
        for position, (name_en, value_en, name_ru, value_ru) in enumerate(sheet)
    ]
