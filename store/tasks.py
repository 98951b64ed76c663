"""What the worker does for the shop: ids in, one verb called."""

from typing import Any

from store import (
    alerts,
    carts,
    customer_records,
    disputes,
    expiry,
    fulfilment,
    low_stock,
    mails,
    phrases,
    pictures,
    staff_alerts,
)
from store.invoices import issuing
from store.payments import sending, starting, webhooks


def process_webhook(event_pk: int) -> None:
    webhooks.process(event_pk=event_pk)


def process_webhooks() -> None:
    """Scheduled: what the task above did not manage."""
    webhooks.process_waiting()


def send_refund(refund_id: int) -> None:
    sending.send(refund_id=refund_id)


def send_refunds() -> None:
    """Scheduled."""
    sending.send_waiting()


def close_payments(order_id: int) -> None:
    starting.close_all(order_id=order_id)


def reconcile_payments() -> None:
    """Scheduled."""
    starting.reconcile()


def expire_orders() -> None:
    """Scheduled."""
    expiry.expire_unpaid()


def clean_carts() -> None:
    """Scheduled."""
    carts.remove_forgotten()


def mail_order(order_id: int, kind: str, extra: dict[str, str]) -> None:
    mails.send(order_id=order_id, kind=kind, extra=extra)


def mail_forgotten() -> None:
    """Scheduled: a worker killed at the wrong moment owes nobody a confirmation."""
    mails.send_forgotten()


def deliver_overdue() -> None:
    """Scheduled: parcels that must have arrived by now."""
    fulfilment.deliver_overdue()


def issue_invoices() -> None:
    """Scheduled: documents that are due and that nobody has issued."""
    issuing.issue_missing()


def catch_up_customers() -> None:
    """Scheduled."""
    customer_records.catch_up()


def rebuild_customers() -> None:
    """Scheduled, at night: whatever was corrected or deleted past the timelines."""
    customer_records.rebuild()


def announce_order(order_id: int) -> None:
    alerts.announce(order_id=order_id)


def tell_low_stock() -> None:
    """Scheduled."""
    low_stock.tell_managers()


def count_phrases(counted: dict[str, int]) -> None:
    phrases.count(phrases=counted)


def alert_staff(order_id: int, code: str, params: dict[str, Any]) -> None:
    staff_alerts.send(order_id=order_id, code=code, params=params)


def remind_of_disputes() -> None:
    """Scheduled."""
    disputes.remind()


def make_waiting_pictures() -> None:
    """Scheduled."""
    pictures.make_waiting()


def make_pictures(image_ids: list[int]) -> None:
    pictures.make_missing(image_ids=image_ids)
