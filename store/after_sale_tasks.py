"""What the worker does after a sale: ids in, one verb called."""

from store import copurchases


def recount_basket(order_id: int) -> None:
    copurchases.recount(order_id=order_id)


def keep_recommendations() -> None:
    """Scheduled: what the task above did not manage, and what is too old to matter."""
    copurchases.recount_forgotten()
    copurchases.forget_faded()
