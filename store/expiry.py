"""Unpaid orders do not hold goods for ever."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from store import orders
from store.errors import PaymentRefused, PaymentUnavailable
from store.models import Order, OrderStatus
from store.payments import starting
from store.signals import order_cancelled, tell

logger = logging.getLogger(__name__)

TURN = timedelta(seconds=30)
# A gateway that has not answered for so long does not keep the goods any more; money that still comes is settled late.
PATIENCE = timedelta(hours=3)


def expire_unpaid() -> None:
    """Expire every overdue order, as many as fit into one turn of the worker."""
    stop_at = timezone.now() + TURN
    for order in Order.objects.overdue().order_by("expires_at")[:500]:
        if timezone.now() > stop_at:
            return
        expire(order=order)


def expire(*, order: Order) -> None:
    """First at the gateway, then here: goods are never free while somebody can still pay for them."""
    patient = timezone.now() < order.expires_at + PATIENCE
    for payment in order.payments.open().select_related("order"):
        try:
            starting.close(payment=payment)
        except PaymentUnavailable:
            if patient:
                logger.warning("Order %s waits for its gateway before it expires", order.number)
                return
        except PaymentRefused:
            logger.exception("The gateway would not close payment %s", payment.pk)
    with transaction.atomic():
        current = orders.locked(order.pk)
        if not Order.objects.overdue().filter(pk=current.pk).exists():
            return
        orders.change_status(order=current, to=OrderStatus.EXPIRED, code="not_paid_in_time")
        orders.give_back(current)
        tell(order_cancelled, current)
