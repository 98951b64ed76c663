"""The one place where money that came, or did not come, changes anything."""

from django.db import transaction
from django_q.tasks import async_task

from store import coupons, orders, stock
from store.errors import CouponRefused, SoldOut, UnknownSku
from store.models import OrderStatus, Payment, PaymentStatus
from store.payments import refunds
from store.payments.base import Outcome

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
    elif order.status == OrderStatus.PLACED:
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
    if payment.received:
        refunds.ask_surplus(payment=payment, code=code)
    else:
        Payment.objects.filter(pk=payment.pk).update(status=PaymentStatus.FAILED)


def not_yet(payment: Payment, outcome: Outcome) -> None:
    """Still open, failed or expired. What has ended does not open again."""
    if payment.status in (PaymentStatus.FAILED, PaymentStatus.EXPIRED):
        return
    is_news = payment.status != outcome.status or payment.error != outcome.error
    payment.status, payment.error = outcome.status, outcome.error[:500]
    payment.charge_reference = outcome.charge_reference or payment.charge_reference
    payment.save(update_fields=["status", "error", "charge_reference", "updated_at"])
    if is_news and outcome.error and payment.order.status == OrderStatus.PLACED:
        orders.note(order=payment.order, text=outcome.error, actor=orders.GATEWAY)
