"""Orders as tables, one row per order or one per line; the columns are told of in docs/back-office.md."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet, Sum

from store.models import Order, OrderLine, Refund
from store.models.payments import PaymentStatus

AT_ONCE = 1000

ORDER_FIELDS = (
    "number",
    "status",
    "placed_at",
    "paid_at",
    "email",
    "full_name",
    "phone",
    "line1",
    "line2",
    "city",
    "region",
    "postal_code",
    "country",
    "language",
    "currency",
    "subtotal",
    "shipping",
    "discount",
    "tax",
    "total",
)
ORDER_HEADING = (*ORDER_FIELDS, "refunded", "shipping_method", "payment", "payment_reference", "items")
LINE_HEADING = (
    "number",
    "status",
    "placed_at",
    "paid_at",
    "email",
    "country",
    "sku",
    "name",
    "quantity",
    "price",
    "total",
    "currency",
)


def batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """The rows by falling key, some at a time, each batch seeking from where the last one ended.

    One statement after the other, so that neither a cursor nor a transaction stays open while a slow browser reads,
    and memory holds one batch.
    """
    rows = rows.order_by("-pk")
    batch = list(rows[:AT_ONCE])
    while batch:
        yield batch
        batch = list(rows.filter(pk__lt=last_key(batch))[:AT_ONCE])


def last_key(batch: list[Model]) -> Any:
    return batch[-1].pk


def order_rows(rows: QuerySet[Order]) -> Iterator[tuple[Any, ...]]:
    yield ORDER_HEADING
    for batch in batches(rows):
        keys = [order.pk for order in batch]
        given = refunded(keys)
        pieces = dict(
            OrderLine.objects.filter(order__in=keys).order_by().values_list("order_id").annotate(pieces=Sum("quantity"))
        )
        references = charges(keys)
        for order in batch:
            yield (
                *(getattr(order, name) for name in ORDER_FIELDS),
                given.get(order.pk, Decimal(0)),
                order.shipping_code,
                order.gateway,
                references.get(order.pk, ""),
                pieces.get(order.pk, 0),
            )


def line_rows(rows: QuerySet[Order]) -> Iterator[tuple[Any, ...]]:
    yield LINE_HEADING
    for batch in batches(rows):
        by_key = {order.pk: order for order in batch}
        # In the orders' own sequence.
        lines = OrderLine.objects.filter(order__in=by_key).order_by("-order_id", "pk")
        for line in lines:
            order = by_key[line.order_id]
            yield (
                order.number,
                order.status,
                order.placed_at,
                order.paid_at,
                order.email,
                order.country,
                line.sku,
                line.name,
                line.quantity,
                line.price,
                line.total,
                order.currency,
            )


def refunded(order_ids: list[int]) -> dict[int, Decimal]:
    """What has been given back, by order."""
    rows = Refund.objects.filter(payment__order__in=order_ids, status=Refund.Status.SUCCEEDED).order_by()
    return dict(rows.values_list("payment__order_id").annotate(given=Sum("amount")))


def charges(order_ids: list[int]) -> dict[int, str]:
    """The gateway's name of the payment that counted, by order."""
    paid = (PaymentStatus.SUCCEEDED, PaymentStatus.REFUNDED)
    rows = Order.objects.filter(pk__in=order_ids, payments__status__in=paid).order_by()
    found = rows.values_list("pk", "payments__charge_reference", "payments__reference")
    return {pk: charge or reference for pk, charge, reference in found}


KINDS = {"orders": order_rows, "lines": line_rows}
