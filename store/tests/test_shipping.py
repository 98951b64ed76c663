"""What delivery costs, when it arrives, and how it is taxed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from store import delivery_dates, shipping, taxes
from store.checkout import place_order
from store.errors import UnknownShippingMethod
from store.models import DeliveryCalendar, ShippingMethod, ShippingStep, TaxClass, TaxRate, Variant
from store.shipping import Parcel
from store.tests.factories import CategoryFactory, ProductFactory
from store.tests.shopping import CUSTOMER, buy, cart_with, home_tax, parcel, variant

pytestmark = pytest.mark.django_db


def stepped(kind: str, *steps: tuple[str | None, str], **fields: Any) -> ShippingMethod:
    method = ShippingMethod.objects.create(code="post", name_en="Post", kind=kind, **fields)
    for up_to, price in steps:
        ShippingStep.objects.create(method=method, up_to=Decimal(up_to) if up_to else None, price=Decimal(price))
    return method


@pytest.mark.parametrize(("grams", "price"), [(0, "3"), (1000, "3"), (1001, "5"), (5000, "5"), (30000, "20")], ids=str)
def test_the_price_goes_by_weight(grams: int, price: str) -> None:
    stepped("weight", ("1", "3"), ("5", "5"), (None, "20"))
    (offer,) = shipping.offers(parcel=Parcel(subtotal=Decimal(10), weight=grams))
    assert offer.price == Decimal(price)


def test_the_price_goes_by_value() -> None:
    stepped("total", ("50", "6"), ("100", "3"), (None, "0"))
    prices = [shipping.offers(parcel=Parcel(subtotal=Decimal(sum_)))[0].price for sum_ in (50, 51, 101)]
    assert prices == [6, 3, 0]


def test_what_is_too_heavy_is_not_taken() -> None:
    stepped("weight", ("1", "3"))
    item = variant()
    Variant.objects.filter(pk=item.pk).update(weight=600)
    assert buy((item, 1)).shipping == 3
    with pytest.raises(UnknownShippingMethod):
        buy((item, 2))


def test_delivery_is_free_from_what_is_paid_for_the_goods_and_not_before() -> None:
    parcel(free_from=Decimal(20))
    item = variant(price="10.00")
    assert [buy((item, count)).shipping for count in (1, 2)] == [5, 0]


def test_who_collects_need_not_say_where_they_live_and_reads_where_to_go() -> None:
    home_tax()
    parcel()
    ShippingMethod.objects.create(code="shop", name_en="Shop", kind="pickup", pickup_address_en="Miera 12")

    customer = replace(CUSTOMER, line1="", city="", postal_code="")
    wanted: dict[str, Any] = {"customer": customer, "payment": "test", "token": "t"}
    order = place_order(cart=cart_with((variant(), 1)), shipping_method="shop", **wanted)
    assert (order.is_pickup, order.pickup_at, order.line1) == (True, "Miera 12", "")
    with pytest.raises(ValidationError):
        place_order(cart=cart_with((variant("B"), 1)), shipping_method="post", **{**wanted, "token": "u"})


def test_the_first_that_brings_the_goods_to_the_country_stands_in() -> None:
    ShippingMethod.objects.create(code="shop", name_en="Shop", kind="pickup", price=0)
    ShippingMethod.objects.create(code="van", name_en="Van", price=1, countries=["EE"], position=1)
    parcel(position=2)
    ShippingMethod.objects.create(code="slow", name_en="Slow", price=1, position=3)

    def first(country: str, code: str = "") -> str:
        chosen = shipping.pick(shipping.offers(parcel=Parcel(subtotal=Decimal(10), country=country)), code)
        return chosen.method.code if chosen else ""

    assert (first("LV"), first("EE"), first("LV", "slow"), first("LV", "van")) == ("post", "van", "slow", "post")
    ShippingMethod.objects.exclude(code="shop").delete()
    assert first("LV") == "shop"


# ---------------------------------------------------------------- days


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def between(now: datetime, **rules: Any) -> tuple[date, date]:
    DeliveryCalendar.objects.create(**rules)
    return delivery_dates.between(1, 2, now=now)


def test_what_is_ordered_after_the_hour_leaves_a_day_later() -> None:
    DeliveryCalendar.objects.create(cut_off=14)
    assert delivery_dates.between(1, 2, now=at(1, 13)) == (date(2026, 12, 2), date(2026, 12, 3))
    assert delivery_dates.between(1, 2, now=at(1, 14)) == (date(2026, 12, 3), date(2026, 12, 4))


def test_the_hour_is_that_of_the_shop() -> None:
    assert between(at(1, 13), cut_off=15, time_zone="Europe/Riga") == (date(2026, 12, 3), date(2026, 12, 4))


def test_holidays_and_weekends_do_not_count() -> None:
    rules = {"holidays": "24.12 Christmas Eve\n25.12\n28.12.2026"}
    assert between(at(23, 10), **rules) == (date(2026, 12, 29), date(2026, 12, 30))


@pytest.mark.parametrize("text", ["31.02", "Christmas", "1.13", "²⁵.12", "25.12.99999"])
def test_what_is_not_a_day_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        DeliveryCalendar(holidays=text).full_clean()


# ---------------------------------------------------------------- tax


def test_goods_are_taxed_by_their_class_or_that_of_the_nearest_category() -> None:
    food, books = (TaxClass.objects.create(code=code, name_en=code) for code in ("food", "books"))
    home_tax("21")
    TaxRate.objects.create(country="LV", tax_class=food, rate=12)
    TaxRate.objects.create(country="LV", tax_class=books, rate=5)
    shelf = CategoryFactory(tax_class=food)
    below = CategoryFactory(parent=shelf)
    inherits = ProductFactory(sku="INHERITS", category=below, price=Decimal("11.20")).variants.get()
    own = ProductFactory(sku="OWN", category=below, price=Decimal("10.50"), tax_class=books).variants.get()
    usual = variant("USUAL", "12.10")
    order = buy((inherits, 1), (own, 1), (usual, 1))
    assert {line.sku: (line.tax_rate, line.net) for line in order.lines.all()} == {
        "INHERITS": (12, 10),
        "OWN": (5, 10),
        "USUAL": (21, 10),
    }
    assert [(part.rate, part.tax) for part in order.tax_parts] == [
        (21, Decimal("2.97")),
        (12, Decimal("1.20")),
        (5, Decimal("0.50")),
    ]


def test_a_class_without_a_rate_of_its_own_is_taxed_as_usual() -> None:
    TaxClass.objects.create(code="food", name_en="Food")
    home_tax("21")
    assert taxes.table("LV").rate(TaxClass.objects.get().pk) == 21


def test_a_country_without_rates_is_not_taxed() -> None:
    home_tax("21")
    assert (taxes.table("US").rate(None), taxes.table("").rate(None), taxes.table("").country) == (0, 21, "LV")
