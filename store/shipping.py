"""Ways of delivery, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from company.money import round_money
from store import delivery_dates
from store.errors import UnknownShippingMethod
from store.models import ShippingKind, ShippingMethod, ShippingStep


@dataclass(frozen=True)
class Parcel:
    """What is to be delivered: the goods' worth (the discount taken off), their weight in grams, where to."""

    subtotal: Decimal
    weight: int = 0
    country: str = ""


@dataclass(frozen=True)
class Offer:
    """One way of delivery for a parcel. `full_price` is what it costs without a coupon for free delivery."""

    method: ShippingMethod
    price: Decimal
    arrives_from: date
    arrives_until: date
    full_price: Decimal = Decimal(0)

    @property
    def pickup_at(self) -> str:
        """Where and when the goods are collected; empty where they are sent."""
        if not self.method.is_pickup:
            return ""
        return "\n".join(part for part in (self.method.pickup_address, self.method.opening_hours) if part) or _(
            "Our shop"
        )


def offers(*, parcel: Parcel, free: bool = False) -> list[Offer]:
    """Every way of delivery that takes the parcel, in the shop's order; `free` where a coupon pays for it."""
    methods = [method for method in ShippingMethod.objects.filter(active=True) if method.delivers_to(parcel.country)]
    steps = steps_of(methods)
    found = [offer(method, parcel, steps.get(method.pk, []), free) for method in methods]
    return [item for item in found if item is not None]


def steps_of(methods: Sequence[ShippingMethod]) -> dict[int, list[ShippingStep]]:
    """The price tables of those that have one."""
    wanted = [method.pk for method in methods if method.has_steps]
    tables: dict[int, list[ShippingStep]] = {}
    for step in ShippingStep.objects.filter(method__in=wanted) if wanted else ():
        tables.setdefault(step.method_id, []).append(step)
    return tables


def offer(method: ShippingMethod, parcel: Parcel, steps: Sequence[ShippingStep], free: bool) -> Offer | None:
    cost = method.cost(subtotal=parcel.subtotal, weight=parcel.weight, steps=steps)
    if cost is None:
        return None
    first, last = delivery_dates.between(method.min_days, method.max_days)
    price = round_money(cost)
    return Offer(method, Decimal(0) if free else price, first, last, full_price=price)


def pick(available: Sequence[Offer], code: str) -> Offer | None:
    """The one chosen before, else the shop's first that brings the goods, else its first, else None."""
    chosen = next((item for item in available if item.method.code == code), None)
    first = next((item for item in available if not item.method.is_pickup), None)
    return chosen or first or next(iter(available), None)


def find(*, code: str, parcel: Parcel, free: bool = False) -> Offer:
    """The offer with this code; raises UnknownShippingMethod."""
    for item in offers(parcel=parcel, free=free):
        if item.method.code == code:
            return item
    raise UnknownShippingMethod(code)


def is_pickup(code: str) -> bool:
    """Are goods that go this way collected, so that nobody needs to say where they live?"""
    return "\x00" not in code and ShippingMethod.objects.filter(code=code, kind=ShippingKind.PICKUP).exists()
