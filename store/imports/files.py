"""Reads product files: CSV, XLSX, JSON, and each of them gzipped."""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from store.errors import StoreError

MAX_BYTES = 512 * 1024 * 1024
DELIMITERS = ",;\t|"


class UnreadableFile(StoreError):
    """The file as a whole cannot be read."""

    code = "unreadable_file"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the file has it; `number` is the line a person would look at (in JSON, the n-th object)."""

    number: int
    values: dict[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of the file, its columns' names in lower case with underscores. Raises UnreadableFile."""
    try:
        content = read_bytes(path)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or _("it is damaged")
        raise UnreadableFile(
            _("%(file)s cannot be read: %(reason)s") % {"file": path.name, "reason": reason}
        ) from error
    kind = Path(path.name.removesuffix(".gz")).suffix.lower()
    readers = {".csv": csv_rows, ".tsv": csv_rows, ".txt": csv_rows, ".json": json_rows, ".xlsx": xlsx_rows}
    if kind not in readers:
        raise UnreadableFile(_("%(file)s is neither CSV, XLSX nor JSON.") % {"file": path.name})
    try:
        yield from readers[kind](content)
    except (ValueError, BadZipFile, KeyError, csv.Error) as error:
        raise UnreadableFile(_("%(file)s is damaged: %(reason)s") % {"file": path.name, "reason": error}) from error


def read_bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        packed = path.suffix.lower() == ".gz"
        content = (gzip.GzipFile(fileobj=stream) if packed else stream).read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("%(file)s is larger than %(most)d MB.") % {"file": path.name, "most": MAX_BYTES >> 20})
    return content


def json_rows(content: bytes) -> Iterator[Row]:
    """A list of objects, or an object with one list in it (`{"products": […]}`)."""
    data = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), None)
    if not isinstance(data, list):
        raise ValueError(_("there is no list of products in it"))
    for number, item in enumerate(data, 1):
        yield Row(number, with_plain_names(item.items()) if isinstance(item, dict) else {})


def csv_rows(content: bytes) -> Iterator[Row]:
    text = decode(content)
    delimiter = find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(reader, [])
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(reader.line_num, with_plain_names(zip(header, cells, strict=False)))


def xlsx_rows(content: bytes) -> Iterator[Row]:
    """The first sheet, read as a stream."""
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        rows = workbook.worksheets[0].iter_rows(values_only=True)
        header = [str(cell or "") for cell in next(rows, ())]
        for number, cells in enumerate(rows, 2):
            if any(cell not in (None, "") for cell in cells):
                yield Row(number, with_plain_names(zip(header, cells, strict=False)))
    finally:
        workbook.close()


def with_plain_names(pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    return {re.sub(r"[\s_-]+", "_", str(name).strip().lower()): value for name, value in pairs}


def decode(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or the Windows code page of Cyrillic or Western Europe."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Cyrillic words are runs of high bytes; in Western ones an accented letter stands alone.
        high = len(re.findall(rb"[\x80-\xff]", content))
        in_runs = sum(map(len, re.findall(rb"[\x80-\xff]{3,}", content)))
        return content.decode("cp1251" if in_runs * 2 > high else "cp1252", errors="replace")


def find_delimiter(text: str) -> str:
    """The one that splits the header into most columns, quoted parts left out."""
    header = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return max(DELIMITERS, key=header.count)
