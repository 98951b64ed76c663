"""Orders, for their customers and for staff."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from store import cancelling, fulfilment, order_search, orders, periods
from store.api.callers import PROCESS, order_of
from store.api.checkout import PaymentOut, start_payment
from store.errors import UnknownGateway
from store.models import Order, OrderStatus, PaymentStatus
from store.payments import gateways, sandbox_cards, starting

router = Router(tags=["orders"])


class LineOut(Schema):
    sku: str
    name: str
    quantity: int
    price: Decimal
    total: Decimal
    shipped: int
    refunded: int


class ParcelOut(Schema):
    carrier: str
    tracking_number: str
    tracking_url: str
    shipped_at: datetime
    delivered_at: datetime | None


class EventOut(Schema):
    """`status` is the one the order went into; empty where only something is noted."""

    at: datetime
    status: str
    note: str


class AddressOut(Schema):
    line1: str
    line2: str
    city: str
    region: str
    postal_code: str
    country: str


class OrderSummary(Schema):
    number: str
    status: str
    total: Decimal
    currency: str
    placed_at: datetime


class OrderOut(OrderSummary):
    email: str
    full_name: str
    phone: str
    address: AddressOut
    lines: list[LineOut]
    subtotal: Decimal
    shipping: Decimal
    tax: Decimal
    tax_included: bool
    discount: Decimal
    coupon_code: str
    pickup_at: str
    refunded: Decimal
    shipments: list[ParcelOut]
    shipping_method: str
    gateway: str
    goods_first: bool
    to_collect: Decimal
    paid_at: datetime | None
    expires_at: datetime
    timeline: list[EventOut]

    @staticmethod
    def resolve_address(order: Order) -> Order:
        return order

    @staticmethod
    def resolve_shipping_method(order: Order) -> str:
        return order.shipping_code

    @staticmethod
    def resolve_timeline(order: Order, context: Any) -> list[dict[str, Any]]:
        """What is for staff only is shown to staff only."""
        is_staff = context["request"].user.has_perm("store.view_order")
        events = [event for event in order.events.all() if is_staff or not event.internal]
        return [{"at": event.at, "status": event.to_status, "note": event.text} for event in events]


class OrderPage(Schema):
    items: list[OrderSummary]
    next_cursor: str | None


class OrdersQuery(PageQuery):
    """`everybody` is for staff; others see their own. For staff, too: `q` searches number, e-mail, name, telephone and
    SKU, `attention` leaves those that need somebody, `to_collect` those whose money a courier or the desk takes; days
    are those of the shop's time zone."""

    everybody: bool = False
    status: str = ""
    q: str = ""
    attention: bool = False
    to_collect: bool = False
    country: str = ""
    placed_from: date | None = None
    placed_until: date | None = None


class CardIn(Schema):
    """`confirmed` answers the 3-D Secure question of the card that asks it."""

    card: str
    confirmed: bool | None = None


class PaidOut(Schema):
    status: Literal["paid", "failed", "requires_action", "processing"]


class GatewayIn(Schema):
    payment: str = ""


class StepIn(Schema):
    status: Literal["packed", "shipped", "delivered"]


@router.get("/orders", response=OrderPage, auth=logged_in)
def list_orders(request: HttpRequest, query: Query[OrdersQuery]) -> Any:
    """One's own orders, the newest first; for staff everybody's."""
    if query.everybody and not request.user.has_perm("store.view_order"):
        raise PermissionDenied
    rows: Any = Order.objects.all() if query.everybody else orders.of(request.user)
    if query.status:
        rows = rows.filter(status=query.status.replace("\x00", ""))
    if query.country:
        rows = rows.filter(country=query.country.replace("\x00", "").upper())
    if query.placed_from:
        rows = rows.filter(placed_at__gte=periods.moment(max(query.placed_from, periods.EARLIEST)))
    if query.placed_until:
        rows = rows.filter(placed_at__lt=periods.moment(min(query.placed_until, periods.today()) + periods.DAY))
    if query.everybody and query.attention:
        rows = order_search.needing_attention(rows)
    if query.everybody and query.to_collect:
        rows = rows.to_collect()
    rows = order_search.search(rows, query.q)
    items, cursor = page(rows, order=("-placed_at", "-pk"), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/orders/{number}", response=OrderOut)
def get_order(request: HttpRequest, number: str, token: str = "") -> Any:
    """Guests: with the `X-Cart` of the purchase, or the order's token."""
    return order_of(request, number, token)


@router.post("/orders/{number}/pay", response=PaidOut)
def pay(request: HttpRequest, number: str, payload: CardIn, token: str = "") -> Any:
    """Pay with a test card. Exists only where the test gateway does."""
    order = order_of(request, number, token, staff=PROCESS)
    if order.is_paid:
        return {"status": "paid"}
    try:
        gateways.offered("test")
    except UnknownGateway as error:
        raise Http404 from error
    payment = starting.start(order=order, gateway="test")
    status = sandbox_cards.pay(payment=payment, card=payload.card, confirmed=payload.confirmed)
    return {"status": "paid" if status == PaymentStatus.SUCCEEDED else status}


@router.post("/orders/{number}/payment", response=PaymentOut)
def start_again(request: HttpRequest, number: str, payload: GatewayIn | None = None, token: str = "") -> Any:
    """Where to pay an order that is not paid yet; `payment` may name another way than before."""
    order = order_of(request, number, token, staff=PROCESS)
    if payload and payload.payment:
        order.gateway = gateways.offered(payload.payment, gateways.purchase_of(order)).code
    return start_payment(order)


@router.post("/orders/{number}/cancel", response=OrderOut)
def cancel(request: HttpRequest, number: str, token: str = "") -> Any:
    """Call off an order that is not packed; staff also one that was to be paid at handover and came back. What was
    paid goes back."""
    order = order_of(request, number, token, staff=PROCESS)
    is_staff = request.user.has_perm("store.process_order") and order.user_id != request.user.pk
    if is_staff and order.status == OrderStatus.PAID and not request.user.has_perm("store.refund_order"):
        raise PermissionDenied
    return cancelling.call_off(order=order, actor=actor(request) or order.email, by_customer=not is_staff)


@router.post("/orders/{number}/advance", response=OrderOut, auth=logged_in)
def advance(request: HttpRequest, number: str, payload: StepIn) -> Any:
    """Staff: packed, shipped, delivered."""
    order = order_for_staff(request, number, "store.process_order")
    return fulfilment.advance(order=order, to=OrderStatus(payload.status), actor=actor(request))


@router.post("/orders/{number}/mark-paid", response=OrderOut, auth=logged_in)
def mark_paid(request: HttpRequest, number: str) -> Any:
    """Staff: the money is there, on the account, from the courier or at the desk."""
    order = order_for_staff(request, number, "store.process_order")
    starting.paid_by_hand(order=order, actor=actor(request))
    order.refresh_from_db()
    return order


def order_for_staff(request: HttpRequest, number: str, permission: str) -> Order:
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return order_of(request, number)


def actor(request: HttpRequest) -> str:
    return str(getattr(request.user, "email", ""))
