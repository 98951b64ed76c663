"""Tables as people have them: read in any encoding with any delimiter, written so that no cell is a formula."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO

from django.utils.translation import gettext as _

from campaigns.errors import CampaignError

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 50
LONGEST_CELL = 128 * 1024
# A spreadsheet evaluates cells that begin so (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """A record of the table; `line` is where it begins in the file, counted from 1."""

    line: int
    cells: list[str]


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with or without its mark) or, failing that, Windows-1251."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            # Some programs put UTF-8's mark in front of whatever they write.
            return _decode_unmarked(data) if encoding == "utf-8" else data.decode(encoding, "replace")
    return _decode_unmarked(data)


def _decode_unmarked(data: bytes) -> str:
    sample = data[:4096]
    # Addresses are ASCII: in UTF-16 every other byte of theirs is zero.
    if sample.count(0) * 4 > len(sample):
        odd = sample[1::2].count(0) >= sample[0::2].count(0)
        return data.decode("utf-16-le" if odd else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def encoding_of(start: bytes, file: IO[bytes]) -> tuple[str, int]:
    """The encoding of a file that begins with `start`, and how many bytes its mark takes."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return (_unmarked(start[len(mark) :], file) if encoding == "utf-8" else encoding), len(mark)
    return _unmarked(start, file), 0


def _unmarked(start: bytes, file: IO[bytes]) -> str:
    sample = start[:4096]
    if sample.count(0) * 4 > len(sample):
        return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(1 << 20):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The delimiter that the first lines agree on most; a comma when there is none."""
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        return sum(count > 0 for count in counts), -len(set(counts))

    best = max(DELIMITERS, key=agreement, default=",")
    return best if any(best in line for line in lines) else ","


def read(text: str) -> Iterator[Row]:
    """The table's rows, blank ones left out.

    Raises CampaignError where the file can't be taken apart any further (a cell without an end, say).
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), skipinitialspace=True)
    line = 1
    while True:
        try:
            cells = next(reader)
            # The module's own limit belongs to the whole process, and others have raised it.
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise csv.Error("field larger than its limit")
        except StopIteration:
            return
        except csv.Error as error:
            raise CampaignError(
                _("Line %(line)s can't be read as a table row. Is a quotation mark left open?") % {"line": line}
            ) from error
        if any(cell.strip() for cell in cells):
            yield Row(line, cells)
        line = reader.line_num + 1


def neutral(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write(header: list[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The table as CSV (UTF-8 with the mark that spreadsheets look for), row by row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield b"\xef\xbb\xbf"
    for row in chain([header], rows):
        writer.writerow([neutral(cell) for cell in row])
        if buffer.tell() > 16_384:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
