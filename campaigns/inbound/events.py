"""What a provider tells of one message by webhook, in its own words."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from anymail.signals import AnymailTrackingEvent

from campaigns import engagement, return_path
from campaigns.models import Delivery, DeliveryEvent

Kind = DeliveryEvent.Kind
# Of django-anymail's names. Opens and clicks we note ourselves, of those who agreed.
ANYMAIL = {
    "bounced": Kind.BOUNCED,
    "deferred": Kind.DEFERRED,
    "complained": Kind.COMPLAINED,
    "unsubscribed": Kind.UNSUBSCRIBED,
}
ELASTIC = {"error": Kind.BOUNCED, "abusereport": Kind.COMPLAINED, "unsubscribed": Kind.UNSUBSCRIBED}
# Of Elastic Email's categories of errors, those in which the address itself is wrong.
WRONG_ADDRESS = {"nomailbox"}


def take_anymail(event: AnymailTrackingEvent, *, provider: str) -> bool:
    """Whether it was about a delivery of ours and something new."""
    kind = ANYMAIL.get(str(event.event_type))
    token = str((event.metadata or {}).get("delivery", ""))
    if kind is None:
        return False
    details = event.mta_response or event.description or event.reject_reason or ""
    # The provider suppressed it by itself (`blocked`, `timed_out`, `spam`): no word of the address's own server.
    is_wrong = event.reject_reason in (None, "bounced", "invalid")
    name = event.event_id or f"{token}:{event.event_type}:{event.timestamp}"
    return note(token, kind, str(details), source=f"{provider}:{name}", suppresses=is_wrong, at=event.timestamp)


def take_elastic(fields: dict[str, Any]) -> bool:
    """Elastic Email's notification: flat fields, the token in `postback`."""
    values = {str(name).lower(): str(value) for name, value in fields.items()}
    kind = ELASTIC.get(values.get("status", "").lower())
    category, message = values.get("category", ""), values.get("messageid") or values.get("transaction", "")
    if kind is None:
        return False
    token = values.get("postback", "")
    source = f"elastic:{message}:{token}:{kind}"
    return note(token, kind, category, source=source, suppresses=category.lower() in WRONG_ADDRESS)


def note(token: str, kind: Kind, details: str, *, source: str, suppresses: bool, at: datetime | None = None) -> bool:
    delivery: Delivery | None = return_path.delivery_of_token(token)
    if delivery is None:
        return False
    return bool(
        engagement.note(
            delivery=delivery,
            kind=kind,
            at=at,
            details=details.replace("\0", ""),
            # Hashed: a provider's ids may be longer than the column.
            source=f"hook:{sha256(source.encode()).hexdigest()}",
            suppresses=suppresses or kind != Kind.BOUNCED,
        )
    )
