"""An order called off: not packed yet, or to be paid at handover and not taken."""

from django.db import transaction
from django.db.models import F
from django_q.tasks import async_task

from store import coupons, order_notices, orders
from store.models import Order, OrderSettings, OrderStatus
from store.payments import refunds
from store.signals import order_cancelled, tell

MAIL = "order_cancelled"


def can_cancel(order: Order, *, by_customer: bool = False) -> bool:
    """Is it early enough, and may they?"""
    if order.status == OrderStatus.PLACED:
        return True
    if order.is_owed:
        return not by_customer and order.can_become(OrderStatus.CANCELLED)
    if order.status == OrderStatus.PAID:
        may = not by_customer or OrderSettings.load().customers_cancel_paid
        return may and not any(line.shipped for line in order.lines.all())
    return False


def call_off(*, order: Order, actor: str, by_customer: bool = False, came_back: bool = True) -> Order:
    """Cancel it. Of a paid one all the money that is left goes back, and the goods stand on the shelf again; of one
    that was sent to be paid at handover and not taken, those that had left us only if they `came_back`.

    Raises WrongStatus when it is too late, or when the shop does not let customers do it.
    """
    with transaction.atomic():
        order = orders.locked(order.pk)
        if not can_cancel(order, by_customer=by_customer):
            raise orders.wrong_status(order)
        if order.status == OrderStatus.PLACED:
            order = orders.cancel(order=order, actor=actor)
        elif order.is_owed:
            take_back(order, actor, came_back)
        else:
            pay_back(order, actor, "cancelled_by_customer" if by_customer else "cancelled_by_shop")
        tell_customer(order, by_customer)
    return order


def tell_customer(order: Order, by_customer: bool) -> None:
    """Of a paid one the refund's mail tells; of an unpaid one nobody needs to hear what they did themselves."""
    if order.paid_at is not None or not by_customer:
        order_notices.tell_customer(order, "cancelled")
    if order.paid_at is None and not by_customer:
        orders.mail(order, MAIL)


def pay_back(order: Order, actor: str, code: str) -> None:
    if order.total:
        # First the money: only an order that stands on it can give it back.
        refunds.refund_order(order=order, actor=actor, reason="", code=code)
    else:
        orders.put_back(order=order, pieces=[(line, line.quantity) for line in order.lines.all()], actor=actor)
    order.refresh_from_db()
    called_off(order, actor, code)


def take_back(order: Order, actor: str, came_back: bool) -> None:
    """What was packed, or sent and refused. Nobody has paid: there is nothing to give back but the goods."""
    lines = list(order.lines.all())
    were_sent = any(line.shipped for line in lines)
    pieces = [(line, line.quantity if came_back else line.outstanding) for line in lines]
    orders.put_back(order=order, pieces=pieces, actor=actor)
    order.lines.update(called_off=F("quantity") - F("shipped"))
    back = "refused_goods_back" if came_back else "refused_goods_lost"
    called_off(order, actor, back if were_sent else "cancelled_by_shop")
    transaction.on_commit(lambda: async_task("store.tasks.close_payments", order.pk))


def called_off(order: Order, actor: str, code: str) -> None:
    orders.change_status(order=order, to=OrderStatus.CANCELLED, actor=actor, code=code)
    coupons.release(order=order)
    tell(order_cancelled, order)
