"""Ways of delivery, what they cost and when they arrive; the tax of a country."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from company.money import round_money
from store.errors import UnknownShippingMethod
from store.models import ShippingMethod, TaxRate


@dataclass(frozen=True)
class Offer:
    """One way of delivery for certain goods to a certain country."""

    method: ShippingMethod
    price: Decimal
    arrives_from: date
    arrives_until: date


def offers(*, country: str, subtotal: Decimal) -> list[Offer]:
    """Every way of delivery to the country, in the shop's order."""
    methods = ShippingMethod.objects.filter(active=True)
    return [offer(method, subtotal) for method in methods if method.delivers_to(country)]


def offer(method: ShippingMethod, subtotal: Decimal) -> Offer:
    today = timezone.localdate()
    return Offer(
        method=method,
        price=round_money(method.cost(subtotal)),
        arrives_from=working_day(today, method.min_days),
        arrives_until=working_day(today, method.max_days),
    )


def working_day(start: date, days: int) -> date:
    """The day that lies `days` working days (Monday to Friday) after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day


def pick(available: Sequence[Offer], code: str) -> Offer | None:
    """The one chosen before, else the cheapest, else None."""
    chosen = next((item for item in available if item.method.code == code), None)
    return chosen or min(available, key=lambda item: item.price, default=None)


def find(*, code: str, country: str, subtotal: Decimal) -> Offer:
    """The offer with this code; raises UnknownShippingMethod."""
    for item in offers(country=country, subtotal=subtotal):
        if item.method.code == code:
            return item
    raise UnknownShippingMethod(code)


def tax_rate(country: str) -> TaxRate | None:
    """The country's rate; for a country not known yet the shop's own."""
    rates = TaxRate.objects.filter(country=country) if country else TaxRate.objects.filter(is_home=True)
    return rates.first()


def home_country() -> str:
    """Where shoppers are taken to live until they say where; empty when the shop has not said either."""
    return TaxRate.objects.filter(is_home=True).values_list("country", flat=True).first() or ""
