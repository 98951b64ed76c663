"""What it all comes to."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from company.money import round_money
from store.models import TaxRate


@dataclass(frozen=True)
class Totals:
    """The figures under a cart or an order. `tax` is part of `total` either way; `tax_included` says whether the
    prices contain it already."""

    subtotal: Decimal
    shipping: Decimal
    discount: Decimal
    tax: Decimal
    tax_included: bool
    total: Decimal
    currency: str


def work_out(*, subtotal: Decimal, shipping: Decimal, rate: TaxRate | None, discount: Decimal = Decimal(0)) -> Totals:
    """Goods less discount plus delivery, with the tax of the country (none where no rate is known)."""
    currency = settings.STORE_CURRENCY
    subtotal, shipping, discount = (round_money(amount, currency) for amount in (subtotal, shipping, discount))
    taxed = max(subtotal - discount, Decimal(0)) + shipping
    per_cent = rate.rate if rate else Decimal(0)
    included = rate.included if rate else True
    tax = round_money(taxed * per_cent / (100 + per_cent if included else Decimal(100)), currency)
    return Totals(
        subtotal=subtotal,
        shipping=shipping,
        discount=discount,
        tax=tax,
        tax_included=included,
        total=round_money(taxed if included else taxed + tax, currency),
        currency=currency,
    )
