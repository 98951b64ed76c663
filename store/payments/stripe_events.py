"""What Stripe's events mean (https://docs.stripe.com/api/events/types); unknown ones are stored and ignored."""

from typing import Any

from django.utils.translation import gettext as _

from company.money import from_minor_units
from store import orders
from store.models import Payment, PaymentStatus, Refund, WebhookEvent
from store.payments import refunds
from store.payments.base import Outcome
from store.payments.settle import settle
from store.payments.stripe_gateway import intent_id, session_outcome


def handle(event: WebhookEvent) -> str:
    """Do what the event says; a note for whoever looks at it later."""
    handler = HANDLERS.get(event.type)
    if handler is None:
        return "ignored"
    thing = event.payload["data"]["object"]
    payment = find_payment(thing)
    if payment is None:
        return "no payment of ours"
    handler(payment, thing)
    return ""


def find_payment(thing: dict[str, Any]) -> Payment | None:
    """By what we wrote into the metadata, else by Stripe's own ids."""
    payments = Payment.objects.filter(gateway="stripe")
    ours = str((thing.get("metadata") or {}).get("payment", ""))
    if ours.isascii() and ours.isdigit() and len(ours) < 19 and (found := payments.filter(pk=int(ours)).first()):
        return found
    if thing["object"] == "checkout.session":
        return payments.filter(reference=thing["id"]).first()
    intent = thing["id"] if thing["object"] == "payment_intent" else intent_id(thing)
    return payments.filter(charge_reference=intent).first() if intent else None


def session_changed(payment: Payment, session: dict[str, Any]) -> None:
    settle(payment_id=payment.pk, outcome=session_outcome(session))


def session_failed(payment: Payment, session: dict[str, Any]) -> None:
    outcome = Outcome(status=PaymentStatus.FAILED, error=_("The bank refused the payment."))
    settle(payment_id=payment.pk, outcome=outcome)


def intent_succeeded(payment: Payment, intent: dict[str, Any]) -> None:
    outcome = Outcome(
        status=PaymentStatus.SUCCEEDED,
        amount=intent["amount_received"],
        currency=intent["currency"],
        charge_reference=intent["id"],
    )
    settle(payment_id=payment.pk, outcome=outcome)


def intent_failed(payment: Payment, intent: dict[str, Any]) -> None:
    """One card was declined; the session stays open for another."""
    reason = (intent.get("last_payment_error") or {}).get("message") or _("The card was declined.")
    outcome = Outcome(status=PaymentStatus.PENDING, charge_reference=intent["id"], error=reason)
    settle(payment_id=payment.pk, outcome=outcome)


def charge_succeeded(payment: Payment, charge: dict[str, Any]) -> None:
    if not charge.get("captured") or not intent_id(charge):
        return
    outcome = Outcome(
        status=PaymentStatus.SUCCEEDED,
        amount=charge["amount"],
        currency=charge["currency"],
        charge_reference=intent_id(charge),
    )
    settle(payment_id=payment.pk, outcome=outcome)


def charge_refunded(payment: Payment, charge: dict[str, Any]) -> None:
    """The refunds themselves come as events of their own; older accounts list them in the charge."""
    for refund in (charge.get("refunds") or {}).get("data", []):
        refund_changed(payment, refund)


def refund_changed(payment: Payment, thing: dict[str, Any]) -> None:
    """A refund of ours has got on, or one was made in Stripe's dashboard."""
    refund = refund_of_ours(payment, thing)
    if thing["status"] == "succeeded":
        refunds.done(refund_id=refund.pk)
    elif thing["status"] in ("failed", "canceled"):
        refunds.failed(refund_id=refund.pk, error=str(thing.get("failure_reason") or thing["status"]))


def refund_of_ours(payment: Payment, thing: dict[str, Any]) -> Refund:
    if found := payment.refunds.filter(reference=thing["id"]).first():
        return found
    ours = str((thing.get("metadata") or {}).get("refund", ""))
    if ours.isdigit() and (found := payment.refunds.filter(pk=int(ours), reference="").first()):
        Refund.objects.filter(pk=found.pk).update(reference=thing["id"])
        return found
    amount = from_minor_units(thing["amount"], thing["currency"])
    return refunds.noted(payment=payment, reference=thing["id"], amount=amount, currency=thing["currency"])


def dispute_opened(payment: Payment, dispute: dict[str, Any]) -> None:
    Payment.objects.filter(pk=payment.pk).update(disputed=True)
    orders.note(order=payment.order, code="disputed", actor=orders.GATEWAY)


def dispute_closed(payment: Payment, dispute: dict[str, Any]) -> None:
    Payment.objects.filter(pk=payment.pk).update(disputed=False)
    params = {"status": dispute["status"]}
    orders.note(order=payment.order, code="dispute_closed", params=params, actor=orders.GATEWAY)


HANDLERS = {
    "checkout.session.completed": session_changed,
    "checkout.session.async_payment_succeeded": session_changed,
    "checkout.session.async_payment_failed": session_failed,
    "checkout.session.expired": session_changed,
    "payment_intent.succeeded": intent_succeeded,
    "payment_intent.payment_failed": intent_failed,
    "charge.succeeded": charge_succeeded,
    "charge.refunded": charge_refunded,
    "refund.created": refund_changed,
    "refund.updated": refund_changed,
    "refund.failed": refund_changed,
    "charge.dispute.created": dispute_opened,
    "charge.dispute.closed": dispute_closed,
}
