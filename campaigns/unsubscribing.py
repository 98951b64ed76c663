"""The way out that every message carries: one click, no log-in (RFC 8058)."""

import base64
import hmac
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from campaigns import engagement, suppression
from campaigns.errors import CampaignError
from campaigns.models import Delivery, DeliveryEvent


def token(delivery: int) -> str:
    """Says which delivery it came with, and that we said so. Keyed apart from SECRET_KEY: links live for years."""
    return signed(delivery.to_bytes(8, "big"), settings.UNSUBSCRIBE_KEY)


# Every message has several addresses with the same token, and the connections of a process take turns.
@lru_cache(maxsize=256)
def signed(number: bytes, key: str) -> str:
    return base64.urlsafe_b64encode(number + proof(number, key)).decode().rstrip("=")


def proof(number: bytes, key: str) -> bytes:
    return hmac.digest(key.encode(), b"unsubscribe " + number, "sha256")[:16]


def url(delivery: int) -> str:
    return f"{settings.SITE_URL}/u/{token(delivery)}/"


def delivery_of(token: str) -> Delivery:
    """The delivery that the token came with; CampaignError for a token that is not ours."""
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        data = b""
    number = data[:8]
    delivery = None
    if len(data) == 24 and hmac.compare_digest(data[8:], proof(number, settings.UNSUBSCRIBE_KEY)):
        related = Delivery.objects.select_related("run__mailing", "recipient")
        delivery = related.filter(pk=int.from_bytes(number, "big")).first()
    if delivery is None:
        raise CampaignError(_("This link is not complete. Please open it from the message again."))
    return delivery


def unsubscribe(*, token: str) -> Delivery:
    """No further message of this owner to this address, now and after any import. Safe to repeat."""
    delivery = delivery_of(token)
    # Mail programs and people repeat themselves; who came back meanwhile leaves anew.
    if delivery.unsubscribed_at is None or not is_unsubscribed(delivery):
        engagement.note(delivery=delivery, kind=DeliveryEvent.Kind.UNSUBSCRIBED)
    return delivery


def is_unsubscribed(delivery: Delivery) -> bool:
    """Whether this owner writes to the address no more, for whatever reason."""
    return suppression.is_suppressed(owner_id=delivery.run.mailing.owner_id, email=delivery.email)
