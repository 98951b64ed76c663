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
        Step(label(event.to_status), event.at, "now" if event is reached[-1] else "done", event.text)
        if event.to_status
        else Step(event.text, event.at, "done")
        for event in events
    ]
    if order.status not in WAY or order.status == OrderStatus.DELIVERED:
        return happened
    ahead = WAY[WAY.index(OrderStatus(order.status)) + 1 :]
    return happened + [Step(label(status), None, "") for status in ahead]


def label(status: str) -> str:
    """Of an order that was placed one says “awaiting payment” only as long as that is so."""
    return _("Placed") if status == OrderStatus.PLACED else str(OrderStatus(status).label)
