"""Giving money back: asked for in the transaction that needs it, sent by a task until the gateway has taken it.

Never more than came in less what goes back already; the goods follow the lines (see `claims`).
"""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from company.money import format_money, round_money
from store import order_notices, orders, staff_alerts
from store.errors import StoreError, TooMuch, WrongStatus
from store.models import Order, OrderLine, OrderStatus, Payment, PaymentStatus, Refund
from store.models.order_notes import money
from store.payments import claims, shares
from store.payments.claims import Part
from store.signals import order_money_back, tell


def refund(
    *,
    order: Order,
    actor: str,
    lines: Iterable[tuple[int, int]] = (),
    shipping: Decimal = Decimal(0),
    amount: Decimal | None = None,
    restock: bool = False,
    reason: str = "",
    token: str = "",
    sent_first: bool = False,
) -> Refund:
    """Give back the price of some pieces, `(order line id, quantity)`, and some of the delivery; or a free `amount`.

    `restock`: the pieces stand on the shelf again. `sent_first`: they are pieces that the customer had (a return).
    The same `token` is the same refund. Raises WrongStatus, TooMuch, StoreError.
    """
    with transaction.atomic():
        order = orders.locked(order.pk)
        if made := made_before(order, token):
            return made
        payment = refundable_payment(order)
        wanted = {pk: count for pk, count in lines if count}
        if amount is not None and (wanted or shipping):
            raise StoreError(_("Give back either lines and delivery, or a free sum."))
        parts = price(order, wanted)
        check_shipping(order, shipping)
        total = sum((part.amount for part in parts), shipping) if amount is None else amount
        made = ask(
            payment=payment,
            amount=total,
            parts=parts,
            shipping=shipping,
            restock=restock,
            reason=reason,
            actor=actor,
            token=token,
            sent_first=sent_first,
        )
        if restock:
            orders.put_back(order=order, pieces=[(part.line, part.quantity) for part in parts], actor=actor)
        if parts and order.status in (OrderStatus.PAID, OrderStatus.PACKED):
            orders.go_on(order=order, actor=actor)
        return made


def refund_order(
    *, order: Order, actor: str, reason: str, restock: bool = True, code: str = "", token: str = ""
) -> list[Refund]:
    """Give back all that is left of a paid order. It is “refunded” when the gateway has done it.

    `restock`: what was never sent stands on the shelf again. The same `token` is the same refund.
    """
    with transaction.atomic():
        order = orders.locked(order.pk)
        if made_already := made_before(order, token):
            return [made_already]
        if not order.total and order.is_paid:
            orders.mark_refunded(order=order, actor=actor, restock=restock)
            return []
        payment = refundable_payment(order)
        left = claims.room(payment)
        if left <= 0:
            raise StoreError(_("All of it is given back, or on its way back, already."))
        unsent = [(line, line.outstanding) for line in order.lines.all()]
        parts, shipping = rest(order, left)
        made = ask(
            payment=payment,
            amount=left,
            parts=parts,
            shipping=shipping,
            restock=restock,
            reason=reason,
            code=code,
            actor=actor,
            token=token,
        )
        if restock:
            orders.put_back(order=order, pieces=unsent, actor=actor)
        return [made]


def made_before(order: Order, token: str) -> Refund | None:
    """What the same token has asked for of this order."""
    if not token:
        return None
    return Refund.objects.filter(token=orders.own_token(order, token), payment__order=order).first()


def ask_surplus(*, payment: Payment, code: str) -> Refund:
    """All that came in with a payment that cannot be the order's goes back."""
    claims.money(payment, payment.received or Decimal(0))
    made = Refund.objects.create(
        payment=payment,
        amount=payment.received,
        currency=payment.received_currency,
        reason_code=code,
        is_surplus=True,
        actor=orders.GATEWAY,
    )
    send_soon(made)
    return made


def noted(*, payment: Payment, reference: str, amount: Decimal, currency: str = "") -> Refund:
    """Money that is going back from the gateway's side (its dashboard): taken into our books once per `reference`.

    Call `done` or `failed` when the gateway says how it ended.
    """
    with transaction.atomic():
        orders.locked(payment.order_id)
        if (known := payment.refunds.filter(reference=reference).first()) is not None:
            return known
        payment.refresh_from_db()
        make_room(payment, amount)
        return Refund.objects.create(
            payment=payment,
            reference=reference,
            amount=amount,
            currency=(currency or payment.received_currency or payment.currency).upper(),
            reason_code="refunded_at_gateway",
            restock=True,
            is_surplus=payment.refunds.filter(is_surplus=True).exists(),
            actor=orders.GATEWAY,
        )


def make_room(payment: Payment, amount: Decimal) -> None:
    """What has gone back is a fact: refunds of ours that wait and leave no room for it will be refused anyway."""
    for waiting in payment.refunds.filter(status=Refund.Status.PENDING, reference="").order_by("-pk"):
        if claims.room(payment) >= amount:
            break
        failed(refund_id=waiting.pk, error=_("Meanwhile the money went back from the payment service's side."))
        payment.refresh_from_db(fields=["given_back"])
    claims.money(payment, amount)


def ask(
    *,
    payment: Payment,
    amount: Decimal,
    parts: list[Part],
    actor: str,
    shipping: Decimal = Decimal(0),
    restock: bool = False,
    reason: str = "",
    code: str = "",
    token: str = "",
    sent_first: bool = False,
) -> Refund:
    """Claim the money and the pieces, write it down, and have it sent after commit."""
    if amount.is_finite() and amount > (payment.received or 0):
        raise TooMuch(format_money(claims.room(payment), payment.received_currency))
    if not amount.is_finite() or amount != round_money(amount, payment.received_currency) or amount <= 0:
        raise StoreError(_("Choose what is to be given back: a sum above zero, without fractions of a cent."))
    claims.money(payment, amount)
    made = Refund.objects.create(
        payment=payment,
        amount=amount,
        currency=payment.received_currency,
        shipping=shipping,
        restock=restock,
        reason=reason.replace("\x00", "")[:255],
        reason_code=code,
        actor=actor,
        token=orders.own_token(payment.order, token),
    )
    claims.lines(made, parts, sent_first=sent_first)
    params = {"sum": money(amount, made.currency)} | ({"reason": made.reason} if made.reason else {})
    orders.note(
        order=payment.order, code="refund_asked_because" if reason else "refund_asked", params=params, actor=actor
    )
    send_soon(made)
    return made


def send_soon(made: Refund) -> None:
    transaction.on_commit(lambda: async_task("store.tasks.send_refund", made.pk))


def refundable_payment(order: Order) -> Payment:
    payment = claims.kept_payment(order)
    can = order.is_paid or (order.status == OrderStatus.CANCELLED and order.paid_at is not None)
    if payment is None or not can:
        raise WrongStatus(_("Only a paid order can be refunded."), order_status=order.status)
    payment.order = order
    return payment


def price(order: Order, wanted: dict[int, int]) -> list[Part]:
    """What these pieces cost; raises TooMuch for pieces that are not there (any more)."""
    if not wanted:
        return []
    lines = {line.pk: line for line in order.lines.all()}
    share = shares.of(order, lines.values())
    return [part_of(order, lines.get(pk), share, count) for pk, count in wanted.items()]


def part_of(order: Order, line: OrderLine | None, share: shares.Shares, count: int) -> Part:
    if line is None or count < 0:
        raise StoreError(_("That is not a line of this order."))
    if count > line.refundable:
        raise TooMuch(f"{line.refundable} × {line.name}")
    amount = shares.pieces(
        paid=share.lines[line.pk],
        quantity=line.quantity,
        before=line.refunded,
        count=count,
        currency=order.currency,
    )
    return Part(line, count, amount)


def shipping_left(order: Order, paid: Decimal | None = None) -> Decimal:
    """What was paid for delivery and has not gone back."""
    if paid is None:
        paid = shares.of(order, order.lines.all()).shipping
    rows = Refund.objects.filter(payment__order=order).exclude(status=Refund.Status.FAILED)
    return paid - sum(rows.values_list("shipping", flat=True), Decimal(0))


def check_shipping(order: Order, shipping: Decimal) -> None:
    if not shipping:
        return
    left = shipping_left(order)
    if not shipping.is_finite() or not 0 <= shipping <= left:
        raise TooMuch(format_money(left, order.currency))


def rest(order: Order, left: Decimal) -> tuple[list[Part], Decimal]:
    """All the pieces that are left, and the delivery, within `left`: free sums have taken from their prices."""
    wanted = {line.pk: line.refundable for line in order.lines.all() if line.refundable}
    parts = []
    for part in price(order, wanted):
        amount = min(part.amount, left)
        left -= amount
        parts.append(Part(part.line, part.quantity, amount))
    return parts, max(Decimal(0), min(left, shipping_left(order)))


def done(*, refund_id: int) -> None:
    """The gateway has given the money back: tell the customer, and close the order when nothing is left of it."""
    with transaction.atomic():
        order_id = Refund.objects.values_list("payment__order_id", flat=True).get(pk=refund_id)
        order = orders.locked(order_id)
        made = Refund.objects.select_related("payment").get(pk=refund_id)
        if made.status == Refund.Status.SUCCEEDED:
            return
        if made.status == Refund.Status.FAILED:
            make_room(made.payment, made.amount)
            for row in made.lines.select_related("order_line"):
                claims.take(row.order_line, min(row.quantity, row.order_line.refundable), 0)
        Refund.objects.filter(pk=refund_id).update(status=Refund.Status.SUCCEEDED, error="")
        params = {"sum": money(made.amount, made.currency)}
        orders.note(order=order, code="given_back", params=params, actor=orders.GATEWAY)
        if all_back(made.payment):
            Payment.objects.filter(pk=made.payment_id).update(status=PaymentStatus.REFUNDED)
        if not made.is_surplus:
            count(order, made)
        order_notices.tell_customer(order, "refunded")
        orders.mail(order, "order_refunded", {"refund": str(made.pk)})


def count(order: Order, made: Refund) -> None:
    """It is off the order's money; the order is closed when all of that is gone."""
    order.refunded = min(order.refunded + made.amount, order.total)
    Order.objects.filter(pk=order.pk).update(refunded=order.refunded)
    tell(order_money_back, order)
    if order.refunded >= order.total and order.can_become(OrderStatus.REFUNDED):
        orders.mark_refunded(order=order, actor=orders.GATEWAY, restock=made.restock)


def all_back(payment: Payment) -> bool:
    """Has everything that came in gone out again?"""
    given = payment.refunds.filter(status=Refund.Status.SUCCEEDED).values_list("amount", flat=True)
    return sum(given, Decimal(0)) >= (payment.received or Decimal(0))


def failed(*, refund_id: int, error: str) -> None:
    """The gateway will not do it: staff must, and the timeline says so. What it held can be given back otherwise."""
    with transaction.atomic():
        order = orders.locked(Refund.objects.values_list("payment__order_id", flat=True).get(pk=refund_id))
        pending = Refund.objects.filter(pk=refund_id, status=Refund.Status.PENDING)
        if not pending.update(status=Refund.Status.FAILED, error=error[:500]):
            return
        claims.free(Refund.objects.get(pk=refund_id))
        tell_failed(order, error)


def came_back(*, refund_id: int, error: str) -> None:
    """What was given back did not arrive (a closed account, say), and is with us again: staff must see to it."""
    with transaction.atomic():
        order = orders.locked(Refund.objects.values_list("payment__order_id", flat=True).get(pk=refund_id))
        given = Refund.objects.filter(pk=refund_id, status=Refund.Status.SUCCEEDED)
        if not given.update(status=Refund.Status.FAILED, error=error[:500]):
            return
        made = Refund.objects.get(pk=refund_id)
        claims.free(made)
        Payment.objects.filter(pk=made.payment_id, status=PaymentStatus.REFUNDED).update(status=PaymentStatus.SUCCEEDED)
        if not made.is_surplus:
            Order.objects.filter(pk=order.pk).update(refunded=max(order.refunded - made.amount, Decimal(0)))
            tell(order_money_back, order)
        tell_failed(order, error)


def tell_failed(order: Order, error: str) -> None:
    params = {"error": error[:300]}
    orders.note(order=order, code="refund_failed", params=params, actor=orders.GATEWAY)
    staff_alerts.tell(order=order, code="refund_failed", params=params)


def again(*, refund: Refund, actor: str) -> Refund:
    """Try a failed refund once more: as a new one, so that the gateway does not answer as before."""
    with transaction.atomic():
        made = instead(refund, actor, "refund_tried_again")
        send_soon(made)
    return made


def by_hand(*, refund: Refund, actor: str) -> Refund:
    """Staff have transferred the money of a failed refund themselves."""
    with transaction.atomic():
        made = instead(refund, actor, "given_back_by_hand")
        Refund.objects.filter(pk=made.pk).update(reference=f"by_hand_{made.pk}")
        done(refund_id=made.pk)
    return made


def instead(failed_one: Refund, actor: str, code: str) -> Refund:
    """A refund that takes the failed one's place; raises TooMuch when its money or pieces went back meanwhile."""
    order = orders.locked(failed_one.payment.order_id)
    old = Refund.objects.select_related("payment").get(pk=failed_one.pk)
    if old.status != Refund.Status.FAILED or Refund.objects.filter(replaces=old).exists():
        raise StoreError(_("This refund has not failed, or was tried again already."))
    rows = old.lines.select_related("order_line")
    if short := [row for row in rows if row.quantity > row.order_line.refundable]:
        raise TooMuch(f"{short[0].order_line.refundable} × {short[0].order_line.name}")
    claims.money(old.payment, old.amount)
    copied = ("payment", "amount", "currency", "reason", "reason_code", "is_surplus", "shipping", "restock")
    made = Refund.objects.create(replaces=old, actor=actor, **{name: getattr(old, name) for name in copied})
    claims.lines(made, [Part(row.order_line, row.quantity, row.amount) for row in rows])
    orders.note(order=order, code=code, params={"sum": money(made.amount, made.currency)}, actor=actor)
    return made
