"""What the cards of the built-in gateway do; like a real gateway it tells us by an event."""

import secrets

from django.utils.translation import gettext as _

from company.money import to_minor_units
from store.errors import UnknownCard, WrongStatus
from store.models import Payment, PaymentStatus, WebhookEvent
from store.payments import webhooks
from store.payments.sandbox import CODE, PAID

PAYS, DECLINED, ASKS = "4242424242424242", "4000000000000002", "4000002500003155"


def pay(*, payment: Payment, card: str, confirmed: bool | None = None) -> str:
    """Pay with a card: 4242… pays, …0002 is declined, …3155 asks for 3-D Secure, answered by `confirmed`.

    Answers the payment's status. Raises UnknownCard for any other, WrongStatus for a payment that is closed.
    """
    if payment.gateway != CODE or not payment.is_open:
        raise WrongStatus(_("This payment is closed."), order_status=payment.status)
    card = "".join(character for character in card if character.isascii() and character.isdigit())
    if card == PAYS or (card == ASKS and confirmed):
        send(payment, PAID, PaymentStatus.SUCCEEDED)
    elif card == DECLINED:
        send(payment, "payment.declined", PaymentStatus.PENDING, _("The card was declined."))
        return "failed"
    elif card == ASKS and confirmed is None:
        send(payment, "payment.requires_action", PaymentStatus.REQUIRES_ACTION)
    elif card == ASKS:
        send(payment, "payment.declined", PaymentStatus.PENDING, _("The confirmation by 3-D Secure failed."))
        return "failed"
    else:
        raise UnknownCard
    payment.refresh_from_db()
    return payment.status


def send(payment: Payment, kind: str, status: str, error: str = "") -> None:
    """The event, by the way that every gateway's events go: stored first, then processed."""
    event = WebhookEvent.objects.create(
        gateway=CODE,
        event_id=f"evt_{secrets.token_hex(12)}",
        type=kind,
        payload={
            "reference": payment.reference,
            "status": status,
            "amount": to_minor_units(payment.amount, payment.currency),
            "currency": payment.currency,
            "charge": f"charge_{payment.reference}" if status == PaymentStatus.SUCCEEDED else "",
            "error": error,
        },
    )
    webhooks.process(event_pk=event.pk)
