"""What can go wrong with notifications, in sentences for the person who sees them."""


class NotificationError(Exception):
    """The text is fit for the user."""
