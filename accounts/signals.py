"""Facts about accounts that upper apps listen to. All are sent after the transaction has committed."""

from django.dispatch import Signal

# Arguments: user, by (None: the system), reason.
user_blocked = Signal()
# Arguments: user, by.
user_unblocked = Signal()

# Argument: consent. Sent for what is new only: agreeing twice is agreeing once.
consent_given = Signal()
# Argument: consent.
consent_withdrawn = Signal()
