"""What this app tells those who listen; sent once the transaction has committed."""

from django.dispatch import Signal

# Somebody has unsubscribed or complained. Arguments: owner_id, email, kind (“unsubscribed” or “complained”).
recipient_left = Signal()
# Somebody has confirmed that they want an owner's mail. Arguments: recipient, source.
recipient_subscribed = Signal()
