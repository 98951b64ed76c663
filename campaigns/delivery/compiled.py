"""A run's message, compiled once into bytes with gaps, and filled for each recipient.

Both parts are quoted-printable; a soft line break stands on either side of a gap, so that whatever fills it keeps the
lines short, and nothing in it can end a line, a part or the message.
"""

import binascii
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate, parseaddr
from html import escape
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Site

from campaigns import addresses, markup, merge, unsubscribing
from campaigns.delivery import headers
from campaigns.delivery.envelopes import Envelope
from campaigns.models import Run
from company.models import Company


class Addressee(NamedTuple):
    """What of a delivery goes into the message."""

    delivery: int
    email: str
    full_name: str


class Texts(NamedTuple):
    """The message with its footer, merge fields not yet filled."""

    subject: str
    text: str
    html: str


class Gap(NamedTuple):
    """Where a merge field's value goes, and how it is written there."""

    field: str
    fallback: str
    encode: Callable[[str], bytes]


@dataclass(frozen=True)
class Compiled:
    """Filled by `envelope`, some ten thousand times a second."""

    run: int
    mailing: int
    sender: str
    static_headers: bytes
    subject: str
    subject_is_static: bool
    pieces: tuple[bytes | Gap, ...]

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2]

    def envelope(self, addressee: Addressee) -> Envelope:
        to = addresses.on_the_wire(addressee.email)
        values = {
            "full_name": headers.one_line(addressee.full_name),
            "email": headers.one_line(addressee.email),
            "unsubscribe_url": unsubscribing.url(addressee.delivery),
        }
        subject = self.subject if self.subject_is_static else headers.unstructured(merge.fill(self.subject, values))
        head = (
            f"To: {headers.address(addressee.full_name, headers.one_line(to))}\r\n"
            f"Subject: {subject}\r\n"
            f"Message-ID: {message_id(self.run, addressee.delivery, self.domain)}\r\n"
            f"Date: {formatdate(time.time())}\r\n"
            f"List-Unsubscribe: <{values['unsubscribe_url']}>\r\n"
        )
        body = [
            piece if isinstance(piece, bytes) else piece.encode(values[piece.field] or piece.fallback)
            for piece in self.pieces
        ]
        content = b"".join((head.encode(errors="replace"), self.static_headers, *body))
        return Envelope(addressee.delivery, self.sender, to, content)


def message_id(run: int, delivery: int, domain: str) -> str:
    """A function of the delivery: a second copy, should there ever be one, is recognised as such."""
    proof = hmac.digest(settings.UNSUBSCRIBE_KEY.encode(), b"message-id %d" % delivery, "sha256").hex()[:16]
    return f"<{run}.{delivery}.{proof}@{domain}>"


def compile_run(run: Run) -> Compiled:
    """From the frozen subject and body, and the sender as it is now."""
    owner = run.mailing.owner
    name, sender = parseaddr(sender_address())
    sender = addresses.on_the_wire(sender)
    texts = dressed(run.subject, run.body, language=owner.language)
    boundary = f"=_vitrina_{run.pk}"
    lines = [
        f"From: {headers.address(name, sender)}",
        f"Reply-To: {headers.address(owner.get_full_name(), addresses.on_the_wire(owner.email))}",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        f"List-ID: <{run.mailing_id}.mailings.{sender.rpartition('@')[2]}>",
        "Precedence: bulk",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    subject_is_static = all(isinstance(piece, str) for piece in merge.split(texts.subject))
    pieces = [
        *part(boundary, "plain", texts.text, encode_text),
        *part(boundary, "html", texts.html, encode_html),
        f"\r\n--{boundary}--\r\n".encode(),
    ]
    return Compiled(
        run=run.pk,
        mailing=run.mailing_id,
        sender=sender,
        static_headers=("\r\n".join(lines) + "\r\n").encode(),
        subject=headers.unstructured(texts.subject) if subject_is_static else texts.subject,
        subject_is_static=subject_is_static,
        pieces=joined(pieces),
    )


def sender_address() -> str:
    """The site's sender: what the company says, else the server's default."""
    site = Site.objects.filter(is_default_site=True).first()
    return (Company.for_site(site).sender if site else "") or settings.DEFAULT_FROM_EMAIL


def dressed(subject: str, body: str, *, language: str) -> Texts:
    """The owner's words in a mail's clothes, with a way out at the end unless the words have one."""
    context = {
        "subject": subject,
        "text": markup.to_text(body),
        "html": markup.to_html(body),
        "unsubscribe": "{{ unsubscribe_url }}" if "unsubscribe_url" not in body else "",
    }
    with translation.override(language):
        return Texts(
            subject=subject,
            text=render_to_string("campaigns/mail/message.txt", context),
            html=render_to_string("campaigns/mail/message.html", context),
        )


def preview(*, subject: str, body: str, full_name: str, email: str, language: str = "en") -> Texts:
    """What a recipient of that name would read."""
    values = {"full_name": headers.one_line(full_name), "email": email, "unsubscribe_url": settings.SITE_URL + "/u/…/"}
    texts = dressed(subject, body, language=language)
    return Texts(
        headers.one_line(merge.fill(texts.subject, values)),
        merge.fill(texts.text, values),
        merge.fill(texts.html, values, encode=escape),
    )


def part(boundary: str, subtype: str, text: str, encode: Callable[[str], bytes]) -> list[bytes | Gap]:
    """One MIME part, in pieces."""
    head = (
        f"\r\n--{boundary}\r\n"
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    pieces: list[bytes | Gap] = [head.encode()]
    for piece in merge.split(text):
        if isinstance(piece, str):
            pieces.append(quoted_printable(piece))
        else:
            pieces.append(Gap(*piece, encode))
    return pieces


def quoted_printable(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return binascii.b2a_qp(lines.encode(errors="replace"), istext=True).replace(b"\n", b"\r\n")


def encode_text(value: str) -> bytes:
    return b"=\r\n" + quoted_printable(value) + b"=\r\n"


def encode_html(value: str) -> bytes:
    return encode_text(escape(value))


def joined(pieces: list[bytes | Gap]) -> tuple[bytes | Gap, ...]:
    """The pieces with neighbouring bytes made one."""
    result: list[bytes | Gap] = []
    for piece in pieces:
        if isinstance(piece, bytes) and result and isinstance(result[-1], bytes):
            result[-1] += piece
        else:
            result.append(piece)
    return tuple(result)
