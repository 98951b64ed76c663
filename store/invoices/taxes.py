"""The tax in an order, rate by rate, and the part of it that goes back with a refund."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from company.money import round_money
from store.models import Order
from store.totals import spread

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


def share(
    whole: Sequence[TaxPart],
    *,
    given: Iterable[TaxPart],
    wanted: Mapping[Decimal, Decimal],
    amount: Decimal,
    currency: str,
) -> list[TaxPart]:
    """The parts of `amount` that goes back after those `given` back already.

    `wanted` is, by rate, what of it was paid for goods and delivery at that rate. A free sum, and what its rate has no
    room for any more, is spread over what is left. All refunds together are the whole, to the cent.
    """
    before = {part.rate: (Decimal(0), Decimal(0)) for part in whole}
    for part in given:
        gross, tax = before.get(part.rate, (Decimal(0), Decimal(0)))
        before[part.rate] = (gross + part.gross, tax + part.tax)
    left = [part.gross - before[part.rate][0] for part in whole]
    taken = [min(wanted.get(part.rate, Decimal(0)), room) for part, room in zip(whole, left, strict=True)]
    rest = max(amount - sum(taken, Decimal(0)), Decimal(0))
    more = spread(rest, [room - part for room, part in zip(left, taken, strict=True)], currency)
    return [
        part_back(part, *before[part.rate], gross + extra, currency)
        for part, gross, extra in zip(whole, taken, more, strict=True)
    ]


def part_back(part: TaxPart, gross_before: Decimal, tax_before: Decimal, gross: Decimal, currency: str) -> TaxPart:
    """`gross` more of a part; the tax is worked out on the running sum."""
    until = round_money(part.tax * (gross_before + gross) / part.gross, currency) if part.gross else Decimal(0)
    tax = min(max(until - tax_before, Decimal(0)), gross)
    return TaxPart(part.rate, gross - tax, tax, gross)
