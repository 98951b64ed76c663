"""Goods that come back: asked for by the customer, answered, received and paid back by the shop."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from store import order_notices, orders
from store.errors import StoreError, WrongStatus
from store.models import Order, OrderLine, OrderSettings, OrderStatus, Return, ReturnLine, ReturnStatus
from store.models.order_notes import money
from store.payments import refunds

SENT = (OrderStatus.SHIPPED, OrderStatus.DELIVERED)


def returnable(order: Order) -> list[tuple[OrderLine, int]]:
    """Lines and how many pieces of each can still be sent back; none when it is too late."""
    if order.status not in SENT or order.is_owed or not in_time(order):
        return []
    rows = ReturnLine.objects.filter(goods_return__order=order).exclude(goods_return__status=ReturnStatus.REFUSED)
    back = dict(rows.values_list("order_line").annotate(pieces=Sum("quantity")))
    found = []
    for line in order.lines.all():
        # What was paid back after it was sent has no money left to give.
        gone = max(back.get(line.pk, 0), line.refunded - line.called_off)
        if line.shipped > gone:
            found.append((line, line.shipped - gone))
    return found


def in_time(order: Order) -> bool:
    days = OrderSettings.load().return_days
    if not days:
        return False
    event = order.events.filter(to_status=OrderStatus.DELIVERED).order_by("-at").first()
    return event is None or timezone.now() <= event.at + timedelta(days=days)


def ask(*, order: Order, lines: Iterable[tuple[int, int]], reason: str, actor: str) -> Return:
    """The customer wants to send `(order line id, quantity)` pairs back. Raises StoreError."""
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise StoreError(_("Please say why you send it back."))
    with transaction.atomic():
        order = orders.locked(order.pk)
        can = {line.pk: (line, most) for line, most in returnable(order)}
        wanted = [(pk, quantity) for pk, quantity in dict(lines).items() if quantity]
        if not can:
            raise WrongStatus(_("Nothing of this order can be sent back (any more)."), order_status=order.status)
        if not wanted:
            raise StoreError(_("Choose what you want to send back."))
        for pk, quantity in wanted:
            if pk not in can or not 0 < quantity <= can[pk][1]:
                raise StoreError(_("So many pieces cannot be sent back."))
        made = Return.objects.create(order=order, reason=reason[:1000])
        ReturnLine.objects.bulk_create(
            ReturnLine(goods_return=made, order_line=can[pk][0], quantity=quantity) for pk, quantity in wanted
        )
        orders.note(order=order, code="return_requested", params={"reason": made.reason}, actor=actor)
        orders.mail(order, "return_requested", {"return": str(made.pk)})
    return made


def approve(*, goods_return: Return, actor: str, answer: str = "") -> Return:
    """The customer may send it; `answer` says how."""
    return change(goods_return, ReturnStatus.APPROVED, actor, answer=answer)


def refuse(*, goods_return: Return, actor: str, answer: str) -> Return:
    """Not to be returned, or not in the state agreed; `answer` says why."""
    if not answer.strip():
        raise StoreError(_("Please tell the customer why."))
    return change(goods_return, ReturnStatus.REFUSED, actor, answer=answer)


def receive(*, goods_return: Return, actor: str, restock: bool) -> Return:
    """The goods are here; `restock`: they stand on the shelf again."""
    with transaction.atomic():
        made = change(goods_return, ReturnStatus.RECEIVED, actor, restocked=restock)
        if restock:
            pieces = [(row.order_line, row.quantity) for row in made.lines.select_related("order_line")]
            orders.put_back(order=made.order, pieces=pieces, actor=actor)
    return made


def give_back(*, goods_return: Return, actor: str, shipping: Decimal = Decimal(0)) -> Return:
    """Pay its pieces (and some of the delivery) back. Raises as `refunds.refund` does."""
    with transaction.atomic():
        made = change(goods_return, ReturnStatus.REFUNDED, actor, tell=False)
        refund = refunds.refund(
            order=made.order,
            lines=[(row.order_line_id, row.quantity) for row in made.lines.all()],
            shipping=shipping,
            reason=made.reason,
            actor=actor,
            sent_first=True,
        )
        made.refund = refund
        made.save(update_fields=["refund"])
        params = {"sum": money(refund.amount, refund.currency)}
        orders.note(order=made.order, code="return_refunded", params=params, actor=actor)
    return made


def change(goods_return: Return, to: str, actor: str, *, tell: bool = True, **fields: Any) -> Return:
    """One step along the table of transitions, behind the order's lock; the customer is told."""
    answer = str(fields.get("answer", "")).replace("\x00", "").strip()[:1000]
    with transaction.atomic():
        order = orders.locked(goods_return.order_id)
        current = Return.objects.get(pk=goods_return.pk)
        if not current.can_become(to):
            sentence = _("This return is “%(status)s”, so that cannot be done.")
            raise WrongStatus(sentence % {"status": current.get_status_display()}, order_status=order.status)
        if "answer" in fields:
            fields["answer"] = answer
        Return.objects.filter(pk=current.pk).update(status=to, changed_at=timezone.now(), **fields)
        current.refresh_from_db()
        current.order = order
        if tell:
            orders.note(order=order, code=f"return_{to}", params={"answer": answer}, actor=actor)
            orders.mail(order, "return_answered", {"return": str(current.pk), "status": to})
            order_notices.tell_customer(order, f"return_{to}")
    return current
