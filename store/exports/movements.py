"""The stock ledger as rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from store.models import StockMovement

COLUMNS = [
    "at",
    "sku",
    "reason",
    "on_hand_before",
    "on_hand_change",
    "on_hand_after",
    "reserved_before",
    "reserved_change",
    "reserved_after",
    "by",
    "order",
    "note",
]


def rows(lines: QuerySet[StockMovement]) -> Iterator[list[Any]]:
    """The newest first, times in the site's own zone."""
    for line in lines.select_related("order").order_by("-pk").iterator(1000):
        yield [
            timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M:%S"),
            line.sku,
            str(line.get_reason_display()),
            line.on_hand_before,
            line.on_hand_change,
            line.on_hand,
            line.reserved_before,
            line.reserved_change,
            line.reserved,
            line.actor,
            line.order_number,
            line.note,
        ]
