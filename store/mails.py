"""Mail about orders, in the order's own language."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from notifications.models import OutgoingMail
from notifications.outgoing import queue_mail
from store import orders
from store.invoices import mailing
from store.models import Order, Refund
from store.payments import gateways

# Sent whenever asked for; the others once per order (and refund).
REPEATABLE = ("order_link", "order_invoice")
FORGOTTEN = timedelta(days=2)


def send(*, order_id: int, kind: str, extra: dict[str, str] | None = None) -> None:
    """Queue the mail `kind` (order_received, order_paid, order_shipped, order_refunded, order_link) once."""
    extra = extra or {}
    order = Order.objects.get(pk=order_id)
    reference = "/".join([order.number, *extra.values()])
    if written(kind, reference):
        return
    values = context(order, extra)
    attachments = mailing.attachments(kind=kind, order=order, refund=values["refund"])
    with transaction.atomic():
        # Behind the order's lock, so that of two workers with the same errand one finds the other's mail.
        orders.locked(order_id)
        if written(kind, reference):
            return
        queue_mail(
            kind=kind,
            to=order.email,
            context=values,
            language=order.language,
            reference=reference,
            attachments=attachments,
        )


def written(kind: str, reference: str) -> bool:
    return kind not in REPEATABLE and OutgoingMail.objects.filter(kind=kind, reference=reference).exists()


def context(order: Order, extra: dict[str, str]) -> dict[str, Any]:
    refund = Refund.objects.filter(pk=extra["refund"], payment__order=order).first() if "refund" in extra else None
    return {
        "shipment": order.shipments.filter(pk=extra["shipment"]).first() if "shipment" in extra else None,
        "goods_return": order.returns.filter(pk=extra["return"]).first() if "return" in extra else None,
        "status": extra.get("status", ""),
        "event": order.events.filter(pk=extra["event"], internal=False).first() if "event" in extra else None,
        "order": order,
        "gateway": gateways.known(order.gateway),
        "lines": list(order.lines.all()),
        "refund": refund,
        "url": orders.link(order),
    }


def send_forgotten() -> None:
    """Confirmations of paid orders that were never queued."""
    now = timezone.now()
    recent = Order.objects.filter(paid_at__gte=now - FORGOTTEN, paid_at__lte=now - timedelta(minutes=5))
    numbers = dict(recent.values_list("number", "pk"))
    written = OutgoingMail.objects.filter(kind="order_paid", reference__in=numbers).values_list("reference", flat=True)
    for number in set(numbers) - set(written):
        send(order_id=numbers[number], kind="order_paid")


def about(order: Order) -> list[OutgoingMail]:
    """Every mail that was written about the order."""
    return list(OutgoingMail.objects.filter(reference__startswith=order.number).order_by("pk"))
