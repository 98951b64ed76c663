"""What the shop has sold: the figures of a period, worked out from the orders and kept for a minute.

Revenue counts an order on the day its payment arrived, and a refund on the day it was given back.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from company.money import round_money
from store import customer_records, order_search
from store.models import (
    Cart,
    CartLine,
    CustomerRecord,
    Order,
    OrderLine,
    OrderStatus,
    Refund,
)
from store.periods import DAY, Period

SECONDS = 60
BEST = 10
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Figures:
    """Money in the shop's currency. `carts` were filled in the period, `placed` of them ordered, `paid` of those."""

    revenue: Decimal
    orders: int
    refunds: Decimal
    refund_count: int
    new_customers: int
    returning_customers: int
    carts: int
    placed: int
    paid: int

    @property
    def net(self) -> Decimal:
        return self.revenue - self.refunds

    @property
    def average(self) -> Decimal:
        return round_money(self.revenue / self.orders) if self.orders else NOTHING

    @property
    def conversion(self) -> Decimal:
        """Per cent of the carts that became a paid order."""
        return (Decimal(100 * self.paid) / self.carts).quantize(Decimal("0.1")) if self.carts else NOTHING


@dataclass(frozen=True)
class Day:
    day: date
    revenue: Decimal
    orders: int


@dataclass(frozen=True)
class Seller:
    sku: str
    name: str
    quantity: int
    revenue: Decimal


@dataclass(frozen=True)
class Report:
    period: Period
    now: Figures
    before: Figures
    days: list[Day]
    days_before: list[Day]
    sellers: list[Seller]


def report(period: Period) -> Report:
    """Everything about a period and the one before; at most a minute old."""
    key = f"sales:{settings.STORE_CURRENCY}:{period.key}"
    found: Report | None = caches["local"].get(key)
    if found is None:
        customer_records.catch_up()
        found = Report(
            period=period,
            now=figures(period),
            before=figures(period.before),
            days=days(period),
            days_before=days(period.before),
            sellers=best_sellers(period),
        )
        caches["local"].set(key, found, SECONDS)
    return found


def paid_in(period: Period) -> QuerySet[Order]:
    return Order.objects.order_by().filter(
        paid_at__gte=period.begins, paid_at__lt=period.ends, currency=settings.STORE_CURRENCY
    )


def figures(period: Period) -> Figures:
    sold = paid_in(period).aggregate(
        revenue=Coalesce(Sum("total"), NOTHING), orders=Count("pk"), customers=Count("email", distinct=True)
    )
    # What came in beside an order's own payment (late, double) was no revenue: its way back is no loss either.
    back = Refund.objects.filter(
        status=Refund.Status.SUCCEEDED,
        created_at__gte=period.begins,
        created_at__lt=period.ends,
        currency=settings.STORE_CURRENCY,
        is_surplus=False,
    ).aggregate(total=Coalesce(Sum("amount"), NOTHING), count=Count("pk"))
    new = CustomerRecord.objects.filter(first_paid_at__gte=period.begins, first_paid_at__lt=period.ends).count()
    placed = Order.objects.order_by().filter(placed_at__gte=period.begins, placed_at__lt=period.ends)
    ordered = placed.aggregate(all=Count("pk"), paid=Count("pk", filter=Q(paid_at__isnull=False)))
    lines = CartLine.objects.filter(cart=OuterRef("pk"))
    left = Cart.objects.filter(Exists(lines), updated__gte=period.begins, updated__lt=period.ends).count()
    return Figures(
        revenue=round_money(sold["revenue"]),
        orders=sold["orders"],
        refunds=round_money(back["total"]),
        refund_count=back["count"],
        new_customers=min(new, sold["customers"]),
        returning_customers=max(sold["customers"] - new, 0),
        carts=left + ordered["all"],
        placed=ordered["all"],
        paid=ordered["paid"],
    )


def days(period: Period) -> list[Day]:
    """Every day of the period, those without a sale too."""
    zone = timezone.get_default_timezone()
    rows = (
        paid_in(period)
        .annotate(day=TruncDate("paid_at", tzinfo=zone))
        .values("day")
        .annotate(revenue=Sum("total"), number=Count("pk"))
    )
    found = {row["day"]: (round_money(row["revenue"]), row["number"]) for row in rows}
    every = (period.start + number * DAY for number in range(period.days))
    return [Day(day, *found.get(day, (NOTHING, 0))) for day in every]


def best_sellers(period: Period, count: int = BEST) -> list[Seller]:
    """By what they brought in; goods of orders that were given back as a whole are left out."""
    orders = paid_in(period).exclude(status=OrderStatus.REFUNDED)
    rows = (
        OrderLine.objects.order_by()
        .filter(order__in=orders)
        .values("sku")
        .annotate(label=Max("name"), pieces=Sum("quantity"), revenue=Sum("total"))
        .order_by("-revenue", "sku")[:count]
    )
    return [Seller(row["sku"], row["label"], row["pieces"], round_money(row["revenue"])) for row in rows]


def waiting() -> dict[str, int]:
    """What staff have to do now: orders to pack, money to collect, and orders that need attention."""
    found: dict[str, int] | None = caches["local"].get("sales:waiting")
    if found is None:
        rows = Order.objects.order_by()
        found = {
            "to_pack": rows.to_pack().count(),
            "to_collect": rows.to_collect().count(),
            "attention": order_search.needing_attention(rows).count(),
        }
        caches["local"].set("sales:waiting", found, 20)
    return found


def change(now: Any, before: Any) -> int | None:
    """By how many per cent a figure has grown; None where there was nothing before."""
    return round(100 * (now - before) / before) if before else None
