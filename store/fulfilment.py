"""From the shelf to the customer: packed, sent in one or several parcels, delivered."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from store import order_notices, orders
from store.errors import StoreError, WrongStatus
from store.models import Carrier, Order, OrderLine, OrderSettings, OrderStatus, Shipment, ShipmentLine
from store.payments import claims
from store.signals import order_delivered, tell

UNDER_WAY = (OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED)
AT_ONCE = 200


def advance(*, order: Order, to: str, actor: str) -> Order:
    """Packed, shipped (all that is left, in one parcel without a number) or delivered."""
    if to == OrderStatus.PACKED:
        return pack(order=order, actor=actor)
    if to == OrderStatus.SHIPPED:
        return ship(order=order, actor=actor).order
    if to == OrderStatus.DELIVERED:
        return deliver(order=order, actor=actor)
    raise StoreError(_("That is not a step of the delivery."))


def pack(*, order: Order, actor: str) -> Order:
    """The goods are taken from the shelf; from now on address and e-mail stay as they are."""
    with transaction.atomic():
        order = orders.locked(order.pk)
        if order.is_to_send:
            check_kept(order)
        orders.move_on(order=order, to=OrderStatus.PACKED, actor=actor)
    return order


def ship(
    *,
    order: Order,
    actor: str,
    lines: Iterable[tuple[int, int]] | None = None,
    carrier: str = "",
    tracking_number: str = "",
    tracking_url: str = "",
    token: str = "",
) -> Shipment:
    """Hand `(order line id, quantity)` pairs, or all that is left, to the carrier; the customer is told.

    The link is made by the carrier's template unless one is given. The order is “on its way” when nothing is left to
    send. The same `token` is the same parcel. Raises WrongStatus, StoreError.
    """
    with transaction.atomic():
        order = orders.locked(order.pk)
        own_token = orders.own_token(order, token)
        if own_token and (made := Shipment.objects.filter(token=own_token, order=order).first()):
            return made
        if not order.is_to_send:
            raise orders.wrong_status(order)
        check_kept(order)
        pieces = pieces_of(order, lines)
        made = Shipment.objects.create(
            order=order,
            actor=actor,
            carrier=carrier.strip()[:60],
            tracking_number=tracking_number.strip()[:80],
            tracking_url=link(carrier, tracking_number, tracking_url),
            token=own_token,
        )
        ShipmentLine.objects.bulk_create(
            ShipmentLine(shipment=made, order_line=line, quantity=quantity) for line, quantity in pieces
        )
        for line, quantity in pieces:
            OrderLine.objects.filter(pk=line.pk).update(shipped=F("shipped") + quantity)
        note_parcel(order, made, actor)
        orders.go_on(order=order, actor=actor)
        orders.mail(order, "order_shipped", {"shipment": str(made.pk)})
        order_notices.tell_customer(order, "shipped")
    return made


def note_parcel(order: Order, made: Shipment, actor: str) -> None:
    """Where everything lies ready the new status says so."""
    if not order.is_pickup:
        code = "parcel_left" if made.carrier or made.tracking_number else "plain_parcel_left"
        orders.note(order=order, code=code, params={"parcel": str(made)}, actor=actor)
    elif any(line.outstanding for line in OrderLine.objects.filter(order=order)):
        orders.note(order=order, code="part_ready", actor=actor)


def check_kept(order: Order) -> None:
    """Nothing leaves whose money has gone, or is going, back."""
    payment = claims.kept_payment(order)
    if payment is not None and payment.received and claims.room(payment) <= 0:
        raise WrongStatus(_("All the money of this order goes back: nothing is to be sent."), order_status=order.status)


def pieces_of(order: Order, lines: Iterable[tuple[int, int]] | None) -> list[tuple[OrderLine, int]]:
    known = {line.pk: line for line in order.lines.all()}
    wanted = {pk: line.outstanding for pk, line in known.items()} if lines is None else dict(lines)
    pieces = []
    for pk, quantity in wanted.items():
        line = known.get(pk)
        if line is None or quantity < 0:
            raise StoreError(_("That is not a line of this order."))
        if quantity > line.outstanding:
            sentence = _("Of “%(name)s” only %(left)d are left to be sent.")
            raise StoreError(sentence % {"name": line.name, "left": line.outstanding})
        if quantity:
            pieces.append((line, quantity))
    if not pieces:
        raise StoreError(_("Choose what is in the parcel."))
    return pieces


def link(carrier: str, number: str, url: str) -> str:
    """The address given, if it is one of the web, else the carrier's own with the number in it."""
    url, number = url.strip(), number.strip()
    if url:
        if urlsplit(url).scheme not in ("http", "https") or len(url) > 500:
            raise StoreError(_("The tracking link must begin with https://."))
        return url
    known = Carrier.objects.filter(name=carrier.strip()).first()
    return known.link(number)[:500] if known else ""


def deliver(*, order: Order, actor: str, shipment: Shipment | None = None, days: int = 0) -> Order:
    """One parcel has arrived, or all of them; the order is delivered with its last. `days`: only counted as such."""
    with transaction.atomic():
        order = orders.locked(order.pk)
        under_way = order.shipments.filter(delivered_at=None)
        arrived = list(under_way if shipment is None else under_way.filter(pk=shipment.pk))
        under_way.filter(pk__in=[parcel.pk for parcel in arrived]).update(delivered_at=timezone.now())
        if order.is_to_send and arrived:
            # Other parcels are still to leave.
            for parcel in arrived:
                orders.note(order=order, code="parcel_arrived", params={"parcel": str(parcel)}, actor=actor)
        elif not order.shipments.filter(delivered_at=None).exists():
            code = "counted_as_delivered" if days else ""
            params = {"days": days} if days else {}
            orders.change_status(order=order, to=OrderStatus.DELIVERED, actor=actor, code=code, params=params)
            tell(order_delivered, order)
            order_notices.tell_customer(order, "delivered")
            if not days:
                orders.mail(order, "order_delivered")
        elif not arrived:
            raise orders.wrong_status(order)
        else:
            for parcel in arrived:
                orders.note(order=order, code="parcel_arrived", params={"parcel": str(parcel)}, actor=actor)
    return order


def deliver_overdue() -> None:
    """Parcels that must have arrived by now, as the shop's setting says; not those that may have been refused."""
    days = OrderSettings.load().delivered_after_days
    if not days:
        return
    before = timezone.now() - timedelta(days=days)
    parcels = Shipment.objects.filter(delivered_at=None, shipped_at__lte=before, order__status__in=UNDER_WAY)
    parcels = parcels.exclude(order__goods_first=True, order__paid_at=None).select_related("order")
    for parcel in parcels.order_by("shipped_at")[:AT_ONCE]:
        deliver(order=parcel.order, actor=orders.SHOP, shipment=parcel, days=days)
