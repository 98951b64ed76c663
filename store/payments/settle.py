"""The one place where money that came, or did not come, changes anything."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from store import coupons, orders, staff_alerts, stock
from store.errors import CouponRefused, SoldOut, UnknownSku
from store.models import OPEN_PAYMENTS, Order, OrderStatus, Payment, PaymentStatus
from store.payments import refunds
from store.payments.base import Outcome

# Bank debits are through, or refused, within two weeks; after that the order waits no longer.
BANK_TAKES = timedelta(days=14)
SECOND_CHANCE = timedelta(days=3)
FINAL = (PaymentStatus.SUCCEEDED, PaymentStatus.REFUNDED)


def settle(*, payment_id: int, outcome: Outcome, actor: str = orders.GATEWAY) -> Payment:
    """Take note of what a gateway says about a payment.

    Webhook, return page, reconcile task and staff all come here, in any order and any number of times; it has effect
    once. A payment that cannot become an order's (late, double, wrong sum) is given back and the customer told.
    """
    with transaction.atomic():
        order_id = Payment.objects.values_list("order_id", flat=True).get(pk=payment_id)
        order = orders.locked(order_id)
        payment = Payment.objects.get(pk=payment_id)
        payment.order = order
        if payment.status in FINAL:
            return payment
        if outcome.status == PaymentStatus.SUCCEEDED:
            succeeded(payment, outcome, actor)
        else:
            not_yet(payment, outcome)
    return payment


def succeeded(payment: Payment, outcome: Outcome, actor: str) -> None:
    payment.status, payment.error = PaymentStatus.SUCCEEDED, ""
    payment.charge_reference = outcome.charge_reference or payment.charge_reference
    payment.received, payment.received_currency = outcome.paid, outcome.currency.upper()
    payment.save(update_fields=["status", "error", "charge_reference", "received", "received_currency", "updated_at"])
    order = payment.order
    if not outcome.matches(payment):
        give_back(payment, "wrong_sum")
    elif order.awaits_money:
        orders.mark_paid(order=order, actor=actor)
    elif order.status == OrderStatus.EXPIRED:
        revive(payment, outcome, actor)
    elif order.is_paid:
        give_back(payment, "paid_twice")
    else:
        give_back(payment, "paid_after_cancelling")
    if order.is_paid and order.payments.open().exists():
        transaction.on_commit(lambda: async_task("store.tasks.close_payments", order.pk))


def revive(payment: Payment, outcome: Outcome, actor: str) -> None:
    """A payment after the order has expired: the order comes back if its goods are still there."""
    order = payment.order
    lines = list(order.lines.all())
    if any(line.variant_id is None for line in lines):
        give_back(payment, "late_sold_out")
        return
    try:
        with transaction.atomic():
            stock.reserve(items=order.items, order=order, actor=orders.GATEWAY)
            coupons.retake(order=order)
    except (SoldOut, UnknownSku):
        give_back(payment, "late_sold_out")
        return
    except CouponRefused:
        give_back(payment, "late_coupon_used")
        return
    orders.mark_paid(order=order, actor=actor, code="late_in_stock")


def give_back(payment: Payment, code: str) -> None:
    """Money that cannot be the order's; `code` (one of `order_notes`) says why."""
    orders.note(order=payment.order, code=code, actor=orders.GATEWAY)
    staff_alerts.tell(order=payment.order, code=code)
    if payment.received:
        refunds.ask_surplus(payment=payment, code=code)
    else:
        Payment.objects.filter(pk=payment.pk).update(status=PaymentStatus.FAILED)


def not_yet(payment: Payment, outcome: Outcome) -> None:
    """Still open, failed or expired. What has ended does not open again; what the bank has, the shopper has done."""
    before = payment.status
    if before in (PaymentStatus.FAILED, PaymentStatus.EXPIRED):
        return
    if before == PaymentStatus.PROCESSING and outcome.status in OPEN_PAYMENTS:
        return
    is_news = payment.status != outcome.status or payment.error != outcome.error
    payment.status, payment.error = outcome.status, outcome.error[:500]
    payment.charge_reference = outcome.charge_reference or payment.charge_reference
    payment.save(update_fields=["status", "error", "charge_reference", "updated_at"])
    if is_news and outcome.error and payment.order.status == OrderStatus.PLACED:
        orders.note(order=payment.order, text=outcome.error, actor=orders.GATEWAY)
    if payment.order.status == OrderStatus.PLACED and before != payment.status:
        keep_goods(payment, before)


def keep_goods(payment: Payment, before: str) -> None:
    """A bank takes days, and its shopper has left: the goods wait, and a refusal is told by mail."""
    order = payment.order
    if payment.status == PaymentStatus.PROCESSING:
        hold_until(order, timezone.now() + BANK_TAKES)
        orders.note(order=order, code="bank_at_work", actor=orders.GATEWAY)
    elif before == PaymentStatus.PROCESSING:
        order.expires_at = timezone.now() + SECOND_CHANCE
        order.save(update_fields=["expires_at"])
        orders.mail(order, "payment_failed", {"payment": str(payment.pk)})


def hold_until(order: Order, moment: datetime) -> None:
    if order.expires_at < moment:
        order.expires_at = moment
        order.save(update_fields=["expires_at"])
