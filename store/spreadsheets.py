"""Tables for a spreadsheet, of any length: CSV as it is written, XLSX through a file on disk."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from api.cells import harmless

BYTE_ORDER_MARK = "\ufeff"
LINES_AT_ONCE = 500
FORMATS = ("csv", "xlsx")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Table = Iterable[Sequence[Any]]


def written(cell: Any) -> str:
    """As CSV has it: times of the shop's zone in ISO form, decimals with a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(sep=" ", timespec="seconds")
    return str(harmless(cell))


class Echo:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Table) -> Iterator[str]:
    """CSV text in pieces of some hundred lines, with the mark by which Excel knows UTF-8."""
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK
    piece: list[str] = []
    for row in rows:
        piece.append(writer.writerow([written(cell) for cell in row]))
        if len(piece) >= LINES_AT_ONCE:
            yield "".join(piece)
            piece = []
    yield "".join(piece)


def xlsx_cell(cell: Any) -> Any:
    """Times without a zone and text without control characters: the format knows neither."""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).replace(tzinfo=None)
    if isinstance(cell, str):
        return harmless(ILLEGAL_CHARACTERS_RE.sub("", cell))
    return float(cell) if isinstance(cell, Decimal) else cell


def xlsx_file(rows: Table, title: str) -> IO[bytes]:
    """A workbook with one sheet, written row by row to a file that vanishes when it is closed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([xlsx_cell(cell) for cell in row])
    target = tempfile.TemporaryFile()  # noqa: SIM115  The response closes it.
    book.save(target)
    target.seek(0)
    return target


def download(rows: Table, *, name: str, kind: str) -> HttpResponseBase:
    """`rows`, their heading first, as the file `name`.csv or `name`.xlsx."""
    if kind == "xlsx":
        return FileResponse(xlsx_file(rows, name), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
