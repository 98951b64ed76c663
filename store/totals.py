"""What it all comes to: the one place where goods, discount, delivery and tax are added up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from django.conf import settings

from company.money import places, round_money
from store.models import TaxPart

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Share:
    """One line's part of the figures: `discount` and `tax` (at `rate` per cent) of its `total`."""

    total: Decimal
    discount: Decimal = NOTHING
    rate: Decimal = NOTHING
    tax: Decimal = NOTHING

    @property
    def taxed(self) -> Decimal:
        return self.total - self.discount


@dataclass(frozen=True)
class Totals:
    """The figures under a cart or an order. `tax` is part of `total` either way; `tax_included` says whether the
    prices contain it already. `lines` are in the order in which they were given; `taxes` the highest rate first."""

    subtotal: Decimal
    shipping: Decimal
    discount: Decimal
    tax: Decimal
    tax_included: bool
    total: Decimal
    currency: str
    shipping_tax: Decimal = NOTHING
    shipping_rate: Decimal = NOTHING
    lines: list[Share] = field(default_factory=list)
    taxes: list[TaxPart] = field(default_factory=list)

    @property
    def tax_parts(self) -> list[TaxPart]:
        """As an order names them."""
        return self.taxes

    @property
    def goods(self) -> Decimal:
        """The goods with their discount taken off: what a shopper was shown and agrees to."""
        return self.subtotal - self.discount


def work_out(
    *, lines: Sequence[Share], shipping: Decimal = NOTHING, shipping_rate: Decimal = NOTHING, included: bool = True
) -> Totals:
    """Goods less discount plus delivery, with the tax of each rate.

    `lines` bring their total, discount and rate; their tax is worked out here. The tax of a rate is rounded once, on
    everything that it taxes, and then shared out, so that the lines' taxes and that of the delivery are the order's
    tax, and net and tax of all rates its total, to the cent.
    """
    currency = settings.STORE_CURRENCY
    shares = [
        Share(round_money(line.total, currency), round_money(line.discount, currency), line.rate) for line in lines
    ]
    shares.append(Share(round_money(shipping, currency), rate=shipping_rate))
    parts: list[TaxPart] = []
    for rate in sorted({share.rate for share in shares if share.taxed}, reverse=True):
        members = [position for position, share in enumerate(shares) if share.rate == rate]
        sums = [shares[position].taxed for position in members]
        tax = tax_of(sum(sums, NOTHING), rate, included, currency)
        for position, part in zip(members, spread(tax, sums, currency), strict=True):
            shares[position] = Share(shares[position].total, shares[position].discount, rate, part)
        parts.append(TaxPart(rate, sum(sums, NOTHING) - (tax if included else NOTHING), tax))
    *goods, delivery = shares
    tax = sum((part.tax for part in parts), NOTHING)
    taxed = sum((share.taxed for share in shares), NOTHING)
    return Totals(
        subtotal=round_money(sum((share.total for share in goods), NOTHING), currency),
        shipping=delivery.total,
        discount=round_money(sum((share.discount for share in goods), NOTHING), currency),
        tax=round_money(tax, currency),
        tax_included=included,
        total=round_money(taxed if included else taxed + tax, currency),
        currency=currency,
        shipping_tax=delivery.tax,
        shipping_rate=delivery.rate,
        lines=goods,
        taxes=parts if tax else [],
    )


def tax_of(amount: Decimal, rate: Decimal, included: bool, currency: str) -> Decimal:
    """The tax inside an amount, or on top of it."""
    return round_money(amount * rate / (100 + rate if included else Decimal(100)), currency)


def spread(amount: Decimal, weights: Sequence[Decimal], currency: str = "") -> list[Decimal]:
    """The amount in parts proportional to `weights`, to the smallest coin and without a remainder.

    The largest remainder method: every part is rounded down, and the coins left over go one each to the parts that
    lost most. No part is more than its weight where the amount is not more than all of them. `amount` is not negative.
    """
    coin = Decimal(1).scaleb(-places(currency))
    total = sum(weights, NOTHING)
    if not total:
        return [NOTHING.quantize(coin)] * len(weights)
    exact = [amount * weight / total for weight in weights]
    parts = [part.quantize(coin, rounding=ROUND_FLOOR) for part in exact]
    left = int((amount - sum(parts, NOTHING)) / coin)
    by_loss = sorted(range(len(parts)), key=lambda position: parts[position] - exact[position])
    for position in by_loss[:left]:
        parts[position] += coin
    return parts
