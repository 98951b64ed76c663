"""A frozen message, compiled once into bytes with gaps, and filled for each recipient.

Both parts are quoted-printable; a soft line break stands on either side of a gap, so that whatever fills it keeps the
lines short, and nothing in it can end a line, a part or the message. What may fill a gap: `campaigns.delivery.gaps`.
"""

import hmac
import time
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache

from django.conf import settings
from django.utils import translation

from campaigns import addresses, merge
from campaigns.delivery import headers
from campaigns.delivery.envelopes import Envelope
from campaigns.delivery.gaps import Addressee, Filler, Gap, filler_of, made
from campaigns.delivery.parts import html_part, joined, text_part
from campaigns.models import Content
from campaigns.senders import sender_of

# Every message carries it in its headers.
ALWAYS = "unsubscribe_url"


@dataclass(frozen=True)
class Compiled:
    """Filled by `envelope`, some ten thousand times a second."""

    run: int
    mailing: int
    sender: str
    static_headers: bytes
    # Encoded already, unless it has gaps.
    subject: str | tuple[merge.Piece, ...]
    pieces: tuple[bytes | Gap, ...]
    fillers: tuple[tuple[str, Filler], ...]
    language: str

    @property
    def domain(self) -> str:
        return self.sender.rpartition("@")[2]

    def envelope(self, addressee: Addressee) -> Envelope:
        to = addresses.on_the_wire(addressee.email)
        values = self.values(addressee)
        subject = self.subject
        if not isinstance(subject, str):
            subject = headers.unstructured(merge.filled(subject, values))
        head = (
            f"To: {headers.address(addressee.full_name, headers.one_line(to))}\r\n"
            f"Subject: {subject}\r\n"
            f"Message-ID: {message_id(self.run, addressee.delivery, self.domain)}\r\n"
            f"Date: {date_of(int(time.time()))}\r\n"
            f"List-Unsubscribe: <{values[ALWAYS]}>\r\n"
        )
        body = [
            piece if isinstance(piece, bytes) else piece.encode(values[piece.field] or piece.fallback)
            for piece in self.pieces
        ]
        content = b"".join((head.encode(errors="replace"), self.static_headers, *body))
        return Envelope(addressee.delivery, self.sender, to, content)

    def values(self, addressee: Addressee) -> dict[str, str]:
        if not addressee.attributes:
            return {name: fill(addressee) for name, fill in self.fillers}
        # Dates, and yes and no, are written in the owner's language.
        with translation.override(self.language):
            return {name: fill(addressee) for name, fill in self.fillers}


date_of = lru_cache(maxsize=8)(formatdate)


def message_id(run: int, delivery: int, domain: str) -> str:
    """A function of the delivery: a second copy, should there ever be one, is recognised as such."""
    proof = hmac.digest(settings.UNSUBSCRIBE_KEY.encode(), b"message-id %d" % delivery, "sha256").hex()[:16]
    return f"<{run}.{delivery}.{proof}@{domain}>"


def compile_content(content: Content) -> Compiled:
    """From the frozen words, and the sender as it is now."""
    mailing = content.run.mailing
    owner = mailing.owner
    who = sender_of(mailing)
    sender = addresses.on_the_wire(who.from_email)
    boundary = f"=_vitrina_{content.run_id}_{content.pk}"
    lines = [
        f"From: {headers.address(who.from_name, sender)}",
        f"Reply-To: {headers.address(owner.get_full_name(), addresses.on_the_wire(who.reply_to))}",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        f"List-ID: <{mailing.pk}.mailings.{sender.rpartition('@')[2]}>",
        "Precedence: bulk",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    tracked = tracking_fillers(content)
    pixel = made("pixel", content)
    links = {link.url: f"link:{link.number}" for link in content.links.all() if f"link:{link.number}" in tracked}
    pieces = [
        *text_part(boundary, content.text, links),
        *html_part(boundary, content.html, links, has_pixel=pixel is not None),
        f"\r\n--{boundary}--\r\n".encode(),
    ]
    fields = merge.used_fields(content.subject + content.text + content.html) | {ALWAYS}
    fillers = {field: filler_of(field) for field in fields} | tracked | ({"pixel": pixel} if pixel else {})
    subject = tuple(merge.split(content.subject)) if merge.used_fields(content.subject) else None
    return Compiled(
        run=content.run_id,
        mailing=mailing.pk,
        sender=sender,
        static_headers=("\r\n".join(lines) + "\r\n").encode(),
        subject=subject or headers.unstructured(content.subject),
        pieces=joined(pieces),
        fillers=tuple(fillers.items()),
        language=owner.language,
    )


def tracking_fillers(content: Content) -> dict[str, Filler]:
    """By the gap's name, of those links that somebody wants to fill."""
    numbers = content.links.values_list("number", flat=True)
    found = ((f"link:{number}", made("link", content, number)) for number in numbers)
    return {name: filler for name, filler in found if filler}
