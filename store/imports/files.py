"""Reads tables of all sorts: CSV, XLSX, JSON, each of them gzipped or not, whatever their name says."""

import csv
import gzip
import json
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from store.errors import StoreError
from store.imports.columns import plain_name
from store.imports.encodings import find_encoding

MAX_BYTES = 512 * 1024 * 1024
# A JSON file is held in memory as a whole.
MAX_JSON_BYTES = 128 * 1024 * 1024
# As many as a person would ever put on one shelf; beyond it a small file may unpack to years of work.
MAX_ROWS = 1_000_000
MAX_COLUMNS = 300
DELIMITERS = ",;\t|"
ZIP, GZIP, OLE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
NAMED = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json", ".xlsx": "xlsx"}

# Descriptions are longer than the 128 kB that the module allows by itself.
csv.field_size_limit(4 * 1024 * 1024)


class UnreadableFile(StoreError):
    """The file as a whole cannot be read."""

    code = "unreadable_file"


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the file has it; `number` is the line a person would look at (in JSON, the n-th object)."""

    number: int
    values: dict[str, Any]


def read_rows(path: Path, name: str = "") -> Iterator[Row]:
    """The rows of the file, its columns' names in lower case with underscores. Raises UnreadableFile.

    `name` is what the person calls the file, where it is kept under another one.
    """
    name = name or path.name
    try:
        with unpacked(path, name) as stream:
            reader = {"csv": csv_rows, "json": json_rows, "xlsx": xlsx_rows}[find_kind(stream, name)]
            for count, row in enumerate(reader(stream)):
                if count >= MAX_ROWS:
                    raise ValueError(_("it has more than %(most)d rows") % {"most": MAX_ROWS})
                yield row
    except (
        EOFError,
        zlib.error,
        gzip.BadGzipFile,
        BadZipFile,
        ValueError,
        LookupError,
        ParseError,
        csv.Error,
        RecursionError,
    ) as error:
        raise UnreadableFile(_("%(file)s is damaged: %(reason)s") % {"file": name, "reason": error}) from error
    except OSError as error:
        reason = error.strerror or _("it is damaged")
        raise UnreadableFile(_("%(file)s cannot be read: %(reason)s") % {"file": name, "reason": reason}) from error


@contextmanager
def unpacked(path: Path, name: str) -> Iterator[IO[bytes]]:
    """The file's content, unpacked where it is gzipped, within MAX_BYTES."""
    with path.open("rb") as stream:
        is_packed = stream.read(2) == GZIP or name.lower().endswith(".gz")
        stream.seek(0)
        if not is_packed:
            yield stream
            return
        with tempfile.TemporaryFile() as target:
            copied = 0
            with gzip.GzipFile(fileobj=stream) as source:
                while block := source.read(1 << 20):
                    copied += len(block)
                    if copied > MAX_BYTES:
                        sentence = _("%(file)s is larger than %(most)d MB.")
                        raise UnreadableFile(sentence % {"file": name, "most": MAX_BYTES >> 20})
                    target.write(block)
            target.seek(0)
            yield target


def find_kind(stream: IO[bytes], name: str) -> str:
    """What the file is by its first bytes, else by its name; a workbook may well be called .csv."""
    start = stream.read(512)
    stream.seek(0)
    if start.startswith(ZIP):
        return "xlsx"
    if start.startswith(OLE):
        raise UnreadableFile(_("%(file)s is an old Excel file: save it as .xlsx or .csv first.") % {"file": name})
    named = NAMED.get(Path(re.sub(r"\.gz\Z", "", name, flags=re.IGNORECASE)).suffix.lower(), "")
    if named == "csv" and re.match(rb"\s*(\[\s*[{\]]|\{\s*\")", start.removeprefix(b"\xef\xbb\xbf")):
        return "json"
    if not named:
        raise UnreadableFile(_("%(file)s is neither CSV, XLSX nor JSON.") % {"file": name})
    return named


def json_rows(stream: IO[bytes]) -> Iterator[Row]:
    """A list of objects, or an object with one list in it (`{"products": […]}`)."""
    content = stream.read(MAX_JSON_BYTES + 1)
    if len(content) > MAX_JSON_BYTES:
        raise ValueError(_("JSON may have %(most)d MB at most; send a CSV file") % {"most": MAX_JSON_BYTES >> 20})
    data = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    del content
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), None)
    if not isinstance(data, list):
        raise ValueError(_("there is no list of products in it"))
    for number, item in enumerate(data, 1):
        yield Row(number, with_plain_names(item.items()) if isinstance(item, dict) else {})


def csv_rows(stream: IO[bytes]) -> Iterator[Row]:
    encoding = find_encoding(stream)
    text = TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        delimiter = find_delimiter(text.read(64 * 1024))
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter)
        header = next(reader, [])[:MAX_COLUMNS]
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(reader.line_num, with_plain_names(zip(header, cells, strict=False)))
    finally:
        text.detach()


def xlsx_rows(stream: IO[bytes]) -> Iterator[Row]:
    """The first sheet, read as a stream. A workbook is a ZIP file: what it says it unpacks to is checked first."""
    with ZipFile(stream) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise ValueError(_("it is a ZIP file, not a workbook"))
        if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
            raise ValueError(_("it unpacks to more than %(most)d MB") % {"most": MAX_BYTES >> 20})
    stream.seek(0)
    workbook = load_workbook(stream, read_only=True, data_only=True)
    try:
        sheet = workbook.worksheets[0]
        # What a sheet says of its size may be a million empty rows.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
        header = [str("" if cell is None else cell) for cell in next(rows, ())]
        while header and not header[-1]:
            header.pop()
        for number, cells in enumerate(rows, 2):
            if number > MAX_ROWS:
                raise ValueError(_("it has more than %(most)d rows") % {"most": MAX_ROWS})
            if any(cell not in (None, "") for cell in cells):
                yield Row(number, with_plain_names(zip(header, cells, strict=False)))
    finally:
        workbook.close()


def with_plain_names(pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    return {plain_name(name): value for name, value in pairs}


def find_delimiter(text: str) -> str:
    """The one that splits the header into most columns, quoted parts left out."""
    header = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    return max(DELIMITERS, key=header.count)


def copy_to_temporary(source: IO[bytes], suffix: str = "") -> Path:
    """A stored file as a path on this machine; the caller deletes it."""
    with tempfile.NamedTemporaryFile(suffix=suffix, delete=False) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    return Path(target.name)
