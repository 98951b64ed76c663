"""What the customer paid for each part of an order: the sums that go back with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from company.money import round_money
from store.models import Order, OrderLine


@dataclass(frozen=True)
class Shares:
    """By line, with its tax and less its discount, and for delivery; together the order's total, to the cent."""

    lines: dict[int, Decimal]
    shipping: Decimal


def of(order: Order, lines: Iterable[OrderLine]) -> Shares:
    found = {line.pk: line.paid for line in lines}
    return Shares(lines=found, shipping=order.total - sum(found.values(), Decimal(0)))


def pieces(*, paid: Decimal, quantity: int, before: int, count: int, currency: str) -> Decimal:
    """What `count` more of a line's pieces cost, `before` of them having gone back: all pieces make up `paid`."""
    first, last = (round_money(paid * number / quantity, currency) for number in (before, before + count))
    return last - first
