"""Merge fields: `{{ full_name }}` or, with what to say when it is empty, `{{ full_name|reader }}`.

Nothing is evaluated: a field is a name out of a short list, its value is never looked at for further fields.
"""

import re
from collections.abc import Callable, Mapping

FIELDS = ("full_name", "email", "unsubscribe_url")
BRACES = re.compile(r"\{\{([^{}]*)\}\}")
PATTERN = re.compile(r"\{\{\s*(\w+)\s*(?:\|([^{}|]*))?\}\}")


def unknown_fields(text: str) -> list[str]:
    """What stands in double braces and is no merge field, in order."""
    known = re.compile(rf"(?:{'|'.join(FIELDS)})(?:\|.*)?")
    names = (match[1].strip() for match in BRACES.finditer(text))
    return [name for name in names if not known.fullmatch(name.replace(" ", ""))]


def split(text: str) -> list[str | tuple[str, str]]:
    """The text in pieces: literal strings, and (name, fallback) pairs where a value goes."""
    pieces: list[str | tuple[str, str]] = []
    end = 0
    for match in PATTERN.finditer(text):
        if match[1] in FIELDS:
            pieces += [text[end : match.start()], (match[1], (match[2] or "").strip())]
            end = match.end()
    return [piece for piece in [*pieces, text[end:]] if piece != ""]


def fill(text: str, values: Mapping[str, str], *, encode: Callable[[str], str] = str) -> str:
    """The text with the values put in, each through `encode`."""
    return "".join(
        piece if isinstance(piece, str) else encode(values.get(piece[0], "").strip() or piece[1])
        for piece in split(text)
    )
