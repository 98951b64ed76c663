"""Finds out how a text file was written."""

import codecs
import re
from typing import IO

BLOCK = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_encoding(stream: IO[bytes]) -> str:
    """UTF-8, UTF-16 with its mark or without, else the Windows code page of Cyrillic or Western Europe."""
    start = stream.read(BLOCK)
    stream.seek(0)
    for mark, name in MARKS:
        # Some programs put UTF-8's mark in front of whatever they write.
        if start.startswith(mark) and (mark != codecs.BOM_UTF8 or is_utf8(stream)):
            return name
    if (wide := unmarked_utf16(start[:4096])) is not None:
        return wide
    if is_utf8(stream):
        return "utf-8-sig"
    # Cyrillic words are runs of high bytes; in Western ones an accented letter stands alone.
    high = len(re.findall(rb"[\x80-\xff]", start))
    in_runs = sum(map(len, re.findall(rb"[\x80-\xff]{3,}", start)))
    return "cp1251" if in_runs * 2 > high else "cp1252"


def unmarked_utf16(start: bytes) -> str | None:
    """Commas, digits and line ends have a zero byte for a neighbour, always on the same side."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 5 < len(start) // 2 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def is_utf8(stream: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        stream.seek(0)
    return True
