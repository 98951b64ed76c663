"""How the demo's orders travel, and what the state takes."""

from decimal import Decimal

from demo import ledger
from demo.content.delivery import HOME, PAYMENTS, TAXES, WAYS, OfflineWay, Way
from demo.content.rules import OPENING_HOURS, PICKUP_ADDRESS
from store.models import OfflineMethod, ShippingKind, ShippingMethod, TaxRate

PICKUP = "pickup"


def make() -> None:
    """Add what is missing; codes and countries that the operator has set up stay the operator's."""
    taken = set(ShippingMethod.objects.values_list("code", flat=True))
    for position, way in enumerate(WAYS):
        if way.code not in taken:
            ledger.record(make_way(way, position), way.code)
    make_ways_of_payment()
    known = set(TaxRate.objects.values_list("country", flat=True))
    has_home = TaxRate.objects.filter(is_home=True).exists()
    for country, rate in TAXES.items():
        if country not in known:
            is_home = country == HOME and not has_home
            row = TaxRate.objects.create(country=country, rate=Decimal(rate), included=True, is_home=is_home)
            ledger.record(row, country)


def make_way(way: Way, position: int) -> ShippingMethod:
    return ShippingMethod.objects.create(
        code=way.code,
        name_en=way.name.en,
        name_ru=way.name.ru,
        kind=ShippingKind.PICKUP if way.code == PICKUP else ShippingKind.FLAT,
        **(where() if way.code == PICKUP else {}),
        price=Decimal(way.price),
        free_from=Decimal(way.free_from) if way.free_from else None,
        countries=list(way.countries),
        min_days=way.days[0],
        max_days=way.days[1],
        position=position,
    )


def where() -> dict[str, str]:
    """Where and when the goods are collected."""
    return {
        "pickup_address_en": PICKUP_ADDRESS.en,
        "pickup_address_ru": PICKUP_ADDRESS.ru,
        "opening_hours_en": OPENING_HOURS.en,
        "opening_hours_ru": OPENING_HOURS.ru,
    }


def make_ways_of_payment() -> None:
    """Transfer, on delivery, at pick-up: only where the operator has set up none."""
    if OfflineMethod.objects.exclude(pk__in=ledger.keys(OfflineMethod)).exists():
        return
    for position, way in enumerate(PAYMENTS):
        ledger.once(OfflineMethod, way.code, lambda way=way, position=position: make_way_of_payment(way, position))


def make_way_of_payment(way: OfflineWay, position: int) -> OfflineMethod:
    texts = {
        f"{field}_{code}": getattr(way, field)[code]
        for field in ("name", "note", "instructions")
        for code in ("en", "ru")
    }
    method = OfflineMethod.objects.create(
        code=way.code,
        kind=way.kind,
        hold_days=way.hold_days,
        max_total=Decimal(way.max_total) if way.max_total else None,
        position=position,
        **texts,
    )
    if way.deliveries:
        method.shipping_methods.set(ShippingMethod.objects.filter(code__in=way.deliveries))
    return method
