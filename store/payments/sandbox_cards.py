"""What the cards of the built-in gateway do; like a real gateway it tells us by an event.

The numbers are those of Stripe's test cards and accounts (https://docs.stripe.com/testing).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from company.money import to_minor_units
from store.errors import UnknownCard, UnknownGateway, WrongStatus
from store.models import Payment, PaymentStatus
from store.payments import sandbox_webhook
from store.payments.sandbox import CODE, DISPUTED, PAID, check_it_answers

PAYS, DECLINED, ASKS = "4242424242424242", "4000000000000002", "4000002500003155"
REFUND_FAILS, IS_DISPUTED = "4000000000005126", "4000000000000259"
BANK_PAYS, BANK_REFUSES = "AT321904300235473204", "AT861904300235473202"
# How long its bank thinks.
BANK_TAKES = timedelta(seconds=20)


@dataclass(frozen=True)
class Card:
    """`error` is what the shopper reads when it is refused; `asks`: for 3-D Secure, first."""

    number: str
    does: str | Promise
    error: str | Promise = ""
    asks: bool = False


CARDS = (
    Card(PAYS, gettext_lazy("pays")),
    Card(DECLINED, gettext_lazy("is declined"), gettext_lazy("The card was declined.")),
    Card(
        "4000000000009995",
        gettext_lazy("has no money on it"),
        gettext_lazy("There is not enough money on the card."),
    ),
    Card("4000000000000069", gettext_lazy("has expired"), gettext_lazy("The card has expired.")),
    Card(
        "4000000000000119",
        gettext_lazy("stumbles over an error"),
        gettext_lazy("The payment could not be processed just now."),
    ),
    Card(ASKS, gettext_lazy("asks for 3-D Secure"), asks=True),
    Card(
        "4000008400001629",
        gettext_lazy("asks for 3-D Secure and is declined then"),
        gettext_lazy("The card was declined."),
        asks=True,
    ),
    Card(BANK_PAYS, gettext_lazy("a bank account that pays after a while")),
    Card(BANK_REFUSES, gettext_lazy("a bank account that refuses after a while")),
    Card(REFUND_FAILS, gettext_lazy("pays, and refunds to it fail")),
    Card(IS_DISPUTED, gettext_lazy("pays, and is disputed")),
)
BY_NUMBER = {card.number: card for card in CARDS}


def pay(*, payment: Payment, card: str, confirmed: bool | None = None) -> str:
    """Pay with a card of CARDS; one that asks for 3-D Secure is answered by `confirmed`.

    Answers the payment's status, or `failed`. Raises UnknownCard, WrongStatus for a payment that is closed, or
    PaymentUnavailable while the gateway is switched off.
    """
    if not settings.DEBUG:
        raise UnknownGateway(CODE)
    if payment.gateway != CODE or not payment.is_open or payment.status == PaymentStatus.PROCESSING:
        raise WrongStatus(_("This payment is closed."), order_status=payment.status)
    check_it_answers()
    known = BY_NUMBER.get(
        "".join(character for character in card.upper() if character.isascii() and character.isalnum())
    )
    if known is None:
        raise UnknownCard
    if known.number in (BANK_PAYS, BANK_REFUSES):
        leave_it_to_the_bank(payment, pays=known.number == BANK_PAYS)
    elif known.asks and confirmed is None:
        send(payment, "payment.requires_action", PaymentStatus.REQUIRES_ACTION, card=known.number)
    elif known.asks and not confirmed:
        return refuse(payment, _("The confirmation by 3-D Secure failed."))
    elif known.error:
        return refuse(payment, str(known.error))
    else:
        send(payment, PAID, PaymentStatus.SUCCEEDED, card=known.number)
        if known.number == IS_DISPUTED:
            send(payment, DISPUTED, PaymentStatus.SUCCEEDED, card=known.number)
    payment.refresh_from_db()
    return payment.status


def refuse(payment: Payment, error: str) -> str:
    send(payment, "payment.declined", PaymentStatus.PENDING, error)
    return "failed"


def leave_it_to_the_bank(payment: Payment, *, pays: bool) -> None:
    """Processing at once; what the bank says comes by itself."""
    send(payment, "payment.processing", PaymentStatus.PROCESSING)
    if pays:
        send(payment, PAID, PaymentStatus.SUCCEEDED, after=BANK_TAKES)
    else:
        error = _("The bank refused the payment.")
        send(payment, "payment.failed", PaymentStatus.FAILED, error, after=BANK_TAKES)


def send(
    payment: Payment, kind: str, status: str, error: str = "", *, card: str = "", after: timedelta = timedelta(0)
) -> None:
    """The event, by the way that every gateway's events go: signed, stored, then processed."""
    ends = f"_{card[-4:]}" if card else ""
    payload = {
        "reference": payment.reference,
        "status": status,
        "amount": to_minor_units(payment.amount, payment.currency),
        "currency": payment.currency,
        "charge": f"charge_{payment.reference}{ends}" if status == PaymentStatus.SUCCEEDED else "",
        "error": error,
        "card": card,
    }
    sandbox_webhook.call(kind, payload, after=after)
