"""An order's life after it was placed: its statuses, who may see it, its timeline."""

import secrets
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from store import coupons, order_notices, stock
from store.errors import WrongStatus
from store.models import Order, OrderEvent, OrderLine, OrderStatus
from store.models.order_notes import INTERNAL, PAID_AT_HANDOVER, money
from store.signals import order_cancelled, order_paid, order_refunded, order_shipped, tell

SHOP = ""
GATEWAY = "gateway"


def locked(order_id: int) -> Order:
    """The order, for the one who changes it now: the row lock behind which all its money is settled.

    SQLite ignores FOR UPDATE, but its transactions are IMMEDIATE: there the whole database is ours already.
    """
    return Order.objects.select_for_update().get(pk=order_id)


def change_status(
    *, order: Order, to: str, actor: str = SHOP, code: str = "", params: dict[str, Any] | None = None, **fields: Any
) -> None:
    """Move the order along the table of transitions and write it down. Raises WrongStatus.

    The condition is in the UPDATE itself: of two callers who both saw the old status one is refused.
    """
    before = order.status
    allowed = order.can_become(to)
    if not allowed or not Order.objects.filter(pk=order.pk, status=before).update(status=to, **fields):
        raise wrong_status(order)
    order.status = to
    for name, value in fields.items():
        setattr(order, name, value)
    write(order=order, from_status=before, to_status=to, actor=actor, code=code, params=params)


def wrong_status(order: Order) -> WrongStatus:
    return WrongStatus(
        _("This order is “%(status)s”, so that cannot be done.") % {"status": order.get_status_display()},
        order_status=order.status,
    )


def note(
    *, order: Order, text: str = "", code: str = "", params: dict[str, Any] | None = None, actor: str = SHOP
) -> None:
    """Write something into the timeline that changes no status: a sentence of `order_notes`, or somebody's words."""
    write(order=order, actor=actor, note=text, code=code, params=params)


def write(*, order: Order, code: str = "", params: dict[str, Any] | None = None, **fields: Any) -> OrderEvent:
    internal = fields.pop("internal", code in INTERNAL)
    return OrderEvent.objects.create(order=order, code=code, params=params or {}, internal=internal, **fields)


def mark_paid(*, order: Order, actor: str = GATEWAY, code: str = "") -> None:
    """The money is here: the goods leave the stock's books, unless they went first. Call it behind `locked`; only
    `settle` does."""
    with transaction.atomic():
        if order.is_owed and order.status != OrderStatus.PLACED:
            order.paid_at = timezone.now()
            order.save(update_fields=["paid_at"])
            note(order=order, code=PAID_AT_HANDOVER, params={"sum": money(order.total, order.currency)}, actor=actor)
        else:
            change_status(order=order, to=OrderStatus.PAID, actor=actor, code=code, paid_at=timezone.now())
            take_from_stock(order, actor)
        tell(order_paid, order)
        order_notices.tell_customer(order, "paid")
        mail(order, "order_paid")


def take_from_stock(order: Order, actor: str) -> None:
    if order.items:
        stock.commit(items=order.items, order=order, actor=actor)


def move_on(*, order: Order, to: str, actor: str) -> None:
    """A step of the delivery. The first one of an unpaid order takes its goods out of the stock's books."""
    if order.status == OrderStatus.PLACED and order.can_become(to):
        take_from_stock(order, actor)
    change_status(order=order, to=to, actor=actor)


def cancel(*, order: Order, actor: str = SHOP) -> Order:
    """Call off an unpaid order: its goods are free again, and its open payments are closed at the gateway."""
    with transaction.atomic():
        order = locked(order.pk)
        if order.status != OrderStatus.PLACED:
            raise wrong_status(order)
        change_status(order=order, to=OrderStatus.CANCELLED, actor=actor)
        give_back(order, actor)
        tell(order_cancelled, order)
        transaction.on_commit(lambda: async_task("store.tasks.close_payments", order.pk))
    return order


def give_back(order: Order, actor: str = SHOP) -> None:
    if order.items:
        stock.release(items=order.items, order=order, actor=actor)
    coupons.release(order=order)


def mark_refunded(*, order: Order, actor: str = SHOP, code: str = "", restock: bool = True) -> None:
    """All its money went back. Goods that had not left stand on the shelf again. Call it behind `locked`."""
    with transaction.atomic():
        change_status(order=order, to=OrderStatus.REFUNDED, actor=actor, code=code)
        left = [(line, line.outstanding) for line in order.lines.all() if line.outstanding]
        if restock:
            put_back(order=order, pieces=left, actor=actor)
        order.lines.update(called_off=F("quantity") - F("shipped"), refunded=F("quantity"))
        tell(order_refunded, order)


def put_back(*, order: Order, pieces: Iterable[tuple[OrderLine, int]], actor: str = SHOP) -> None:
    """Goods of the order stand on the shelf again; no piece twice."""
    items = []
    for line, wanted in pieces:
        quantity = min(wanted, line.quantity - line.restocked)
        if quantity > 0:
            OrderLine.objects.filter(pk=line.pk).update(restocked=F("restocked") + quantity)
            line.restocked += quantity
            if line.variant_id:
                items.append((line.variant_id, quantity))
    if items:
        stock.put_back(items=items, order=order, actor=actor)


def go_on(*, order: Order, actor: str) -> None:
    """The step that follows when a parcel has left, or what was still to be sent is called off."""
    lines = list(OrderLine.objects.filter(order=order))
    if not any(line.shipped for line in lines):
        return
    if not any(line.outstanding for line in lines):
        move_on(order=order, to=OrderStatus.SHIPPED, actor=actor)
        tell(order_shipped, order)
    elif order.status != OrderStatus.PACKED:
        move_on(order=order, to=OrderStatus.PACKED, actor=actor)


def mail(order: Order, kind: str, extra: dict[str, str] | None = None) -> None:
    """Have the worker write to the customer once all of this is true."""
    transaction.on_commit(lambda: async_task("store.tasks.mail_order", order.pk, kind, extra or {}))


def link(order: Order) -> str:
    """Where the customer sees the order, from anywhere, in its language: with the guest's token."""
    with translation.override(order.language):
        return f"{settings.SITE_URL}{order.get_absolute_url()}?token={order.token}"


def find(*, number: str, user: Any = None, token: str = "", cart_key: str = "") -> Order | None:
    """The order, for its customer: by account, by its token (the one in its mails), or by the visitor's cart. None
    for anybody else, as for a number that does not exist."""
    if not number.isascii() or not number.isprintable():
        return None
    order = Order.objects.select_related("cart").filter(number=number.upper()).first()
    if order is None:
        return None
    is_owner = user is not None and user.is_authenticated and order.user_id == user.pk
    by_token = bool(token) and secrets.compare_digest(token.encode(), order.token.encode())
    by_cart = bool(cart_key) and order.cart is not None and order.cart.user_id is None and order.cart.key == cart_key
    return order if is_owner or by_token or by_cart else None


def of(user: Any) -> QuerySet[Order]:
    """The account's orders, the newest first."""
    return Order.objects.filter(user=user).order_by("-placed_at", "-pk")


def claim(*, user: Any, email: str) -> int:
    """The orders that were placed under a confirmed address without an account become the account's; how many."""
    return Order.objects.filter(user=None, email=email.strip().lower()).update(user=user)


def claim_confirmed(*, user: Any) -> int:
    """The same for every address that the account has confirmed; how many."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sum(claim(user=user, email=email) for email in confirmed)


def request_link(*, number: str, email: str) -> None:
    """Mail the order's link to its customer, if number and address belong together; says nothing either way."""
    number, email = number.strip().upper(), email.strip().lower()
    if "\x00" in number + email:
        return
    order = Order.objects.filter(number=number, email=email).first()
    if order is not None:
        mail(order, "order_link")


def own_token(order: Order, token: str) -> str | None:
    """What tells a repeated call, as the database keeps it: two orders may be given the same one. None without."""
    return blake2b(f"{order.pk}:{token}".encode(errors="replace"), digest_size=32).hexdigest() if token else None
