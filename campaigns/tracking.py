"""Opens and clicks: links that tell of themselves, made for nobody who has not agreed, and heard of nobody else.

Off unless the owner turns it on; and then only of recipients who have agreed to that in particular. Whoever takes that
back is heard no more, whatever links lie in their mailbox.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from campaigns import engagement, machines
from campaigns.models import Delivery, DeliveryEvent, Link, OwnerSettings

Kind = DeliveryEvent.Kind
# The picture has no number of its own.
PIXEL = 65_535
# A transparent GIF of one point.
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
# Who asks for the same thing over and over is noted once in a while, and at most so often.
AGAIN_AFTER = timedelta(seconds=10)
MOST_EVENTS = 200


class Wish(NamedTuple):
    """What an owner wants to know."""

    opens: bool = False
    clicks: bool = False


@dataclass(frozen=True)
class Caller:
    """Who asked for a link or picture; `looks_only`: for its headers, or ahead of time."""

    user_agent: str
    looks_only: bool = False


def wish_of(owner_id: int) -> Wish:
    found = OwnerSettings.objects.filter(owner=owner_id).values_list("notes_opens", "notes_clicks").first()
    return Wish(*found) if found else Wish()


def token(delivery: int, number: int) -> str:
    """Says which link of which delivery it is, and that we said so."""
    data = delivery.to_bytes(8, "big") + number.to_bytes(2, "big")
    return base64.urlsafe_b64encode(data + proof(data)).decode().rstrip("=")


def proof(data: bytes) -> bytes:
    return hmac.digest(settings.UNSUBSCRIBE_KEY.encode(), b"tracking " + data, "sha256")[:14]


def parts(token: str) -> tuple[int, int] | None:
    """The delivery and the link's number; None for a token that is not ours."""
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(data) != 24 or not hmac.compare_digest(data[10:], proof(data[:10])):
        return None
    return int.from_bytes(data[:8], "big"), int.from_bytes(data[8:10], "big")


def click_url(delivery: int, number: int) -> str:
    return f"{settings.SITE_URL}/t/c/{token(delivery, number)}/"


def pixel_url(delivery: int) -> str:
    return f"{settings.SITE_URL}/t/o/{token(delivery, PIXEL)}.gif"


def is_trackable(url: str) -> bool:
    """Whole addresses only: one with a merge field in it is another for each recipient."""
    return url.startswith(("http://", "https://")) and "{{" not in url


def is_own(url: str) -> bool:
    """Whether it leads to this site."""
    return urlsplit(url).netloc == urlsplit(settings.SITE_URL).netloc


def marked(url: str, *, mailing: int) -> str:
    """The address with the campaign's number, where it leads to this site: whoever reads the log sees no person."""
    if not is_trackable(url) or not is_own(url) or "utm_" in url:
        return url
    pieces = urlsplit(url)
    marks = [("utm_source", "newsletter"), ("utm_medium", "email"), ("utm_campaign", f"mailing-{mailing}")]
    query = urlencode([*parse_qsl(pieces.query, keep_blank_values=True), *marks])
    return urlunsplit(pieces._replace(query=query))


def link_of(token: str) -> tuple[Delivery, Link] | None:
    """The delivery and the link that the token stands for."""
    found = parts(token)
    delivery = delivery_of(found[0]) if found else None
    if found is None or delivery is None or delivery.content_id is None:
        return None
    link = Link.objects.filter(content=delivery.content_id, number=found[1]).first()
    return (delivery, link) if link else None


def opened_delivery(token: str) -> Delivery | None:
    found = parts(token)
    return delivery_of(found[0]) if found and found[1] == PIXEL else None


def delivery_of(pk: int) -> Delivery | None:
    if pk >= 2**63:
        return None
    return Delivery.objects.select_related("run__mailing", "recipient").filter(pk=pk).first()


def may_be_noted(delivery: Delivery, kind: str) -> bool:
    """Whether the recipient agrees and the owner asks, now."""
    if delivery.recipient is None or delivery.recipient.tracking_agreed_at is None:
        return False
    wish = wish_of(delivery.run.mailing.owner_id)
    return wish.opens if kind == Kind.OPENED else wish.clicks


def note_open(*, delivery: Delivery, caller: Caller) -> bool:
    """Whether a person's open was noted."""
    return may_be_noted(delivery, Kind.OPENED) and heard(delivery, Kind.OPENED, None, caller)


def note_click(*, delivery: Delivery, link: Link, caller: Caller) -> bool:
    """Whether a person's click was noted. Links that follow one another too fast take back what was counted."""
    if not may_be_noted(delivery, Kind.CLICKED) or not heard(delivery, Kind.CLICKED, link, caller):
        return False
    if events := machines.burst(delivery=delivery, at=timezone.now()):
        engagement.were_machines(delivery=delivery, events=events)
        return False
    return True


def heard(delivery: Delivery, kind: str, link: Link | None, caller: Caller) -> bool:
    """Write it down unless it was a moment ago; whether it was a person."""
    now = timezone.now()
    by_machine = machines.is_machine(
        delivery=delivery, user_agent=caller.user_agent, at=now, looks_only=caller.looks_only, kind=kind
    )
    same = delivery.events.filter(kind=kind, link=link, by_machine=by_machine, at__gte=now - AGAIN_AFTER)
    if not same.exists() and delivery.events.count() < MOST_EVENTS:
        details = caller.user_agent.replace("\0", "")
        engagement.note(delivery=delivery, kind=kind, at=now, link=link, by_machine=by_machine, details=details)
        if link and not by_machine:
            Link.objects.filter(pk=link.pk).update(clicks=F("clicks") + 1)
    return not by_machine
