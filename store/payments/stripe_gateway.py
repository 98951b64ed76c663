"""Stripe Checkout (https://docs.stripe.com/api/checkout/sessions), API 2026-10-28 as stripe 16 speaks it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import stripe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.errors import PaymentRefused, PaymentUnavailable
from store.models import Payment, PaymentStatus, Refund
from store.payments.base import STILL_OPEN, Outcome, Purchase, Started
from store.payments.stripe_units import to_ours, to_stripe

T = TypeVar("T")
# Stripe takes 30 minutes at least; one more for clocks that differ.
SESSION = timedelta(minutes=31)
TIMEOUT_SECONDS = (4, 12)
MOST_LINES = 90
# Worth asking again: no connection, too many calls, a fault on their side.
PASSING = (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError)


class StripeGateway:
    code = "stripe"
    label: str | Promise = gettext_lazy("Card, wallet or bank")
    note: str | Promise = gettext_lazy("You pay on Stripe's page and come back here.")
    # Longer than the session, so that goods are never free while somebody can still pay for them.
    hold = timedelta(minutes=40)
    mails_instructions = goods_first = False

    def is_offered(self) -> bool:
        return bool(settings.STRIPE_SECRET_KEY)

    def suits(self, purchase: Purchase) -> bool:
        return True

    @property
    def instructions(self) -> str:
        return ""

    def start(self, payment: Payment) -> Started:
        options = {"idempotency_key": payment.idempotency_key}
        session = ask(lambda api: api.checkout.sessions.create(params=session_params(payment), options=options))
        return Started(reference=session.id, url=session.url or "")

    def is_stale(self, payment: Payment) -> bool:
        # Without a reference the making itself failed: tried again while the session would still be long enough.
        good_for = SESSION - timedelta(minutes=1) if payment.reference else timedelta(seconds=45)
        return timezone.now() > payment.created_at + good_for

    def fetch(self, payment: Payment) -> Outcome:
        if not payment.reference:
            return STILL_OPEN
        return session_outcome(ask(lambda api: api.checkout.sessions.retrieve(payment.reference)).to_dict())

    def expire(self, payment: Payment) -> Outcome:
        if not payment.reference:
            # Nobody has the address of a session that never reached us.
            return Outcome(status=PaymentStatus.EXPIRED)
        try:
            return session_outcome(ask(lambda api: api.checkout.sessions.expire(payment.reference)).to_dict())
        except PaymentRefused:
            # Only open sessions can be expired: this one is paid, or over.
            return self.fetch(payment)

    def refund(self, refund: Refund) -> tuple[str, bool]:
        params = {
            "payment_intent": refund.payment.charge_reference,
            "amount": to_stripe(refund.amount, refund.currency),
            "metadata": {"refund": str(refund.pk), "order": refund.payment.order.number},
        }
        options = {"idempotency_key": f"refund-{refund.payment.idempotency_key}-{refund.pk}"}
        made = ask(lambda api: api.refunds.create(params=params, options=options))
        if made.status in ("failed", "canceled"):
            raise PaymentRefused(_("Stripe could not refund it."))
        return made.id, made.status == "succeeded"


def ask(call: Callable[[Any], T]) -> T:
    """One call to Stripe, its errors translated: PaymentUnavailable (later may help) or PaymentRefused."""
    if not settings.STRIPE_SECRET_KEY:
        raise PaymentUnavailable("STRIPE_SECRET_KEY is not set")
    bases: dict[str, str] = {"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else {}
    client = stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses=bases,  # type: ignore[arg-type]
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        max_network_retries=1,
    )
    try:
        return call(client.v1)
    except PASSING as error:
        raise PaymentUnavailable(str(error)) from error
    except stripe.StripeError as error:
        raise PaymentRefused(_("The payment service refused: %(reason)s") % {"reason": error.user_message}) from error


def find_intent(reference: str) -> dict[str, Any] | None:
    """The PaymentIntent of this id; None where Stripe knows none."""
    try:
        return ask(lambda api: api.payment_intents.retrieve(reference)).to_dict()
    except PaymentRefused:
        return None


def find_refund(reference: str) -> dict[str, Any] | None:
    try:
        return ask(lambda api: api.refunds.retrieve(reference)).to_dict()
    except PaymentRefused:
        return None


def refunds_of(payment: Payment) -> list[dict[str, Any]]:
    """Every refund that Stripe knows of this payment."""
    params: Any = {"payment_intent": payment.charge_reference, "limit": 100}
    found = ask(lambda api: api.refunds.list(params=params))
    return [refund.to_dict() for refund in found.data]


def session_params(payment: Payment) -> dict[str, Any]:
    """The same for every try of one payment: Stripe compares them under the idempotency key."""
    order = payment.order
    metadata = {"order": order.number, "payment": str(payment.pk)}
    with translation.override(order.language):
        order_url = settings.SITE_URL + reverse("store:order_detail", kwargs={"number": order.number})
        return_url = settings.SITE_URL + reverse("store:payment_return", kwargs={"number": order.number})
        lines = line_items(payment)
    return {
        "mode": "payment",
        "client_reference_id": order.number,
        "customer_email": order.email,
        "line_items": lines,
        "success_url": f"{return_url}?token={order.token}",
        "cancel_url": f"{order_url}?token={order.token}",
        "expires_at": int((payment.created_at + SESSION).timestamp()),
        "locale": order.language,
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": order.number},
    }


def line_items(payment: Payment) -> list[dict[str, Any]]:
    """What the shopper reads at Stripe; sums to the payment's amount to the cent."""
    order, currency = payment.order, payment.currency
    lines = list(order.lines.all())
    if order.discount or len(lines) > MOST_LINES:
        return [line_item(_("Order %(number)s") % {"number": order.number}, payment.amount, currency)]
    items = [line_item(line.name, line.price, currency, line.quantity) for line in lines]
    if order.shipping:
        items.append(line_item(order.shipping_name, order.shipping, currency))
    if order.tax and not order.tax_included:
        items.append(line_item(_("Tax"), order.tax, currency))
    return items


def line_item(name: str, amount: Any, currency: str, quantity: int = 1) -> dict[str, Any]:
    price = {
        "currency": currency.lower(),
        "unit_amount": to_stripe(amount, currency),
        "product_data": {"name": name[:250]},
    }
    return {"quantity": quantity, "price_data": price}


def session_outcome(session: dict[str, Any]) -> Outcome:
    """What a Checkout Session says. `completed` alone is not paid: bank debits take days."""
    if session["payment_status"] == "paid":
        return Outcome(
            status=PaymentStatus.SUCCEEDED,
            amount=to_ours(session["amount_total"] or 0, session["currency"] or ""),
            currency=session["currency"] or "",
            charge_reference=intent_id(session),
        )
    if session["status"] == "expired":
        return Outcome(status=PaymentStatus.EXPIRED)
    # Completed and not paid: the shopper has done their part, and the bank takes its days.
    status = PaymentStatus.PROCESSING if session["status"] == "complete" else PaymentStatus.PENDING
    return Outcome(status=status, charge_reference=intent_id(session))


def intent_id(thing: dict[str, Any]) -> str:
    """The PaymentIntent of a session, charge, refund or dispute: an id, an object, or null before it is paid."""
    intent = thing.get("payment_intent")
    return (intent.get("id", "") if isinstance(intent, dict) else intent) or ""
