"""What of an order's money and goods is spoken for by refunds: claimed when asked for, set free when one fails.

Every change is an UPDATE whose bounds the database checks (CHECKs of Payment and OrderLine); call these behind the
order's lock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from company.money import format_money
from store.errors import TooMuch
from store.models import Order, OrderLine, Payment, PaymentStatus, Refund, RefundLine


@dataclass(frozen=True)
class Part:
    """Pieces of a line and what goes back for them."""

    line: OrderLine
    quantity: int
    amount: Decimal


def kept_payment(order: Order) -> Payment | None:
    """The payment that the order stands on: not one whose money came late, twice or in a wrong sum."""
    came = (PaymentStatus.SUCCEEDED, PaymentStatus.REFUNDED)
    return order.payments.filter(status__in=came).exclude(refunds__is_surplus=True).order_by("pk").first()


def room(payment: Payment) -> Decimal:
    """So much of it can still be given back."""
    return (payment.received or Decimal(0)) - payment.given_back


def money(payment: Payment, amount: Decimal) -> None:
    """Raises TooMuch when not so much is left."""
    payment.refresh_from_db(fields=["given_back"])
    if amount > room(payment) or not set_given_back(payment, payment.given_back + amount):
        raise TooMuch(format_money(room(payment), payment.received_currency))


def set_given_back(payment: Payment, amount: Decimal) -> bool:
    """Unless somebody was faster. Summed here: SQLite would add in floating point."""
    unchanged = Payment.objects.filter(pk=payment.pk, given_back=payment.given_back)
    if not unchanged.update(given_back=amount):
        return False
    payment.given_back = amount
    return True


def lines(refund: Refund, parts: Iterable[Part], *, sent_first: bool = False) -> list[RefundLine]:
    """Write the refund's lines. Pieces that were never sent are called off first, unless the sent ones came back."""
    rows = []
    for part in parts:
        line = part.line
        unsent = part.quantity - line.shipped if sent_first else part.quantity
        called_off = max(0, min(unsent, line.outstanding))
        rows.append(
            RefundLine(
                refund=refund, order_line=line, quantity=part.quantity, amount=part.amount, called_off=called_off
            )
        )
        take(line, part.quantity, called_off)
    return RefundLine.objects.bulk_create(rows)


def take(line: OrderLine, quantity: int, called_off: int) -> None:
    OrderLine.objects.filter(pk=line.pk).update(
        refunded=F("refunded") + quantity, called_off=F("called_off") + called_off
    )
    line.refunded += quantity
    line.called_off += called_off


def free(refund: Refund) -> None:
    """The refund has failed: its money and its pieces can be given back in another way.

    Pieces that stand on the shelf again stay called off: they are for sale, and must not be sent as well.
    """
    payment = Payment.objects.get(pk=refund.payment_id)
    if payment.given_back >= refund.amount:
        set_given_back(payment, payment.given_back - refund.amount)
    for row in refund.lines.select_related("order_line"):
        take(row.order_line, -row.quantity, 0 if refund.restock else -row.called_off)
