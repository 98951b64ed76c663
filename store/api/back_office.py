"""What staff read: customers and sales."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema
from wagtail.log_actions import log

from api.auth import user as logged_in
from api.paging import PageQuery, page
from store import customer_records, orders, periods, phone_orders, sales
from store.api.checkout import AddressIn, checkout_token
from store.api.orders import OrderSummary
from store.customers import Customer
from store.models import CustomerNote, CustomerRecord
from store.phone_orders import Discount

router = Router(tags=["back office"])


class CustomerOut(Schema):
    """`spent` is what was paid less what was given back; `has_account` only for a confirmed address."""

    email: str
    full_name: str
    country: str
    has_account: bool
    orders: int
    paid_orders: int
    spent: Decimal
    first_paid_at: datetime | None
    last_order_at: datetime

    @staticmethod
    def resolve_has_account(record: CustomerRecord) -> bool:
        return record.user_id is not None


class CustomerPage(Schema):
    items: list[CustomerOut]
    next_cursor: str | None


class CustomersQuery(PageQuery):
    """`sort`: whoever ordered last, or spent most, comes first."""

    q: str = ""
    sort: Literal["recent", "spent"] = "recent"


class NoteOut(Schema):
    text: str
    created_at: datetime
    author: str

    @staticmethod
    def resolve_author(note: CustomerNote) -> str:
        return note.author.email if note.author else ""


class CustomerDetail(CustomerOut):
    """The newest 50 orders."""

    order_list: list[OrderSummary]
    notes: list[NoteOut]


class FiguresOut(Schema):
    """`conversion` is the per cent of filled carts that became a paid order."""

    revenue: Decimal
    orders: int
    average: Decimal
    refunds: Decimal
    net: Decimal
    carts: int
    placed: int
    paid: int
    conversion: Decimal
    new_customers: int
    returning_customers: int


class DayOut(Schema):
    day: date
    revenue: Decimal
    orders: int


class SellerOut(Schema):
    sku: str
    name: str
    quantity: int
    revenue: Decimal


class SalesOut(Schema):
    """Days are those of the shop's time zone; `before` is as many days right before."""

    start: date
    end: date
    currency: str
    figures: FiguresOut
    before: FiguresOut
    days: list[DayOut]
    best_sellers: list[SellerOut]


class SalesQuery(Schema):
    """`days` up to today, or from `start` until `end`; the last 30 days without either."""

    days: int | None = None
    start: date | None = None
    end: date | None = None


class NoteIn(Schema):
    text: str = Field(min_length=1, max_length=2000)


class GoodIn(Schema):
    sku: str
    quantity: int = 1


class DiscountIn(Schema):
    amount: Decimal = Field(gt=0, max_digits=10, decimal_places=2)
    reason: str = Field(min_length=1, max_length=60)


class PhoneOrderIn(Schema):
    """`hold_days` keeps the goods, at most 30 days; `discount` is staff's own, instead of a coupon."""

    goods: list[GoodIn] = Field(min_length=1, max_length=phone_orders.MOST_LINES)
    email: str
    full_name: str
    phone: str = ""
    address: AddressIn
    shipping_method: str
    payment: str
    hold_days: int = Field(3, ge=1, le=phone_orders.LONGEST_HOLD)
    language: Literal["en", "ru"] = "en"
    coupon: str = ""
    discount: DiscountIn | None = None


class PhoneOrderOut(Schema):
    """`url` is the link that was mailed to the customer."""

    number: str
    status: str
    total: Decimal
    currency: str
    expires_at: datetime
    url: str


def allow(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


@router.get("/customers", response=CustomerPage, auth=logged_in)
def list_customers(request: HttpRequest, query: Query[CustomersQuery]) -> Any:
    """Staff: everybody who has ordered, guests too."""
    allow(request, "store.view_customerrecord")
    customer_records.catch_up()
    order = ("-spent", "-pk") if query.sort == "spent" else ("-last_order_at", "-pk")
    rows = customer_records.search(CustomerRecord.objects.all(), query.q)
    items, cursor = page(rows, order=order, cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/customers/{email}", response=CustomerDetail, auth=logged_in)
def get_customer(request: HttpRequest, email: str) -> Any:
    """Staff: one of them, with orders and notes."""
    allow(request, "store.view_customerrecord")
    email = email.strip().lower().replace("\x00", "")
    customer_records.refresh([email])
    record = CustomerRecord.objects.filter(email=email).first()
    if record is None:
        raise Http404
    record.order_list = list(customer_records.orders_of(record)[:50])  # type: ignore[attr-defined]
    record.notes = list(  # type: ignore[attr-defined]
        CustomerNote.objects.filter(email=email).select_related("author")
    )
    return record


@router.get("/reports/sales", response=SalesOut, auth=logged_in)
def sales_report(request: HttpRequest, query: Query[SalesQuery]) -> Any:
    """Staff who may see revenue: the figures of the dashboard."""
    allow(request, "store.view_sales")
    if query.days is not None:
        period = periods.last(min(max(query.days, 1), periods.LONGEST))
    else:
        period = periods.between(query.start, query.end)
    report = sales.report(period)
    return {
        "start": period.start,
        "end": period.end,
        "currency": settings.STORE_CURRENCY,
        "figures": report.now,
        "before": report.before,
        "days": report.days,
        "best_sellers": report.sellers,
    }


@router.post("/customers/{email}/notes", response={201: NoteOut}, auth=logged_in)
def add_note(request: HttpRequest, email: str, payload: NoteIn) -> Any:
    """Staff: write something down about a customer."""
    allow(request, "store.add_customernote")
    record = CustomerRecord.objects.filter(email=email.strip().lower().replace("\x00", "")).first()
    if record is None:
        raise Http404
    return 201, customer_records.add_note(record=record, text=payload.text, author=request.user)


@router.post("/phone-orders", response={201: PhoneOrderOut}, auth=logged_in)
def place_phone_order(request: HttpRequest, payload: PhoneOrderIn) -> Any:
    """Staff: order for a customer, who gets a link to pay by mail. The same Idempotency-Key lands on the same order."""
    allow(request, "store.process_order")
    order = phone_orders.place(
        goods=[(good.sku.replace("\x00", ""), good.quantity) for good in payload.goods],
        customer=Customer(
            email=payload.email, full_name=payload.full_name, phone=payload.phone, **payload.address.dict()
        ),
        shipping_method=payload.shipping_method,
        payment=payload.payment,
        staff=request.user,
        token=checkout_token(request),
        hold_days=payload.hold_days,
        language=payload.language,
        coupon=payload.coupon,
        discount=Discount(payload.discount.amount, payload.discount.reason) if payload.discount else None,
    )
    log(order, "store.phone_order", user=request.user, data={"number": order.number, "total": str(order.total)})
    return 201, {
        "number": order.number,
        "status": order.status,
        "total": order.total,
        "currency": order.currency,
        "expires_at": order.expires_at,
        "url": orders.link(order),
    }
