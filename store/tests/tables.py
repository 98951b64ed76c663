"""Files of products, for tests."""

import csv
import io
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from PIL import Image as Pillow


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_csv(*rows: list[Any], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def as_xlsx(*rows: list[Any]) -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def changed(archive: bytes, name: str, content: bytes) -> bytes:
    """The ZIP file with another content under that name."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return stream.getvalue()


def as_zip(**files: bytes) -> bytes:
    """`a__png=…` becomes a.png."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "red", **options: Any) -> bytes:
    stream = io.BytesIO()
    Pillow.new("RGB", size, colour).save(stream, kind, **options)
    return stream.getvalue()
