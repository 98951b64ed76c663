"""Header values that stay headers, whatever people call themselves (RFC 5322, RFC 2047)."""

import base64
import re
import textwrap

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*\Z")
# 75 characters a word, less `=?utf-8?b??=`, in base64's groups of four.
WORD_BYTES = 45
FOLD = "\r\n "


def one_line(text: str) -> str:
    """The text without line breaks and other control characters: nobody begins a header of their own."""
    if text.isprintable() and "  " not in text:
        # Nearly all of them, and nearly for nothing.
        return text.strip()
    return " ".join(CONTROLS.sub(" ", text).split())


def unstructured(text: str) -> str:
    """A subject or the like, encoded and folded."""
    text = one_line(text)
    if text.isascii() and "=?" not in text:
        return fold(text)
    return FOLD.join(encoded_words(text))


def address(name: str, email: str) -> str:
    """`name <email>` as To, From or Reply-To carry it; `email` is safe already."""
    name = one_line(name)
    if not name:
        return email
    if not name.isascii() or "=?" in name:
        phrase = FOLD.join(encoded_words(name))
    elif ATOMS.match(name):
        phrase = fold(name)
    else:
        phrase = fold('"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"')
    return f"{phrase}{FOLD if len(phrase) > 40 else ' '}<{email}>"


def fold(text: str) -> str:
    if len(text) <= 66:
        return text
    return FOLD.join(textwrap.wrap(text, 66, break_on_hyphens=False, break_long_words=False))


def encoded_words(text: str) -> list[str]:
    """RFC 2047 words, none of which cuts a character in two."""
    words, start = [], 0
    data = text.encode(errors="replace")
    while start < len(data):
        end = min(start + WORD_BYTES, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        words.append(f"=?utf-8?b?{base64.b64encode(data[start:end]).decode()}?=")
        start = end
    return words
