"""An order called off: unpaid, or paid and not packed yet."""

from django.db import transaction

from store import coupons, order_notices, orders
from store.models import Order, OrderSettings, OrderStatus
from store.payments import refunds
from store.signals import order_cancelled, tell


def can_cancel(order: Order, *, by_customer: bool = False) -> bool:
    """Is it early enough, and may they?"""
    if order.status == OrderStatus.PAID:
        may = not by_customer or OrderSettings.load().customers_cancel_paid
        return may and not any(line.shipped for line in order.lines.all())
    return order.status == OrderStatus.PLACED


def call_off(*, order: Order, actor: str, by_customer: bool = False) -> Order:
    """Cancel it. Of a paid one all the money that is left goes back, and the goods stand on the shelf again.

    Raises WrongStatus when it is too late, or when the shop does not let customers do it.
    """
    with transaction.atomic():
        order = orders.locked(order.pk)
        if not can_cancel(order, by_customer=by_customer):
            raise orders.wrong_status(order)
        if order.status == OrderStatus.PLACED:
            return orders.cancel(order=order, actor=actor)
        code = "cancelled_by_customer" if by_customer else "cancelled_by_shop"
        if order.total:
            # First the money: only an order that stands on it can give it back.
            refunds.refund_order(order=order, actor=actor, reason="", code=code)
        else:
            orders.put_back(order=order, pieces=[(line, line.quantity) for line in order.lines.all()], actor=actor)
        order = orders.locked(order.pk)
        orders.change_status(order=order, to=OrderStatus.CANCELLED, actor=actor, code=code)
        coupons.release(order=order)
        tell(order_cancelled, order)
        order_notices.tell_customer(order, "cancelled")
    return order
