"""The shop's own ways to be paid: nothing happens online; staff mark the order paid when they have the money."""

import secrets
from datetime import timedelta

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from company.money import to_minor_units
from store.models import OfflineMethod, Payment, PaymentStatus, Refund
from store.payments.base import STILL_OPEN, Outcome, Purchase, Started

CODE = "offline"
PLAIN_NOTE = _("You get our bank details with the order; we send the goods when the money has arrived.")


class OfflineGateway:
    """One of them."""

    mails_instructions = True

    def __init__(self, method: OfflineMethod, ways_of_delivery: frozenset[str] = frozenset()) -> None:
        self.method = method
        self.ways_of_delivery = ways_of_delivery
        self.code = method.code
        self.hold = timedelta(days=method.hold_days)

    # Read when they are shown, in the language of that moment.
    @property
    def label(self) -> str | Promise:
        return self.method.name or _("Bank transfer")

    @property
    def note(self) -> str | Promise:
        return self.method.note if self.method.pk else PLAIN_NOTE

    @property
    def instructions(self) -> str:
        return self.method.instructions

    @property
    def is_transfer(self) -> bool:
        return self.method.kind == OfflineMethod.Kind.TRANSFER

    @property
    def goods_first(self) -> bool:
        """Paid when the goods are handed over."""
        return self.method.kind != OfflineMethod.Kind.TRANSFER

    def is_offered(self) -> bool:
        return self.method.active

    def suits(self, purchase: Purchase) -> bool:
        method = self.method
        if purchase.country and method.countries and purchase.country not in method.countries:
            return False
        if purchase.shipping_method and self.ways_of_delivery and purchase.shipping_method not in self.ways_of_delivery:
            return False
        if purchase.total is None:
            return True
        too_low = method.min_total is not None and purchase.total < method.min_total
        return not too_low and (method.max_total is None or purchase.total <= method.max_total)

    def start(self, payment: Payment) -> Started:
        return Started(reference=f"{self.code}_{payment.pk}")

    def is_stale(self, payment: Payment) -> bool:
        return False

    def fetch(self, payment: Payment) -> Outcome:
        return STILL_OPEN

    def expire(self, payment: Payment) -> Outcome:
        return Outcome(status=PaymentStatus.EXPIRED)

    def refund(self, refund: Refund) -> tuple[str, bool]:
        """Staff give it back by hand; here it is only written down."""
        return f"{self.code}_back_{secrets.token_hex(6)}", True


def gateways() -> list[OfflineGateway]:
    """Those that the shop has set up; a plain transfer while it has set up none."""
    # One row for each way of delivery that a method is tied to; one for a method that is tied to none.
    rows = list(OfflineMethod.objects.annotate(delivery_code=F("shipping_methods__code")))
    ways: dict[int, set[str]] = {}
    for row in rows:
        ways.setdefault(row.pk, set()).update([row.delivery_code] if row.delivery_code else [])
    methods = {row.pk: row for row in rows}
    found = [OfflineGateway(method, frozenset(ways[pk])) for pk, method in methods.items()]
    return found or [OfflineGateway(plain_transfer())]


def known(code: str) -> OfflineGateway:
    """By its code, also when it is not there any more."""
    return OfflineGateway(OfflineMethod.objects.filter(code=code).first() or plain_transfer(code))


def plain_transfer(code: str = CODE) -> OfflineMethod:
    """What every shop can do that has an account."""
    return OfflineMethod(kind=OfflineMethod.Kind.TRANSFER, code=code)


def received(payment: Payment) -> Outcome:
    """The whole sum is there."""
    return Outcome(
        status=PaymentStatus.SUCCEEDED,
        amount=to_minor_units(payment.amount, payment.currency),
        currency=payment.currency,
        charge_reference=payment.reference,
    )
