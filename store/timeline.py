"""An order's way as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from store.models import Order, OrderStatus

WAY = (OrderStatus.PLACED, OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)


@dataclass(frozen=True)
class Step:
    """`state` is `done`, `now` or empty for what is still to come."""

    label: str
    at: datetime | None
    state: str
    note: str = ""


def steps(order: Order) -> list[Step]:
    """What has happened, then what is to come (nothing, once it was called off)."""
    events = [event for event in order.events.all() if not event.internal]
    reached = [event for event in events if event.to_status]
    happened = [
        Step(label(order, event.to_status), event.at, "now" if event is reached[-1] else "done", event.text)
        if event.to_status
        else Step(event.text, event.at, "done")
        for event in events
    ]
    return happened + [Step(label(order, status), None, "") for status in to_come(order)]


def to_come(order: Order) -> list[OrderStatus]:
    """The statuses ahead; what is paid at handover is paid between leaving us and being delivered."""
    if order.status not in WAY:
        return []
    ahead = list(WAY[WAY.index(OrderStatus(order.status)) + 1 :])
    if order.goods_first:
        ahead = [status for status in ahead if status != OrderStatus.PAID]
    if order.is_owed:
        ahead.insert(-1 if ahead else 0, OrderStatus.PAID)
    return ahead


def label(order: Order, status: str) -> str:
    """Of an order that was placed one says “awaiting payment” only as long as that is so."""
    return _("Placed") if status == OrderStatus.PLACED else order.label(status)
