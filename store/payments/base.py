"""What every gateway can do."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Protocol

from django.utils.functional import Promise

from company.money import from_minor_units, to_minor_units
from store.models import Payment, PaymentStatus, Refund


@dataclass(frozen=True)
class Started:
    """The gateway knows of the payment: its name for it, and where the shopper pays (empty: nowhere online)."""

    reference: str
    url: str = ""


@dataclass(frozen=True)
class Purchase:
    """What a way of payment may depend on; what is not known yet is None or empty, and hides none."""

    country: str = ""
    shipping_method: str = ""
    total: Decimal | None = None


@dataclass(frozen=True)
class Outcome:
    """What a gateway says about a payment. `amount` is in integer minor units of `currency`, as it was really paid."""

    status: str
    amount: int = 0
    currency: str = ""
    charge_reference: str = ""
    error: str = ""

    def matches(self, payment: Payment) -> bool:
        """Is this the very sum that was asked for?"""
        expected = to_minor_units(payment.amount, payment.currency)
        return self.currency.upper() == payment.currency.upper() and self.amount == expected

    @property
    def paid(self) -> Decimal:
        return from_minor_units(self.amount, self.currency)


STILL_OPEN = Outcome(status=PaymentStatus.PENDING)


class Gateway(Protocol):
    """One way of payment. Methods talk over the network: never call them inside a transaction.

    They raise `PaymentUnavailable` when asking again later may help, `PaymentRefused` when it will not.
    """

    code: str
    # How long an unpaid order holds its goods.
    hold: timedelta
    # Whether the order itself is mailed before it is paid, because it says how to pay.
    mails_instructions: bool

    @property
    def goods_first(self) -> bool:
        """Do the goods go out before the money comes? (Paid when they are handed over.)"""
        ...

    @property
    def label(self) -> str | Promise:
        """What shoppers choose it by."""
        ...

    @property
    def note(self) -> str | Promise:
        """One more line about it; may be empty."""
        ...

    def is_offered(self) -> bool:
        """May shoppers choose it here?"""
        ...

    def suits(self, purchase: Purchase) -> bool:
        """May they choose it for this purchase?"""
        ...

    @property
    def instructions(self) -> str:
        """How to pay, for those that mail it; empty otherwise."""
        ...

    def start(self, payment: Payment) -> Started:
        """Announce the payment to the gateway; the same payment started twice is one there."""
        ...

    def is_stale(self, payment: Payment) -> bool:
        """Is an open payment over, or about to be, so that the shopper needs a new one?"""
        ...

    def fetch(self, payment: Payment) -> Outcome:
        """Ask where the payment stands."""
        ...

    def expire(self, payment: Payment) -> Outcome:
        """See to it that it cannot be paid any more; where it stands after that."""
        ...

    def refund(self, refund: Refund) -> tuple[str, bool]:
        """Give money back; the gateway's reference, and whether it is done already."""
        ...
