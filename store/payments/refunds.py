"""Giving money back: asked for in the transaction that needs it, sent by a task until the gateway has taken it."""

import logging
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from company.money import format_money
from store import orders
from store.errors import PaymentRefused, PaymentUnavailable, StoreError, WrongStatus
from store.models import Order, Payment, PaymentStatus, Refund
from store.payments import gateways

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)


def ask(*, payment: Payment, reason: str, is_surplus: bool = False) -> Refund:
    """Write down that all that came in is to go back; a task sends it after commit."""
    refund = Refund.objects.create(
        payment=payment,
        amount=payment.received,
        currency=payment.received_currency,
        reason=reason[:255],
        is_surplus=is_surplus,
    )
    transaction.on_commit(lambda: async_task("store.tasks.send_refund", refund.pk))
    return refund


def refund_order(*, order: Order, actor: str, reason: str) -> list[Refund]:
    """Give back all that was paid for a paid order. It is “refunded” when the gateway has done it."""
    with transaction.atomic():
        order = orders.locked(order.pk)
        if not order.is_paid:
            raise WrongStatus(_("Only a paid order can be refunded."), order_status=order.status)
        payments = list(order.payments.filter(status=PaymentStatus.SUCCEEDED))
        if Refund.objects.filter(payment__in=payments).exclude(status=Refund.Status.FAILED).exists():
            raise StoreError(_("A refund of this order is on its way already."))
        if not payments:
            orders.mark_refunded(order=order, actor=actor, text=reason)
            return []
        orders.note(order=order, text=_("Refund asked for: %(reason)s") % {"reason": reason}, actor=actor)
        return [ask(payment=item, reason=reason) for item in payments]


def send(*, refund_id: int) -> None:
    """Hand the refund to its gateway. Safe to run twice: claimed here, and known there by its key."""
    now = timezone.now()
    waiting = Refund.objects.filter(pk=refund_id, status=Refund.Status.PENDING, reference="", next_try_at__lte=now)
    if not waiting.update(tries=F("tries") + 1, next_try_at=now + LEASE):
        return
    refund = Refund.objects.select_related("payment__order").get(pk=refund_id)
    try:
        reference, is_done = gateways.known(refund.payment.gateway).refund(refund)
    except PaymentUnavailable as error:
        pause = min(LEASE * 2 ** min(refund.tries, 10), LONGEST_PAUSE)
        Refund.objects.filter(pk=refund.pk).update(next_try_at=now + pause, error=error.detail[:500])
    except PaymentRefused as error:
        failed(refund_id=refund.pk, error=str(error))
    else:
        Refund.objects.filter(pk=refund.pk).update(reference=reference, error="")
        if is_done:
            done(refund_id=refund.pk)


def done(*, refund_id: int) -> None:
    """The gateway has given the money back: tell the customer, and close the order when nothing is left of it."""
    with transaction.atomic():
        order_id = Refund.objects.values_list("payment__order_id", flat=True).get(pk=refund_id)
        order = orders.locked(order_id)
        if (
            not Refund.objects.filter(pk=refund_id)
            .exclude(status=Refund.Status.SUCCEEDED)
            .update(status=Refund.Status.SUCCEEDED, error="")
        ):
            return
        refund = Refund.objects.select_related("payment").get(pk=refund_id)
        sum_text = format_money(refund.amount, refund.currency)
        orders.note(order=order, text=_("%(sum)s was given back.") % {"sum": sum_text}, actor=orders.GATEWAY)
        if all_back(refund.payment):
            Payment.objects.filter(pk=refund.payment_id).update(status=PaymentStatus.REFUNDED)
            if order.is_paid and not order.payments.filter(status=PaymentStatus.SUCCEEDED).exists():
                orders.mark_refunded(order=order, actor=orders.GATEWAY, text=refund.reason)
        orders.mail(order, "order_refunded", {"refund": str(refund.pk)})


def all_back(payment: Payment) -> bool:
    """Has everything that came in gone out again?"""
    given = payment.refunds.filter(status=Refund.Status.SUCCEEDED).aggregate(total=Sum("amount"))["total"]
    return (given or Decimal(0)) >= (payment.received or Decimal(0))


def failed(*, refund_id: int, error: str) -> None:
    """The gateway will not do it: staff must, and the timeline says so."""
    with transaction.atomic():
        refund = Refund.objects.select_related("payment__order").get(pk=refund_id)
        Refund.objects.filter(pk=refund_id).update(status=Refund.Status.FAILED, error=error[:500])
        text = _("The refund failed at the gateway; please give the money back by hand. %(error)s") % {"error": error}
        orders.note(order=refund.payment.order, text=text, actor=orders.GATEWAY)
    logger.error("Refund %s of order %s failed: %s", refund_id, refund.payment.order.number, error)


def send_waiting() -> None:
    """Whatever did not get through before."""
    due = Refund.objects.filter(status=Refund.Status.PENDING, reference="", next_try_at__lte=timezone.now())
    for refund_id in due.values_list("pk", flat=True)[:50]:
        send(refund_id=refund_id)
