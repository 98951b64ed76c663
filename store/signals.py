"""What the shop tells the apps above it; each is sent after commit with `order`."""

from django.db import transaction
from django.dispatch import Signal

from store.models import Order

order_placed = Signal()
order_paid = Signal()
order_refunded = Signal()
# Some of its money went back, or came again.
order_money_back = Signal()
order_shipped = Signal()
order_delivered = Signal()
order_cancelled = Signal()


def tell(signal: Signal, order: Order) -> None:
    """Send it once the transaction has committed; a receiver's error stays its own."""
    transaction.on_commit(lambda: signal.send_robust(sender=Order, order=order))
