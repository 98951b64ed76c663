"""What goods cost somebody, all in: the one reckoning behind the cart, the checkout and the order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from store import coupons, shipping, taxes
from store.coupons import Benefit, Good
from store.models import Coupon, Variant
from store.shipping import Offer, Parcel
from store.totals import NOTHING, Share, Totals, work_out


@dataclass(frozen=True)
class Bill:
    """`offer` is the way of delivery that `totals` count (None: nobody delivers there); `benefit` the coupon's."""

    totals: Totals
    country: str
    offers: list[Offer] = field(default_factory=list)
    offer: Offer | None = None
    benefit: Benefit | None = None


def reckon(
    *,
    goods: Sequence[tuple[Variant, int]],
    country: str = "",
    shipping_method: str = "",
    coupon: Coupon | None = None,
    user: Any = None,
    email: str = "",
    strict: bool = False,
) -> Bill:
    """Goods at live prices. The variants bring their product, that its category.

    `strict` takes the way of delivery at its word and raises UnknownShippingMethod; otherwise the shop's first one
    stands in.
    """
    table = taxes.table(country)
    lines = [Good(variant, variant.price * quantity) for variant, quantity in goods]
    benefit = coupons.benefit(coupon=coupon, goods=lines, user=user, email=email) if coupon else None
    discounts = benefit.discounts if benefit else [NOTHING] * len(lines)
    free = bool(benefit and benefit.applies and benefit.free_shipping)
    parcel = Parcel(
        subtotal=sum((line.total for line in lines), NOTHING) - sum(discounts, NOTHING),
        weight=sum((variant.weight or 0) * quantity for variant, quantity in goods),
        country=country or table.country,
    )
    offer: Offer | None
    if strict:
        offer = shipping.find(code=shipping_method, parcel=parcel, free=free)
        offers = [offer]
    else:
        offers = shipping.offers(parcel=parcel, free=free) if lines else []
        offer = shipping.pick(offers, shipping_method)
    rates = rates_of(lines, table)
    shares = [Share(line.total, discount, rate) for line, discount, rate in zip(lines, discounts, rates, strict=True)]
    totals = work_out(
        lines=shares,
        shipping=offer.price if offer else NOTHING,
        shipping_rate=table.rate(offer.method.tax_class_id if offer else None),
        included=table.included,
    )
    return Bill(totals=totals, country=parcel.country, offers=offers, offer=offer, benefit=benefit)


def rates_of(lines: Sequence[Good], table: taxes.TaxTable) -> list[Decimal]:
    """Per cent for each of the goods. Where all is taxed alike nobody asks for classes."""
    if len(table.rates) < 2:
        return [table.rate(None)] * len(lines)
    classes = taxes.classes({line.variant.product.pk: line.variant.product for line in lines}.values())
    return [table.rate(classes[line.variant.product.pk]) for line in lines]
