"""Bank transfer: nothing happens online; staff mark the order paid when the money is there."""

import secrets
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from company.money import to_minor_units
from store.models import Payment, PaymentStatus, Refund
from store.payments.base import STILL_OPEN, Outcome, Started


class OfflineGateway:
    code = "offline"
    label: str | Promise = _("Bank transfer")
    note: str | Promise = _("You get our bank details with the order; we send the goods when the money has arrived.")
    hold = timedelta(days=7)
    mails_instructions = True

    def is_offered(self) -> bool:
        return True

    def start(self, payment: Payment) -> Started:
        return Started(reference=f"transfer_{payment.pk}")

    def is_stale(self, payment: Payment) -> bool:
        return False

    def fetch(self, payment: Payment) -> Outcome:
        return STILL_OPEN

    def expire(self, payment: Payment) -> Outcome:
        return Outcome(status=PaymentStatus.EXPIRED)

    def refund(self, refund: Refund) -> tuple[str, bool]:
        """Staff transfer it by hand; here it is only written down."""
        return f"transfer_back_{secrets.token_hex(6)}", True


def received(payment: Payment) -> Outcome:
    """The whole sum is on the account."""
    return Outcome(
        status=PaymentStatus.SUCCEEDED,
        amount=to_minor_units(payment.amount, payment.currency),
        currency=payment.currency,
        charge_reference=payment.reference,
    )
