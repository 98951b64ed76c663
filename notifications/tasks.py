"""Tasks of the `mail` cluster."""

from notifications import delivery


def send_outgoing(pk: int) -> int:
    """Send this mail and, over the same connection, what else is due."""
    return delivery.deliver(first=pk)


def sweep_outgoing() -> int:
    """Send what is due."""
    return delivery.sweep()
