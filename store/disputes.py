"""What becomes of payments that the cardholder takes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from store import orders, staff_alerts
from store.models import Dispute, Order, Payment
from store.models.order_notes import money

REMIND_BEFORE = timedelta(days=2)
CLOSED = (Dispute.Status.WON, Dispute.Status.LOST, Dispute.Status.WARNING_CLOSED, Dispute.Status.PREVENTED)


@dataclass(frozen=True)
class Told:
    """What a gateway says about a dispute at the moment `at`. `withdrawn`: the sum is off our balance."""

    reference: str
    amount: Decimal
    currency: str
    status: str
    at: datetime
    reason: str = ""
    due_at: datetime | None = None
    withdrawn: bool = False


def take_note(*, payment: Payment, told: Told) -> Dispute:
    """Write it down, in any order and any number of times; staff hear of every news once."""
    with transaction.atomic():
        order = orders.locked(payment.order_id)
        found = Dispute.objects.filter(reference=told.reference).first()
        dispute = found or Dispute(payment=payment, reference=told.reference, opened_at=told.at, told_at=told.at)
        before = (dispute.status, dispute.withdrawn) if found else None
        if found is None or told.at > dispute.told_at or (told.at == dispute.told_at and not dispute.closed_at):
            dispute.amount, dispute.currency, dispute.reason = told.amount, told.currency, told.reason[:64]
            dispute.status, dispute.due_at, dispute.told_at = told.status, told.due_at or dispute.due_at, told.at
            dispute.withdrawn = told.withdrawn
        dispute.opened_at = min(dispute.opened_at, told.at)
        if dispute.status in CLOSED and dispute.closed_at is None:
            dispute.closed_at = told.at
        dispute.save()
        open_ones = Dispute.objects.undecided().filter(payment=payment)
        lost = Dispute.objects.filter(payment=payment, status=Dispute.Status.LOST)
        Payment.objects.filter(pk=payment.pk).update(disputed=open_ones.exists() or lost.exists())
        if before is None or before[0] != dispute.status:
            say(order, dispute, f"dispute_{dispute.status}")
        if dispute.withdrawn and not (before and before[1]):
            say(order, dispute, "dispute_withdrawn")
    return dispute


def say(order: Order, dispute: Dispute, code: str) -> None:
    params = params_of(dispute)
    orders.note(order=order, code=code, params=params, actor=orders.GATEWAY)
    staff_alerts.tell(order=order, code=code, params=params)


def params_of(dispute: Dispute) -> dict[str, Any]:
    due = timezone.localtime(dispute.due_at).date().isoformat() if dispute.due_at else "–"
    return {"sum": money(dispute.amount, dispute.currency), "due": due}


def remind() -> None:
    """Scheduled: who has to answer within two days is told once more."""
    now = timezone.now()
    due = Dispute.objects.undecided().filter(due_at__lte=now + REMIND_BEFORE, due_at__gte=now)
    for dispute in due.select_related("payment__order"):
        if dispute.needs_answer:
            staff_alerts.tell(order=dispute.payment.order, code="dispute_last_call", params=params_of(dispute))
