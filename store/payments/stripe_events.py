"""What Stripe's events mean (https://docs.stripe.com/api/events/types); unknown ones are stored and ignored."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from store import disputes, orders
from store.disputes import Told
from store.models import Dispute, Payment, PaymentStatus, Refund, WebhookEvent
from store.payments import refunds, starting
from store.payments.base import Outcome
from store.payments.settle import settle
from store.payments.stripe_gateway import find_intent, find_refund, intent_id, refunds_of, session_outcome
from store.payments.stripe_units import from_stripe, to_ours

# Events about money that has come already.
AFTERWARDS = ("charge.refunded", "refund.", "charge.dispute.")
# Statuses that this version does not know yet are shown as one to look at.
FINAL_REFUND: dict[str, str] = {Refund.Status.SUCCEEDED: "succeeded", Refund.Status.FAILED: "failed"}
DISPUTE_STATUSES = frozenset(Dispute.Status.values)


def handle(event: WebhookEvent) -> str:
    """Do what the event says; a note for whoever looks at it later."""
    handler = HANDLERS.get(event.type)
    if handler is None:
        return _("Ignored: the shop does not need it.")
    thing = event.payload["data"]["object"]
    payment = find_payment(thing)
    if payment is None:
        return _("Ignored: no payment of this shop.")
    if payment.is_open and event.type.startswith(AFTERWARDS):
        # Its own event is still on the way.
        payment = starting.refresh(payment=payment)
    remember_charge(payment, thing)
    handler(payment, thing, datetime.fromtimestamp(event.payload.get("created") or 0, UTC))
    payment.refresh_from_db()
    return f"{payment.order}: {payment.get_status_display()}"


def find_payment(thing: dict[str, Any]) -> Payment | None:
    """By what we wrote into the metadata, else by Stripe's own ids, else by asking Stripe whose intent it is."""
    if found := by_metadata(thing):
        return found
    payments = Payment.objects.filter(gateway="stripe")
    if thing["object"] == "checkout.session":
        return payments.filter(reference=thing["id"]).first()
    intent = thing["id"] if thing["object"] == "payment_intent" else intent_id(thing)
    if intent and (found := payments.filter(charge_reference=intent).first()):
        return found
    charge = thing["id"] if thing["object"] == "charge" else thing.get("charge")
    if isinstance(charge, str) and charge and (found := payments.filter(charge_id=charge).first()):
        return found
    if not intent or thing["object"] == "payment_intent":
        return None
    asked = find_intent(intent)
    payment = by_metadata(asked) if asked else None
    if payment is not None and not payment.charge_reference:
        Payment.objects.filter(pk=payment.pk).update(charge_reference=intent)
        payment.charge_reference = intent
    return payment


def by_metadata(thing: dict[str, Any]) -> Payment | None:
    ours = str((thing.get("metadata") or {}).get("payment", ""))
    if not (ours.isascii() and ours.isdigit() and len(ours) < 19):
        return None
    return Payment.objects.filter(gateway="stripe", pk=int(ours)).first()


def remember_charge(payment: Payment, thing: dict[str, Any]) -> None:
    charge = thing["id"] if thing["object"] == "charge" else thing.get("charge") or thing.get("latest_charge")
    if isinstance(charge, str) and charge and payment.charge_id != charge:
        Payment.objects.filter(pk=payment.pk, charge_id="").update(charge_id=charge)


def session_changed(payment: Payment, session: dict[str, Any], at: datetime) -> None:
    settle(payment_id=payment.pk, outcome=session_outcome(session))


def session_failed(payment: Payment, session: dict[str, Any], at: datetime) -> None:
    outcome = Outcome(status=PaymentStatus.FAILED, error=_("The bank refused the payment."))
    settle(payment_id=payment.pk, outcome=outcome)


def intent_succeeded(payment: Payment, intent: dict[str, Any], at: datetime) -> None:
    outcome = Outcome(
        status=PaymentStatus.SUCCEEDED,
        amount=to_ours(intent["amount_received"], intent["currency"]),
        currency=intent["currency"],
        charge_reference=intent["id"],
    )
    settle(payment_id=payment.pk, outcome=outcome)


def intent_failed(payment: Payment, intent: dict[str, Any], at: datetime) -> None:
    """One card was declined; the session stays open for another."""
    reason = (intent.get("last_payment_error") or {}).get("message") or _("The card was declined.")
    outcome = Outcome(status=PaymentStatus.PENDING, charge_reference=intent["id"], error=reason)
    settle(payment_id=payment.pk, outcome=outcome)


def charge_succeeded(payment: Payment, charge: dict[str, Any], at: datetime) -> None:
    if not charge.get("captured") or not intent_id(charge):
        return
    outcome = Outcome(
        status=PaymentStatus.SUCCEEDED,
        amount=to_ours(charge["amount"], charge["currency"]),
        currency=charge["currency"],
        charge_reference=intent_id(charge),
    )
    settle(payment_id=payment.pk, outcome=outcome)


def charge_refunded(payment: Payment, charge: dict[str, Any], at: datetime) -> None:
    """The refunds themselves come as events of their own; where those are not sent, Stripe is asked for them."""
    for refund in (charge.get("refunds") or {}).get("data", []):
        refund_changed(payment, refund, at)
    known = payment.refunds.filter(status=Refund.Status.SUCCEEDED).aggregate(sum=Sum("amount"))["sum"] or 0
    if from_stripe(charge.get("amount_refunded") or 0, charge["currency"]) > known and payment.charge_reference:
        for refund in refunds_of(payment):
            refund_changed(payment, refund, at)


def refund_changed(payment: Payment, thing: dict[str, Any], at: datetime) -> None:
    """A refund of ours has got on, or one was made in Stripe's dashboard."""
    refund = refund_of_ours(payment, thing)
    if FINAL_REFUND.get(refund.status, thing["status"]) != thing["status"]:
        # It was the other way before: of two events that came in the wrong order, Stripe knows the later one.
        thing = find_refund(thing["id"]) or thing
    refund.refresh_from_db()
    error = str(thing.get("failure_reason") or thing["status"])
    if thing["status"] == "succeeded":
        refunds.done(refund_id=refund.pk)
    elif thing["status"] in ("failed", "canceled"):
        refunds.failed(refund_id=refund.pk, error=error)
        refunds.came_back(refund_id=refund.pk, error=error)


def refund_of_ours(payment: Payment, thing: dict[str, Any]) -> Refund:
    """Our row of it, made where staff refunded at Stripe. Behind the order's lock: its events may come together."""
    with transaction.atomic():
        orders.locked(payment.order_id)
        if found := payment.refunds.filter(reference=thing["id"]).first():
            return found
        ours = str((thing.get("metadata") or {}).get("refund", ""))
        if ours.isascii() and ours.isdigit() and (found := payment.refunds.filter(pk=int(ours), reference="").first()):
            Refund.objects.filter(pk=found.pk).update(reference=thing["id"])
            return found
        amount = from_stripe(thing["amount"], thing["currency"])
        return refunds.noted(payment=payment, reference=thing["id"], amount=amount, currency=thing["currency"])


def dispute_changed(payment: Payment, thing: dict[str, Any], at: datetime) -> None:
    status = thing["status"] if thing["status"] in DISPUTE_STATUSES else Dispute.Status.NEEDS_RESPONSE
    due = (thing.get("evidence_details") or {}).get("due_by")
    moved = sum(entry.get("amount", 0) for entry in thing.get("balance_transactions") or [])
    told = Told(
        reference=thing["id"],
        amount=from_stripe(thing["amount"], thing["currency"]),
        currency=thing["currency"].upper(),
        status=status,
        at=at,
        reason=thing.get("reason") or "",
        due_at=datetime.fromtimestamp(due, UTC) if due else None,
        withdrawn=status == Dispute.Status.LOST or (moved < 0 and status != Dispute.Status.WON),
    )
    disputes.take_note(payment=payment, told=told)


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
    "charge.dispute.created": dispute_changed,
    "charge.dispute.updated": dispute_changed,
    "charge.dispute.closed": dispute_changed,
    "charge.dispute.funds_withdrawn": dispute_changed,
    "charge.dispute.funds_reinstated": dispute_changed,
}
