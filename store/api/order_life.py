"""After payment: parcels, refunds, notes, returns, the same again."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from store import corrections, fulfilment, reordering, returns
from store.api.callers import cart_to_change, order_of
from store.api.orders import OrderOut, actor, order_for_staff
from store.errors import StoreError
from store.models import Order, Refund, Return
from store.payments import refunds

router = Router(tags=["orders"])
Money = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class PiecesIn(Schema):
    sku: str = Field(max_length=64)
    quantity: int = Field(ge=1, le=1_000_000)


class ParcelIn(Schema):
    """Without `lines`: all that is left. Without `tracking_url`: the carrier's own page. `token` as in refunds."""

    lines: list[PiecesIn] | None = Field(default=None, max_length=1000)
    carrier: str = Field(default="", max_length=60)
    tracking_number: str = Field(default="", max_length=80)
    tracking_url: str = Field(default="", max_length=500)
    token: str = Field(default="", max_length=200)


class RefundIn(Schema):
    """Lines and delivery, or a free `amount`; nothing of them: all that is left. A call with the same `token` (or the
    same Idempotency-Key, where there is no token) is the same refund, however often it is sent."""

    lines: list[PiecesIn] = Field(default=[], max_length=1000)
    shipping: Money = Decimal(0)
    amount: Money | None = None
    restock: bool = True
    reason: str = Field(default="", max_length=200)
    token: str = Field(default="", max_length=200)


class RefundOut(Schema):
    """`status`: pending until the gateway has taken it, then succeeded or failed."""

    id: int
    amount: Decimal
    currency: str
    shipping: Decimal
    status: str
    reason: str
    error: str
    actor: str
    lines: list["RefundLineOut"]
    created_at: datetime

    @staticmethod
    def resolve_reason(row: Any) -> str:
        return str(row.why)


class RefundLineOut(Schema):
    sku: str
    quantity: int
    amount: Decimal

    @staticmethod
    def resolve_sku(row: Any) -> str:
        return str(row.order_line.sku)


class RefundList(Schema):
    items: list[RefundOut]


class NoteIn(Schema):
    text: str = Field(max_length=2000)
    to_customer: bool = False


class ReturnIn(Schema):
    lines: list[PiecesIn] = Field(max_length=1000)
    reason: str = Field(max_length=1000)


class StepIn(Schema):
    """`answer` is for the customer (approve, refuse), `restock` for receive, `shipping` for refund."""

    answer: str = Field(default="", max_length=1000)
    restock: bool = True
    shipping: Money = Decimal(0)


class ReturnLineOut(Schema):
    sku: str
    quantity: int

    @staticmethod
    def resolve_sku(row: Any) -> str:
        return str(row.order_line.sku)


class ReturnOut(Schema):
    id: int
    order: str
    status: str
    reason: str
    answer: str
    lines: list[ReturnLineOut]
    requested_at: datetime

    @staticmethod
    def resolve_order(wish: Return) -> str:
        return wish.order.number


class ReturnPage(Schema):
    items: list[ReturnOut]
    next_cursor: str | None


class ReturnsQuery(PageQuery):
    status: Literal["", "requested", "approved", "received", "refunded", "refused"] = ""


class AgainOut(Schema):
    """The cart's new lines, and what the customer should know of the others."""

    added: list[str]
    notes: list[str]


def pieces(order: Order, rows: list[PiecesIn]) -> list[tuple[int, int]]:
    known = dict(order.lines.values_list("sku", "pk"))
    if unknown := [row.sku for row in rows if row.sku not in known]:
        raise StoreError(_("This order has no “%(sku)s”.") % {"sku": unknown[0]}, sku=unknown[0])
    return [(known[row.sku], row.quantity) for row in rows]


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


@router.post("/orders/{number}/refund", response=OrderOut, auth=logged_in)
def refund(request: HttpRequest, number: str, payload: RefundIn | None = None) -> Any:
    """Staff: give money back, in part or all. The order is `refunded` once the gateway has given all of it."""
    order = order_for_staff(request, number, "store.refund_order")
    data = payload or RefundIn()
    token = token_of(request, data.token)
    if not data.lines and not data.shipping and data.amount is None:
        refunds.refund_order(order=order, actor=actor(request), reason=data.reason, restock=data.restock, token=token)
        return fresh(order)
    refunds.refund(
        order=order,
        lines=pieces(order, data.lines),
        shipping=data.shipping,
        amount=data.amount,
        restock=data.restock,
        reason=data.reason,
        actor=actor(request),
        token=token,
    )
    return fresh(order)


@router.get("/orders/{number}/refunds", response=RefundList, auth=logged_in)
def list_refunds(request: HttpRequest, number: str) -> Any:
    """Staff: the newest first."""
    order = order_for_staff(request, number, "store.view_payment")
    rows = Refund.objects.filter(payment__order=order).prefetch_related("lines__order_line")
    return {"items": rows.order_by("-pk")[:500]}


def token_of(request: HttpRequest, given: str) -> str:
    return given or request.headers.get("Idempotency-Key", "")


@router.post("/orders/{number}/shipments", response={201: OrderOut}, auth=logged_in)
def ship(request: HttpRequest, number: str, payload: ParcelIn | None = None) -> Any:
    """Staff: a parcel has left; the customer gets the link."""
    order = order_for_staff(request, number, "store.process_order")
    data = payload or ParcelIn()
    fulfilment.ship(
        order=order,
        actor=actor(request),
        lines=None if data.lines is None else pieces(order, data.lines),
        carrier=data.carrier,
        tracking_number=data.tracking_number,
        tracking_url=data.tracking_url,
        token=token_of(request, data.token),
    )
    return 201, fresh(order)


@router.post("/orders/{number}/notes", response={201: OrderOut}, auth=logged_in)
def write(request: HttpRequest, number: str, payload: NoteIn) -> Any:
    """Staff: a note for themselves, or by mail for the customer."""
    order = order_for_staff(request, number, "store.process_order")
    corrections.write(order=order, text=payload.text, to_customer=payload.to_customer, actor=actor(request))
    return 201, fresh(order)


@router.post("/orders/{number}/return", response={201: ReturnOut})
def ask_return(request: HttpRequest, number: str, payload: ReturnIn, token: str = "") -> Any:
    """Ask to send something back."""
    order = order_of(request, number, token, staff="store.process_return")
    lines = pieces(order, payload.lines)
    return 201, returns.ask(order=order, lines=lines, reason=payload.reason, actor=actor(request) or order.email)


@router.post("/orders/{number}/reorder", response=AgainOut)
def reorder(request: HttpRequest, response: HttpResponse, number: str, token: str = "") -> Any:
    """The same goods into the cart."""
    order = order_of(request, number, token)
    found = reordering.reorder(order=order, cart=cart_to_change(request, response))
    return {"added": [line.sku for line in found.added], "notes": reordering.sentences(found, order.currency)}


@router.get("/returns", response=ReturnPage, auth=logged_in)
def list_returns(request: HttpRequest, query: Query[ReturnsQuery]) -> Any:
    """Staff: the newest first."""
    if not request.user.has_perm("store.view_return"):
        raise PermissionDenied
    rows = Return.objects.select_related("order").prefetch_related("lines__order_line")
    if query.status:
        rows = rows.filter(status=query.status)
    items, cursor = page(rows, order=("-pk",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/returns/{int:pk}/{step}", response=ReturnOut, auth=logged_in)
def step(
    request: HttpRequest,
    pk: int,
    step: Literal["approve", "refuse", "receive", "refund"],
    payload: StepIn | None = None,
) -> Any:
    """Staff: one step of a return."""
    permission = "store.refund_order" if step == "refund" else "store.process_return"
    if not request.user.has_perm(permission):
        raise PermissionDenied
    wish = Return.objects.filter(pk=pk).first() if pk < 2**63 else None
    if wish is None:
        raise Http404
    data, by = payload or StepIn(), actor(request)
    if step == "approve":
        return returns.approve(goods_return=wish, actor=by, answer=data.answer)
    if step == "refuse":
        return returns.refuse(goods_return=wish, actor=by, answer=data.answer)
    if step == "receive":
        return returns.receive(goods_return=wish, actor=by, restock=data.restock)
    return returns.give_back(goods_return=wish, actor=by, shipping=data.shipping)
