"""Writes tables as CSV, XLSX or JSON, row by row, in constant memory."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, Any

from openpyxl import Workbook

from api.cells import harmless
from store.imports.values import CONTROL

# Excel's own limit; a longer cell would be cut without a word.
MAX_CELL = 32_767
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
Rows = Iterable[Sequence[Any]]


def write(*, format: str, columns: Sequence[str], rows: Rows, target: IO[bytes]) -> None:
    """`format` is one of CONTENT_TYPES."""
    {"csv": write_csv, "xlsx": write_xlsx, "json": write_json}[format](columns, rows, target)


def write_csv(columns: Sequence[str], rows: Rows, target: IO[bytes]) -> None:
    """In UTF-8 with its mark, or Excel would read the bytes as the Windows code page."""
    text = TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([harmless(plain(value)) for value in row] for row in rows)
    text.flush()
    text.detach()


def write_xlsx(columns: Sequence[str], rows: Rows, target: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.freeze_panes = "B2"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([spreadsheet(value) for value in row])
    book.save(target)


def write_json(columns: Sequence[str], rows: Rows, target: IO[bytes]) -> None:
    """A list of objects, each on a line of its own."""
    target.write(b"[")
    for number, row in enumerate(rows):
        item = dict(zip(columns, map(plain, row), strict=True))
        target.write((b",\n" if number else b"\n") + json.dumps(item, ensure_ascii=False, default=str).encode())
    target.write(b"\n]\n")


def spreadsheet(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, str):
        value = harmless(CONTROL.sub("", value))
        return None if len(value) > MAX_CELL else value
    return value


def plain(value: Any) -> Any:
    """Yes and no as words, so that every program reads them back alike."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, int | str | Decimal) or value is None else str(value)


def counted(rows: Iterable[Any], beat: Any, every: int = 500) -> Iterator[Any]:
    """The rows, with a call of `beat(count)` now and then."""
    for count, row in enumerate(rows, 1):
        yield row
        if not count % every:
            beat(count)
