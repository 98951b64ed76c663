"""The MIME parts of a message, in pieces: bytes, and gaps where a recipient's values go."""

import binascii
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape, unescape

from django.utils.safestring import SafeString

from campaigns import merge
from campaigns.contents import ENDS, HREF, WRITTEN
from campaigns.delivery.gaps import Gap

END_OF_BODY = "</body>"


def text_part(boundary: str, text: str, links: Mapping[str, str]) -> list[bytes | Gap]:
    """`links` are gaps' names by the address that they stand in for."""
    pieces: list[str | Gap] = []
    for before, url in cut(text, WRITTEN, group=0):
        pieces += merged(before, encode_text)
        bare = url.rstrip(ENDS)
        if bare in links:
            pieces += [Gap(links[bare], bare, encode_text), url[len(bare) :]]
        else:
            pieces += merged(url, encode_text)
    return [head_of(boundary, "plain"), *encoded(pieces)]


def html_part(boundary: str, html: str, links: Mapping[str, str], *, has_pixel: bool) -> list[bytes | Gap]:
    pieces: list[str | Gap] = []
    end = html.rfind(END_OF_BODY) if END_OF_BODY in html else len(html)
    for before, written in cut(html[:end], HREF, group=1):
        pieces += merged(before, encode_html, unescape)
        url = unescape(written).strip()
        pieces += [Gap(links[url], url, encode_html)] if url in links else merged(written, encode_html, unescape)
    if has_pixel:
        pieces.append(Gap("pixel", "", encode_text))
    return [head_of(boundary, "html"), *encoded([*pieces, html[end:]])]


def cut(text: str, pattern: re.Pattern[str], *, group: int) -> Iterator[tuple[str, str]]:
    """The text in pairs: what stands before an address, and the address; the last pair has none."""
    end = 0
    for match in pattern.finditer(text):
        yield text[end : match.start(group)], match[group]
        end = match.end(group)
    yield text[end:], ""


def merged(text: str, encode: Callable[[str], bytes], decode: Callable[[str], str] = str) -> list[str | Gap]:
    """The text with gaps for its merge fields."""
    return [piece if isinstance(piece, str) else Gap(piece[0], decode(piece[1]), encode) for piece in merge.split(text)]


def head_of(boundary: str, subtype: str) -> bytes:
    return (
        f"\r\n--{boundary}\r\n"
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()


def encoded(pieces: Iterable[str | Gap]) -> Iterator[bytes | Gap]:
    """Neighbouring text is made one before it is encoded, so that its lines are counted in one go."""
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
        else:
            yield quoted_printable("".join(texts))
            yield piece
            texts.clear()
    yield quoted_printable("".join(texts))


def quoted_printable(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return binascii.b2a_qp(lines.encode(errors="replace"), istext=True).replace(b"\n", b"\r\n")


# A recipient's values stand in both parts, and their links more than once.
@lru_cache(maxsize=256)
def encode_text(value: str) -> bytes:
    return b"=\r\n" + quoted_printable(value) + b"=\r\n"


def encode_html(value: str) -> bytes:
    """Only what is marked as safe is markup: the fillers of `gaps.FIELDS` that make it."""
    return encode_text(value if isinstance(value, SafeString) else escape(value))


def joined(pieces: list[bytes | Gap]) -> tuple[bytes | Gap, ...]:
    """The pieces with neighbouring bytes made one."""
    result: list[bytes | Gap] = []
    for piece in pieces:
        if isinstance(piece, bytes) and result and isinstance(result[-1], bytes):
            result[-1] += piece
        else:
            result.append(piece)
    return tuple(result)
