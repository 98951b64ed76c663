"""From cart to order: once, wholly or not at all."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from store import carts, checkout, orders
from store.checkout import place_order
from store.errors import (
    AccountBlocked,
    CouponRefused,
    EmptyCart,
    SoldOut,
    StoreError,
    UnknownGateway,
    UnknownShippingMethod,
)
from store.models import Coupon, Order, OrderStatus, Product, ShippingMethod, Variant
from store.signals import order_placed
from store.tests.shopping import CUSTOMER, books, buy, cart_with, home_tax, parcel, variant

pytestmark = pytest.mark.django_db


def place(cart: Any, **changes: Any) -> Order:
    parcel()
    wanted = {"customer": CUSTOMER, "shipping_method": "post", "payment": "test", "token": "t"}
    return place_order(cart=cart, **{**wanted, **changes})


def test_an_order_freezes_names_prices_and_totals() -> None:
    home_tax("21")
    item = variant(price="10.00")
    order = buy((item, 2))
    Variant.objects.filter(pk=item.pk).update(price=Decimal("99"))
    (line,) = order.lines.all()
    assert (line.sku, line.quantity, line.price, line.total) == ("A", 2, 10, 20)
    assert (order.subtotal, order.shipping, order.total, order.tax) == (20, 5, 25, Decimal("4.34"))
    assert order.status == OrderStatus.PLACED


def test_an_order_holds_its_goods_and_empties_the_cart() -> None:
    item = variant(stock=5)
    cart = cart_with((item, 2))
    place(cart)
    assert books(item) == (5, 2)
    assert not cart.lines.exists()


def test_the_same_token_lands_on_the_same_order() -> None:
    item = variant(stock=5)
    cart = cart_with((item, 2))
    first = place(cart)
    assert place(cart) == first
    assert place(cart_with((item, 1))) == first
    assert Order.objects.count() == 1
    assert books(item) == (5, 2)


def test_an_empty_cart_cannot_be_ordered() -> None:
    with pytest.raises(EmptyCart):
        place(cart_with())


def test_sold_out_meanwhile_names_the_product_and_nothing_has_happened() -> None:
    one, two = variant("A", stock=5), variant("B", stock=1)
    cart = cart_with((one, 1), (two, 1))
    buy((two, 1))
    with pytest.raises(SoldOut) as caught:
        place(cart)
    assert caught.value.sku == "B"
    assert books(one) == (5, 0)
    assert cart.lines.count() == 2
    assert Order.objects.count() == 1


def test_what_is_no_longer_for_sale_is_sold_out() -> None:
    item = variant()
    cart = cart_with((item, 1))
    Product.objects.filter(pk=item.product_id).update(active=False)
    with pytest.raises(SoldOut):
        place(cart)


def test_the_price_of_the_moment_is_charged() -> None:
    item = variant(price="10.00")
    cart = cart_with((item, 1))
    Variant.objects.filter(pk=item.pk).update(price=Decimal("12.00"))
    assert place(cart).subtotal == 12


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "nobody"),
        ("email", "a@b"),
        ("email", f"{'a' * 300}@example.com"),
        ("full_name", " \x00 "),
        ("full_name", "x" * 151),
        ("phone", "12"),
        ("phone", "call me"),
        ("country", "XX"),
        ("country", ""),
        ("line1", ""),
        ("city", ""),
        ("postal_code", ""),
    ],
)
def test_a_wrong_field_is_named(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as caught:
        place(cart_with((variant(), 1)), customer=dataclasses.replace(CUSTOMER, **{field: value}))
    assert list(caught.value.message_dict) == [field]


def test_what_was_typed_is_tidied() -> None:
    typed = dataclasses.replace(
        CUSTOMER, email=" Ann@Example.COM ", phone="20 000 000", full_name="Ann\n Lee 🎉", country="lv"
    )
    order = place(cart_with((variant(), 1)), customer=typed)
    assert (order.email, order.phone, order.full_name) == ("ann@example.com", "+37120000000", "Ann Lee 🎉")


def test_a_country_without_postal_codes_needs_none() -> None:
    place(cart_with((variant(), 1)), customer=dataclasses.replace(CUSTOMER, country="HK", postal_code=""))


@pytest.mark.parametrize("code", ["", "nothing", "post\x00"])
def test_an_unknown_way_of_delivery_is_refused(code: str) -> None:
    with pytest.raises(UnknownShippingMethod):
        place(cart_with((variant(), 1)), shipping_method=code)


def test_a_way_of_delivery_that_does_not_go_there_is_refused() -> None:
    ShippingMethod.objects.create(code="post", name_en="Parcel", price=5, countries=["DE"])
    with pytest.raises(UnknownShippingMethod):
        place(cart_with((variant(), 1)))


@pytest.mark.parametrize("code", ["", "cash", "stripe", "a\x00"])
def test_a_way_of_payment_that_is_not_offered_is_refused(code: str) -> None:
    with pytest.raises(UnknownGateway):
        place(cart_with((variant(), 1)), payment=code)


def test_the_test_gateway_exists_only_with_debug(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(UnknownGateway):
        place(cart_with((variant(), 1)))


def test_a_blocked_account_cannot_order(django_user_model: type[User]) -> None:
    user = django_user_model.objects.create_user("b@example.com")
    cart = cart_with((variant(), 1), user=user)
    user.blocked_at = user.date_joined
    with pytest.raises(AccountBlocked):
        place(cart, user=user)


def test_numbers_reveal_nothing_and_a_taken_one_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    item = variant()
    taken = buy((item, 1)).number
    drawn = iter([taken, taken, "AAAAA-22222"])
    monkeypatch.setattr(checkout, "new_number", lambda: next(drawn))
    assert buy((item, 1)).number == "AAAAA-22222"
    assert books(item) == (5, 2)


def test_names_are_frozen_in_the_orders_language() -> None:
    item = variant()
    Product.objects.filter(pk=item.product_id).update(name_ru="Лампа")
    assert buy((item, 1), language="ru").lines.get().name == "Лампа"


def test_a_free_order_is_paid_at_once() -> None:
    item = variant(price="0.00")
    parcel(price="0.00")
    order = buy((item, 1))
    assert order.status == OrderStatus.PAID
    assert books(item) == (4, 0)


def test_the_signal_goes_out_after_commit_only(django_capture_on_commit_callbacks: Any) -> None:
    heard: list[str] = []

    def hear(sender: Any, order: Order, **kwargs: Any) -> None:
        heard.append(order.number)

    order_placed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            order = buy((variant(), 1))
            assert heard == []
    finally:
        order_placed.disconnect(hear)
    assert heard == [order.number]


def test_placing_an_order_of_two_lines_costs_at_most_sixteen_statements() -> None:
    home_tax()
    cart = cart_with((variant("A"), 1), (variant("B"), 2))
    parcel()
    with CaptureQueriesContext(connection) as captured:
        place(cart)
    assert len(captured) <= 16, "\n".join(query["sql"] for query in captured)


def test_the_same_token_lands_on_its_order_whatever_has_become_of_cart_and_coupon() -> None:
    item, coupon = variant(), Coupon.objects.create(code="ONCE", value=10, max_uses=1)
    cart = cart_with((item, 1))
    first = buy(cart=cart, coupon=coupon.code, token="t" * 32)
    assert buy(cart=cart, coupon=coupon.code, token="t" * 32) == first
    carts.add(cart=cart, sku=item.sku)
    assert buy(cart=cart, coupon=coupon.code, token="t" * 32) == first
    assert buy(cart=cart, token="t" * 32) == first
    assert buy(cart=cart, coupon="NOBODYS", token="t" * 32) == first
    assert (Order.objects.count(), books(item), cart.lines.count()) == (1, (5, 1), 1)
    with pytest.raises(CouponRefused):
        buy(cart=cart, coupon=coupon.code, token="u" * 32)


def test_orders_are_found_by_their_customers_only(django_user_model: type[User]) -> None:
    owner = django_user_model.objects.create_user("o@example.com")
    other = django_user_model.objects.create_user("p@example.com")
    item = variant()
    theirs = buy((item, 1), user=owner)
    guests = buy((item, 1))
    assert orders.find(number=theirs.number, user=owner) == theirs
    assert orders.find(number=theirs.number.lower(), user=owner) == theirs
    assert orders.find(number=theirs.number, user=other) is None
    assert orders.find(number=theirs.number) is None
    assert orders.find(number=theirs.number, token=theirs.token) == theirs
    assert orders.find(number=guests.number) is None
    assert orders.find(number=guests.number, token=guests.token) == guests
    assert orders.find(number=guests.number, token="wröng") is None
    assert orders.find(number=guests.number, cart_key=guests.cart.key) == guests
    assert orders.find(number="\x00") is None


def test_a_token_longer_than_its_column_still_works() -> None:
    item = variant()
    first = buy((item, 1), token="x" * 200)
    assert buy((item, 1), token="x" * 200) == first


def test_errors_are_sentences() -> None:
    with pytest.raises(StoreError, match="Your cart is empty"):
        place(cart_with())
