"""The tax in an order, rate by rate, and the part of it that goes back with a refund."""

from dataclasses import dataclass
from decimal import Decimal

from company.money import round_money
from store.models import Order

CENT = Decimal("0.01")


@dataclass(frozen=True)
class TaxPart:
    """What is taxed at one rate (in per cent): `net` + `tax` = `gross`."""

    rate: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal

    def as_data(self) -> dict[str, str]:
        return {"rate": str(self.rate), "net": str(self.net), "tax": str(self.tax), "gross": str(self.gross)}


def part_of(data: dict[str, str]) -> TaxPart:
    return TaxPart(**{name: Decimal(value) for name, value in data.items()})


def parts(order: Order) -> list[TaxPart]:
    """The parts of the order's total, the highest rate first; nothing where nothing is taxed."""
    if not order.tax:
        return []
    if order.taxes:
        return [TaxPart(part.rate, part.net, part.tax, part.net + part.tax) for part in order.tax_parts]
    net = order.total - order.tax
    return [TaxPart(rate_of(net, order.tax), net, order.tax, order.total)]


def rate_of(net: Decimal, tax: Decimal) -> Decimal:
    """The shortest rate that makes this tax of this sum."""
    exact = tax * 100 / net
    for digits in ("1", "0.1", "0.01"):
        rate = exact.quantize(Decimal(digits))
        if abs(net * rate / 100 - tax) <= CENT:
            return rate.normalize() if rate else rate
    return exact.quantize(CENT)


def share(whole: list[TaxPart], *, before: Decimal, amount: Decimal, currency: str) -> list[TaxPart]:
    """The parts of `amount` that goes back after `before` has gone back already.

    Worked out on the running sum, so that the parts of all refunds together are the parts of the whole to the cent.
    """
    until, since = (running(whole, given, currency) for given in (before + amount, before))
    return [
        TaxPart(part.rate, now.net - then.net, now.tax - then.tax, now.gross - then.gross)
        for part, now, then in zip(whole, until, since, strict=True)
    ]


def running(whole: list[TaxPart], given: Decimal, currency: str) -> list[TaxPart]:
    """The parts of the first `given` of the whole."""
    total = sum((part.gross for part in whole), Decimal(0))
    found, left = [], min(given, total)
    for position, part in enumerate(whole):
        is_last = position == len(whole) - 1
        gross = left if is_last else min(left, round_money(part.gross * given / total, currency))
        tax = round_money(part.tax * gross / part.gross, currency) if part.gross else Decimal(0)
        found.append(TaxPart(part.rate, gross - tax, tax, gross))
        left -= gross
    return found
