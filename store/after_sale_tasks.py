"""What the worker does after a sale: ids in, one verb called."""

from store import copurchases, review_invitations, stock_alerts
from store.hooks import sending


def recount_basket(order_id: int) -> None:
    copurchases.recount(order_id=order_id)


def keep_recommendations() -> None:
    """Scheduled: what the task above did not manage, and what is too old to matter."""
    copurchases.recount_forgotten()
    copurchases.forget_faded()


def invite_to_review() -> None:
    """Scheduled."""
    review_invitations.send_due()


def tell_returned() -> None:
    """Scheduled: goods that are back, to those who wait for them."""
    stock_alerts.tell_returned()


def send_hooks() -> None:
    """Scheduled, and after an order's news."""
    sending.run()


def send_hook(delivery_id: int) -> None:
    sending.send(delivery_id=delivery_id)


def forget_old_hooks() -> None:
    """Scheduled."""
    sending.forget_old()
