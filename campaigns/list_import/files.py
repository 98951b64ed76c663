"""Tables in files: CSV in any encoding with any delimiter, or XLSX, whatever the name says."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from api.cells import as_written
from campaigns.errors import CampaignError
from store.imports.encodings import find_encoding

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 1_000_000
MAX_COLUMNS = 300
LONGEST_CELL = 128 * 1024
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 50
# The delimiter and the encoding are found in the beginning.
SAMPLE = 1 << 16
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A small workbook may unpack to a huge one.
MAX_UNPACKED = 1 << 30


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the table; `line` is where it begins in the file, counted from 1."""

    line: int
    cells: list[str]
    # Where its address stands for the first time, once that is known.
    first: int | None = None


def read(file: IO[bytes]) -> Iterator[Row]:
    """The rows that are not blank. Raises CampaignError for what is no table."""
    file.seek(0)
    start = file.read(SAMPLE)
    file.seek(0)
    if start.startswith(OLE):
        raise CampaignError(_("This is an old Excel file (.xls). Save it as .xlsx or CSV, please."))
    rows = workbook_rows(file) if start.startswith(ZIP) else text_rows(file, start)
    for count, row in enumerate(rows, 1):
        if count > MAX_ROWS:
            raise CampaignError(_("The file has more than a million rows. Please divide it."))
        yield row


def text_rows(file: IO[bytes], start: bytes) -> Iterator[Row]:
    encoding = find_encoding(file)
    is_mismarked = start.startswith(codecs.BOM_UTF8) and encoding != "utf-8-sig"
    skipped = len(codecs.BOM_UTF8) if is_mismarked else 0
    file.seek(skipped)
    # `detach` at the end: the wrapper must not close a file that isn't its own.
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        delimiter = delimiter_of(start[skipped:].decode(encoding, "replace"))
        reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True)
        yield from csv_rows(reader)
    finally:
        text.detach()


def delimiter_of(text: str) -> str:
    """The delimiter that the first lines agree on most; a comma when there is none."""
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        return sum(count > 0 for count in counts), -len(set(counts))

    best = max(DELIMITERS, key=agreement, default=",")
    return best if any(best in line for line in lines) else ","


def csv_rows(reader: Any) -> Iterator[Row]:
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise unreadable(line) from error
        if any(map(str.strip, cells)):
            if max(map(len, cells)) > LONGEST_CELL:
                raise unreadable(line)
            # One more than there may be, so that it can be said.
            yield Row(line, unguarded(cells[: MAX_COLUMNS + 1]))
        line = reader.line_num + 1


def unguarded(cells: list[str]) -> list[str]:
    """Without the apostrophes that an export puts in front of what a spreadsheet would calculate."""
    return [as_written(cell) if cell[:1] == "'" else cell for cell in cells]


def unreadable(line: int) -> CampaignError:
    sentence = _("Line %(line)s can't be read as a table row. Is a quotation mark left open?")
    return CampaignError(sentence % {"line": line})


def workbook_rows(file: IO[bytes]) -> Iterator[Row]:
    """The first sheet that is shown."""
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise CampaignError(_("The workbook is too large once it is unpacked. Save it as CSV, please."))
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), 1):
            cells = unguarded([written(value) for value in values])
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Row(number, cells)
        book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, ParseError, StopIteration, OSError, EOFError) as error:
        raise CampaignError(_("This workbook can't be read; it may be damaged or protected.")) from error


def written(value: Any) -> str:
    """A cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[: LONGEST_CELL + 1]
