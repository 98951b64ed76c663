"""Merge fields: `{{ full_name }}` or, with what to say when it is empty, `{{ full_name|reader }}`.

Nothing is evaluated: a field is a name out of a list, its value is never looked at for further fields. Besides FIELDS
an owner has fields of their own (`RecipientField`). In frozen contents all double braces are fields: others are broken
up by `defused` before.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from django.utils.safestring import SafeString

FIELDS = ("full_name", "email", "unsubscribe_url")
BRACES = re.compile(r"\{\{([^{}]*)\}\}")
PATTERN = re.compile(r"\{\{\s*(\w+)\s*(?:\|([^{}|]*))?\}\}")
# What stands in the braces of a field, spaces left out.
FIELD = re.compile(r"(\w+)(?:\|.*)?", re.DOTALL)

Piece = str | tuple[str, str]


def unknown_fields(text: str, fields: Collection[str] = FIELDS) -> list[str]:
    """What stands in double braces and is no merge field, in order."""
    names = (match[1].strip() for match in BRACES.finditer(text))
    return [name for name in names if not is_field(name, fields)]


def is_field(name: str, fields: Collection[str]) -> bool:
    match = FIELD.fullmatch("".join(name.split()))
    return match is not None and match[1] in fields


def used_fields(text: str) -> set[str]:
    """The names of all fields in the text."""
    return {match[1] for match in PATTERN.finditer(text)}


def defused(text: str, fields: Collection[str]) -> str:
    """The text without double braces that are no field: nothing later takes them for one."""
    return PATTERN.sub(lambda match: match[0] if match[1] in fields else match[0].replace("{{", "{ {"), text)


def split(text: str, fields: Collection[str] | None = None) -> list[Piece]:
    """The text in pieces: literal strings, and (name, fallback) pairs where a value goes. None: any name is a field."""
    pieces: list[Piece] = []
    end = 0
    for match in PATTERN.finditer(text):
        if fields is None or match[1] in fields:
            pieces += [text[end : match.start()], (match[1], (match[2] or "").strip())]
            end = match.end()
    return [piece for piece in [*pieces, text[end:]] if piece != ""]


def fill(
    text: str,
    values: Mapping[str, str],
    *,
    encode: Callable[[str], str] = str,
    decode: Callable[[str], str] = str,
) -> str:
    """The text with the values put in, each through `encode`; fallbacks, which are part of the text, through both."""
    return filled(split(text, values), values, encode=encode, decode=decode)


def filled(
    pieces: Iterable[Piece],
    values: Mapping[str, str],
    *,
    encode: Callable[[str], str] = str,
    decode: Callable[[str], str] = str,
) -> str:
    """`fill` for a text that was split before."""
    return "".join(
        piece if isinstance(piece, str) else encode(filling(values[piece[0]], decode(piece[1]))) for piece in pieces
    )


def filling(value: str, fallback: str) -> str:
    """Markup stays marked as such."""
    return value if isinstance(value, SafeString) else value.strip() or fallback
