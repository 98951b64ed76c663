"""What a cart holds, and what it would cost."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from store import carts, delivery_dates
from store.errors import BadQuantity, SoldOut, UnknownSku
from store.models import Cart, CartLine, Product, Variant
from store.tests.shopping import cart_with, home_tax, parcel, variant

pytestmark = pytest.mark.django_db


def test_adding_twice_makes_one_line_with_both_quantities() -> None:
    item = variant()
    cart = cart_with((item, 1), (item, 2))
    assert [(line.variant_id, line.quantity) for line in cart.lines.all()] == [(item.pk, 3)]


def test_more_than_is_left_is_refused_with_a_sentence_and_the_cart_stays() -> None:
    item = variant(stock=2)
    cart = cart_with((item, 2))
    with pytest.raises(SoldOut, match="Only 2"):
        carts.add(cart=cart, sku="A")
    assert cart.lines.get().quantity == 2


@pytest.mark.parametrize("quantity", [0, -1, 1000, 10**30])
def test_impossible_quantities_are_refused(quantity: int) -> None:
    variant(stock=5000)
    with pytest.raises(BadQuantity):
        carts.add(cart=carts.get_or_create(), sku="A", quantity=quantity)


@pytest.mark.parametrize("sku", ["", "nothing", "A\x00", "🛒", "x" * 5000])
def test_an_unknown_sku_is_refused_by_name(sku: str) -> None:
    variant()
    with pytest.raises(UnknownSku):
        carts.add(cart=carts.get_or_create(), sku=sku)


def test_what_is_not_for_sale_cannot_be_added() -> None:
    Product.objects.filter(pk=variant().product_id).update(active=False)
    with pytest.raises(UnknownSku):
        carts.add(cart=carts.get_or_create(), sku="A")


def test_setting_the_quantity_to_zero_removes_the_line() -> None:
    cart = cart_with((variant(), 2))
    carts.set_quantity(cart=cart, sku="A", quantity=0)
    assert not cart.lines.exists()


def test_a_line_that_is_not_there_cannot_be_changed() -> None:
    variant()
    with pytest.raises(UnknownSku):
        carts.set_quantity(cart=carts.get_or_create(), sku="A", quantity=1)


def test_the_live_price_counts_and_the_change_is_shown() -> None:
    item = variant(price="10.00")
    cart = cart_with((item, 2))
    Variant.objects.filter(pk=item.pk).update(price=Decimal("12.00"))
    (line,) = carts.contents(cart=cart).items
    assert (line.price, line.price_seen, line.price_changed, line.is_dearer) == (12, 10, True, True)
    assert carts.contents(cart=cart).totals.subtotal == 24


def test_totals_contain_the_first_delivery_and_the_tax_of_the_home_country() -> None:
    home_tax("21")
    parcel("fast", "4.00", position=2)
    parcel("post", "5.00", position=1)
    totals = carts.contents(cart=cart_with((variant(price="16.00"), 1))).totals
    assert (totals.shipping, totals.total, totals.tax, totals.tax_included) == (5, 21, Decimal("3.64"), True)


def test_tax_on_top_is_added_to_the_total() -> None:
    home_tax("10", included=False)
    parcel()
    totals = carts.contents(cart=cart_with((variant(price="15.00"), 1))).totals
    assert (totals.tax, totals.total) == (2, 22)


def test_delivery_is_free_from_its_threshold() -> None:
    parcel(free_from=Decimal("20"))
    cart = cart_with((variant(price="10.00"), 1))
    assert carts.contents(cart=cart).totals.shipping == 5
    carts.set_quantity(cart=cart, sku="A", quantity=2)
    assert carts.contents(cart=cart).totals.shipping == 0


def test_a_country_without_delivery_gets_no_offer() -> None:
    parcel(countries=["LV"])
    cart = cart_with((variant(), 1))
    carts.set_delivery(cart=cart, country="DE")
    assert carts.contents(cart=cart).offer is None


def test_delivery_days_are_working_days() -> None:
    friday = date(2026, 11, 20)
    assert delivery_dates.working_day(friday, 1) == date(2026, 11, 23)
    assert delivery_dates.working_day(friday, 5) == date(2026, 11, 27)


def test_log_in_joins_the_visitors_cart_to_the_accounts() -> None:
    user = User.objects.create_user("a@example.com")
    one, two = variant("A"), variant("B")
    own = cart_with((one, 1), user=user)
    guest = cart_with((one, 3), (two, 2))
    assert carts.merge(key=guest.key, user=user) == own
    assert {(line.variant.sku, line.quantity) for line in own.lines.all()} == {("A", 3), ("B", 2)}
    assert not Cart.objects.filter(pk=guest.pk).exists()


def test_the_first_cart_of_an_account_is_the_visitors_itself() -> None:
    user = User.objects.create_user("a@example.com")
    guest = cart_with((variant(), 1))
    assert carts.merge(key=guest.key, user=user) == guest
    assert carts.get(user=user) == guest
    assert carts.get(key=guest.key) is None


def test_nobody_opens_an_accounts_cart_by_its_key() -> None:
    user = User.objects.create_user("a@example.com")
    own = carts.get_or_create(user=user)
    assert carts.get(key=own.key) is None
    assert carts.get_or_create(key=own.key) != own


def test_the_badge_counts_pieces() -> None:
    cart = cart_with((variant("A"), 2), (variant("B"), 1))
    assert carts.cart_count(key=cart.key) == 3
    assert carts.cart_count(key="nonsense\x00") == carts.cart_count() == 0


def test_contents_cost_three_queries_however_many_lines(django_assert_num_queries: object) -> None:
    parcel()
    cart = cart_with(*[(variant(f"S{n}"), 1) for n in range(8)])
    # The delivery calendar is read once a minute.
    delivery_dates.calendar()
    with django_assert_num_queries(3):  # type: ignore[operator]
        carts.contents(cart=cart)
    assert CartLine.objects.count() == 8
