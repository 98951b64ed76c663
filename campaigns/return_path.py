"""Where bounces come back to: an address of its own for each delivery, which nobody else can make (VERP)."""

import base64
import hmac

from django.conf import settings

from campaigns.models import Delivery

NUMBER_BYTES, PROOF_BYTES = 6, 10


def address(*, delivery: int, sender: str) -> str:
    """The envelope's sender: `bounce+<token>@domain`; the sender itself where no mailbox for bounces is set."""
    local, at, domain = settings.MAILINGS_BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{token(delivery)}@{domain}" if at else sender


def token(delivery: int) -> str:
    """In lower-case base32: servers on the way back may change the case of a local part."""
    number = delivery.to_bytes(NUMBER_BYTES, "big")
    return base64.b32encode(number + proof(number)).decode().rstrip("=").lower()


def proof(number: bytes) -> bytes:
    """Keyed apart from SECRET_KEY, and from other uses of the same key: bounces come days later."""
    return hmac.digest(settings.UNSUBSCRIBE_KEY.encode(), b"bounce " + number, "sha256")[:PROOF_BYTES]


def delivery_of_token(token: str) -> Delivery | None:
    """The delivery that the token stands for; None when it is not ours."""
    try:
        data = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return None
    number = data[:NUMBER_BYTES]
    if len(data) != NUMBER_BYTES + PROOF_BYTES or not hmac.compare_digest(data[NUMBER_BYTES:], proof(number)):
        return None
    return Delivery.objects.select_related("run__mailing").filter(pk=int.from_bytes(number, "big")).first()


def delivery_of_address(email: str) -> Delivery | None:
    """The delivery that an address like ours stands for."""
    local, _at, domain = email.strip().strip("<>").lower().rpartition("@")
    ours, _at, our_domain = settings.MAILINGS_BOUNCE_ADDRESS.lower().rpartition("@")
    name, plus, token = local.rpartition("+")
    if not ours or not plus or (name, domain) != (ours, our_domain):
        return None
    return delivery_of_token(token)
