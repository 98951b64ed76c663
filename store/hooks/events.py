"""What is told: found in the shop's own books, so that nothing committed is lost and nothing uncommitted is told.

Orders write every change of status as an `OrderEvent` in the transaction of the change, refunds and stock movements are
rows likewise. The worker looks which of the last days' rows an endpoint has not got yet and stores a delivery for each,
once per endpoint and event id; whoever placed the order waits for none of it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from store.models import (
    HookDelivery,
    HookEndpoint,
    HookEvent,
    Order,
    OrderEvent,
    OrderStatus,
    Refund,
    StockMovement,
    StockSettings,
)
from store.models.order_notes import PAID_AT_HANDOVER

# Far longer than any worker stands still; an endpoint gets nothing from before it was made.
LOOKED_BACK = timedelta(days=3)
AT_ONCE = 500
BY_STATUS = {
    OrderStatus.PLACED: HookEvent.PLACED,
    OrderStatus.PAID: HookEvent.PAID,
    OrderStatus.PACKED: HookEvent.PACKED,
    OrderStatus.SHIPPED: HookEvent.SHIPPED,
    OrderStatus.DELIVERED: HookEvent.DELIVERED,
    OrderStatus.CANCELLED: HookEvent.CANCELLED,
    OrderStatus.EXPIRED: HookEvent.EXPIRED,
}


def collect(now: datetime | None = None) -> int:
    """Store what each active endpoint is to be told; how many deliveries are new. Safe to run side by side."""
    now = now or timezone.now()
    made = 0
    for endpoint in HookEndpoint.objects.filter(active=True):
        since = max(now - LOOKED_BACK, endpoint.created_at)
        rows = [
            HookDelivery(endpoint=endpoint, event_id=event_id, event=event, payload=payload)
            for event_id, event, payload in news(endpoint, since)
        ]
        before = endpoint.deliveries.count()
        HookDelivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=100)
        made += endpoint.deliveries.count() - before
    return made


def news(endpoint: HookEndpoint, since: datetime) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """`(event id, event, payload)` of what it has not got."""
    wanted = set(endpoint.events)
    yield from order_news(endpoint, since, wanted)
    if HookEvent.REFUNDED in wanted:
        yield from refund_news(endpoint, since)
    if HookEvent.STOCK_LOW in wanted:
        yield from stock_news(endpoint, since)


def untold(endpoint: HookEndpoint, prefix: str) -> Combinable:
    """The row has no delivery yet."""
    event_id = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    return ~Exists(HookDelivery.objects.filter(endpoint=endpoint, event_id=event_id))


def order_news(endpoint: HookEndpoint, since: datetime, wanted: set[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    statuses = [status for status, event in BY_STATUS.items() if event in wanted]
    told = Q(to_status__in=statuses)
    if HookEvent.PAID in wanted:
        told |= Q(code=PAID_AT_HANDOVER)
    rows = OrderEvent.objects.filter(untold(endpoint, "order-"), told, at__gte=since)
    for row in rows.select_related("order").prefetch_related("order__lines").order_by("pk")[:AT_ONCE]:
        event = BY_STATUS[OrderStatus(row.to_status)] if row.to_status else HookEvent.PAID
        yield f"order-{row.pk}", event, envelope(event, row.at, {"order": order_data(row.order)})


def refund_news(endpoint: HookEndpoint, since: datetime) -> Iterator[tuple[str, str, dict[str, Any]]]:
    rows = Refund.objects.filter(
        untold(endpoint, "refund-"), created_at__gte=since, status=Refund.Status.SUCCEEDED
    ).select_related("payment__order")
    for row in rows.prefetch_related("payment__order__lines").order_by("pk")[:AT_ONCE]:
        data = {
            "order": order_data(row.payment.order),
            "refund": {"amount": str(row.amount), "currency": row.currency, "reason": row.reason},
        }
        yield f"refund-{row.pk}", HookEvent.REFUNDED, envelope(HookEvent.REFUNDED, row.created_at, data)


def stock_news(endpoint: HookEndpoint, since: datetime) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Movements that took the available pieces from above the threshold to it or below."""
    limit = Coalesce(F("variant__stock__low_at"), Value(StockSettings.load().low_at))
    after = F("on_hand") - F("reserved")
    before = after - F("on_hand_change") + F("reserved_change")
    rows = StockMovement.objects.filter(untold(endpoint, "stock-"), at__gte=since, variant__isnull=False)
    rows = rows.annotate(limit=limit, left=after, had=before).filter(left__lte=F("limit"), had__gt=F("limit"))
    for row in rows.order_by("pk")[:AT_ONCE]:
        data = {"sku": row.sku, "available": row.on_hand - row.reserved, "on_hand": row.on_hand}
        yield f"stock-{row.pk}", HookEvent.STOCK_LOW, envelope(HookEvent.STOCK_LOW, row.at, data)


def envelope(event: str, at: datetime, data: dict[str, Any]) -> dict[str, Any]:
    """Standard Webhooks: type, timestamp, data."""
    return {"type": str(event), "timestamp": at.isoformat(), "data": data}


def order_data(order: Order) -> dict[str, Any]:
    """As the API shows an order, money as decimal strings."""
    return {
        "number": order.number,
        "status": order.status,
        "email": order.email,
        "full_name": order.full_name,
        "currency": order.currency,
        "subtotal": str(order.subtotal),
        "shipping": str(order.shipping),
        "discount": str(order.discount),
        "tax": str(order.tax),
        "total": str(order.total),
        "placed_at": order.placed_at.isoformat(),
        "paid_at": order.paid_at.isoformat() if order.paid_at else None,
        "lines": [
            {
                "sku": line.sku,
                "name": line.name,
                "quantity": line.quantity,
                "price": str(line.price),
                "total": str(line.total),
            }
            for line in order.lines.all()
        ],
    }
