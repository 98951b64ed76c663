"""Coupons: what they are worth, why they are refused, and that they are never used once too often."""

import dataclasses
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from store import carts, coupons, expiry, orders
from store.coupon_batches import generate
from store.errors import CouponRefused, StoreError, UnknownCoupon
from store.models import Coupon, CouponTarget, CouponUse, Order, OrderStatus, Variant
from store.payments import sandbox_cards, starting
from store.tests.factories import BrandFactory, CategoryFactory, ProductFactory
from store.tests.shopping import BODY, CUSTOMER, books, buy, cart_with, home_tax, parcel, variant

pytestmark = pytest.mark.django_db


def coupon(code: str = "TEN", value: str = "10", **fields: Any) -> Coupon:
    return Coupon.objects.create(code=code, value=Decimal(value), **fields)


def used(item: Coupon) -> int:
    return Coupon.objects.get(pk=item.pk).used


@pytest.mark.parametrize("typed", ["ten", " TEN ", "T e n", "ｔｅｎ", "te\u200bn"])
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    wanted = coupon()
    assert coupons.find(typed) == wanted


@pytest.mark.parametrize("typed", ["", " ", "TEN1", "\x00", "🎉" * 400, "straße"])
def test_a_code_that_does_not_exist_is_refused(typed: str) -> None:
    coupon()
    with pytest.raises(UnknownCoupon):
        coupons.find(typed)


def test_codes_of_any_script_fold_their_case() -> None:
    wanted = coupon("STRASSE-ЗИМА")
    assert coupons.find("straße-зима") == wanted


def test_two_spellings_of_one_code_cannot_both_exist() -> None:
    coupon("Ten")
    with pytest.raises(IntegrityError), transaction.atomic():
        coupon("tEN")


def test_per_cent_are_shared_out_to_the_cent_and_frozen_line_by_line() -> None:
    home_tax("21")
    coupon(value="10")
    one, two, three = variant("A", "3.33"), variant("B", "3.33"), variant("C", "3.35")
    order = buy((one, 1), (two, 1), (three, 1), coupon="ten")
    assert (order.subtotal, order.discount, order.coupon_code) == (Decimal("10.01"), 1, "TEN")
    lines = list(order.lines.all())
    assert sum(line.discount for line in lines) == order.discount
    assert sum(line.tax for line in lines) + order.shipping_tax == order.tax
    assert order.total == Decimal("14.01")
    assert sum(line.paid for line in lines) + order.shipping == order.total


def test_an_amount_is_never_more_than_the_goods() -> None:
    coupon(kind="amount", value="50")
    order = buy((variant(price="10.00"), 2), coupon="TEN")
    assert (order.discount, order.total) == (20, 5)


def test_free_delivery_takes_nothing_off_the_goods_and_the_use_knows_its_worth() -> None:
    coupon(kind="free_shipping", value="0")
    order = buy((variant(), 1), coupon="TEN")
    assert (order.discount, order.shipping, order.total) == (0, 0, 10)
    assert order.coupon_use.amount == 5


def test_a_coupon_that_pays_for_everything_makes_a_paid_order() -> None:
    coupon(value="100")
    parcel(price="0.00")
    assert buy((variant(), 1), coupon="TEN").status == OrderStatus.PAID


def test_only_the_goods_it_is_for_are_cheaper() -> None:
    brand, shelf = BrandFactory(name="Tarn"), CategoryFactory()
    below = CategoryFactory(parent=shelf)
    ours = ProductFactory(sku="OURS", brand=brand, price=Decimal(10)).variants.get()
    within = ProductFactory(sku="WITHIN", category=below, price=Decimal(20)).variants.get()
    other = variant("OTHER", "40.00")
    limited = coupon(value="50")
    CouponTarget.objects.create(coupon=limited, brand=brand)
    CouponTarget.objects.create(coupon=limited, category=shelf)
    order = buy((ours, 1), (within, 1), (other, 1), coupon="TEN")
    assert {line.sku: line.discount for line in order.lines.all()} == {"OURS": 5, "WITHIN": 10, "OTHER": 0}


def test_reduced_goods_can_be_left_out() -> None:
    reduced, full = variant("A", "10.00"), variant("B", "10.00")
    Variant.objects.filter(pk=reduced.pk).update(compare_at_price=Decimal(20))
    coupon(value="50", excludes_sale=True)
    assert buy((reduced, 1), (full, 1), coupon="TEN").discount == 5
    with pytest.raises(CouponRefused, match="not for reduced goods"):
        buy((reduced, 1), coupon="TEN")


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"active": False}, "not valid any more"),
        ({"starts_at": DAY}, "valid from"),
        ({"ends_at": -DAY}, "expired on"),
        ({"minimum": Decimal("13.20")}, "€3.20 more"),
    ],
)
def test_a_refusal_says_why_and_nothing_is_ordered(fields: dict[str, Any], sentence: str) -> None:
    moments = {name: timezone.now() + value for name, value in fields.items() if isinstance(value, timedelta)}
    refused = coupon(**{**fields, **moments})
    item = variant()
    with pytest.raises(CouponRefused, match=sentence):
        buy((item, 1), coupon="TEN")
    assert (Order.objects.count(), used(refused), books(item)) == (0, 0, (5, 0))


def test_a_coupon_for_other_goods_names_them() -> None:
    CouponTarget.objects.create(coupon=coupon(), brand=BrandFactory(name="Tarn"))
    with pytest.raises(CouponRefused, match="only for: Tarn"):
        coupons.put_in(cart=cart_with((variant(), 1)), code="TEN")


def test_what_the_minimum_lacks_stays_in_the_cart_and_counts_once_it_is_reached() -> None:
    coupon(minimum=Decimal(15))
    item = variant()
    cart = cart_with((item, 1))
    with pytest.raises(CouponRefused):
        coupons.put_in(cart=cart, code="ten")
    assert "€5.00 more" in carts.contents(cart=cart).benefit.refusal
    carts.add(cart=cart, sku="A")
    contents = carts.contents(cart=cart)
    assert (contents.coupon_code, contents.totals.discount) == ("TEN", 2)


def test_all_uses_are_taken_and_no_more() -> None:
    twice = coupon(max_uses=2)
    item = variant(stock=9)
    for _order in range(2):
        buy((item, 1), coupon="TEN")
    with pytest.raises(CouponRefused, match="used up"):
        buy((item, 1), coupon="TEN")
    assert (used(twice), CouponUse.objects.count(), books(item)) == (2, 2, (9, 2))


def test_the_database_itself_refuses_one_use_too_many() -> None:
    once = coupon(max_uses=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coupon.objects.filter(pk=once.pk).update(used=2)


@pytest.mark.parametrize("email", ["ann@example.com", "ANN@Example.com", "ann+again@example.com"])
def test_a_customer_is_known_by_the_mailbox(email: str) -> None:
    coupon(max_uses_each=1)
    item = variant(stock=9)
    buy((item, 1), coupon="TEN")
    with pytest.raises(CouponRefused, match="You have used"):
        buy((item, 1), coupon="TEN", customer=dataclasses.replace(CUSTOMER, email=email))
    buy((item, 1), coupon="TEN", customer=dataclasses.replace(CUSTOMER, email="bob@example.com"))


def test_dots_do_not_make_another_mailbox_at_google() -> None:
    assert coupons.email_key("A.n.n+x@googlemail.com") == coupons.email_key("ann@gmail.com")
    assert coupons.email_key("a.nn@example.com") != coupons.email_key("ann@example.com")


def test_an_account_is_known_whatever_address_it_gives(django_user_model: type[User]) -> None:
    user = django_user_model.objects.create_user("member@example.com")
    coupon(max_uses_each=1)
    item = variant(stock=9)
    buy((item, 1), coupon="TEN", user=user)
    with pytest.raises(CouponRefused):
        buy((item, 1), coupon="TEN", user=user, customer=dataclasses.replace(CUSTOMER, email="other@example.com"))


def test_a_cancelled_order_gives_its_coupon_back_once() -> None:
    once = coupon(max_uses=1, max_uses_each=1)
    item = variant()
    order = buy((item, 1), coupon="TEN")
    orders.cancel(order=order)
    coupons.release(order=order)
    assert used(once) == 0
    assert CouponUse.objects.get().released_at is not None
    buy((item, 1), coupon="TEN")
    assert used(once) == 1


def overdue(order: Order) -> Order:
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    return Order.objects.get(pk=order.pk)


def test_an_expired_order_gives_its_coupon_back_and_takes_it_again_when_it_is_paid_late() -> None:
    once = coupon(max_uses=1)
    order = buy((variant(), 1), coupon="TEN")
    payment = starting.start(order=order)
    type(payment).objects.filter(pk=payment.pk).update(status="failed")
    expiry.expire(order=overdue(order))
    assert used(once) == 0
    type(payment).objects.filter(pk=payment.pk).update(status="pending")
    sandbox_cards.pay(payment=payment, card=sandbox_cards.PAYS)
    order.refresh_from_db()
    assert (order.status, used(once)) == (OrderStatus.PAID, 1)


def test_a_late_payment_is_given_back_when_somebody_else_has_used_the_coupon_meanwhile() -> None:
    once = coupon(max_uses=1)
    item = variant(stock=9)
    order = buy((item, 1), coupon="TEN")
    payment = starting.start(order=order)
    type(payment).objects.filter(pk=payment.pk).update(status="failed")
    expiry.expire(order=overdue(order))
    buy((item, 1), coupon="TEN", customer=dataclasses.replace(CUSTOMER, email="bob@example.com"))
    type(payment).objects.filter(pk=payment.pk).update(status="pending")
    sandbox_cards.pay(payment=payment, card=sandbox_cards.PAYS)
    order.refresh_from_db()
    assert (order.status, used(once), payment.refunds.count()) == (OrderStatus.EXPIRED, 1, 1)
    assert books(item) == (9, 1)


def test_an_order_with_a_coupon_costs_few_statements_more() -> None:
    coupon(max_uses=5, max_uses_each=1)
    parcel()
    cart = cart_with((variant("A"), 1), (variant("B"), 1))
    with CaptureQueriesContext(connection) as captured:
        buy(cart=cart, coupon="TEN")
    assert len(captured) <= 22, "\n".join(query["sql"] for query in captured)


# ---------------------------------------------------------------- in the shop


@pytest.fixture
def shopper(client: Client) -> Client:
    parcel()
    variant(price="10.00")
    client.post("/cart/add/", {"sku": "A", "quantity": "2"})
    return client


def test_the_cart_takes_a_coupon_shows_it_and_lets_it_go(shopper: Client) -> None:
    coupon()
    shopper.post("/cart/coupon/", {"code": "ten"})
    page = shopper.get("/cart/").content.decode()
    assert "Discount (TEN)" in page and "−€2.00" in page
    shopper.post("/cart/coupon/", {"code": ""})
    assert "Discount" not in shopper.get("/cart/").content.decode()


@pytest.mark.parametrize("code", ["NOPE", "\x00", "x" * 5000, "🎉", "' or 1=1"])
def test_a_wrong_code_is_said_at_the_field(shopper: Client, code: str) -> None:
    answer = shopper.post("/cart/coupon/", {"code": code}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "There is no such coupon" in answer.content.decode()


def test_guessing_codes_ends_with_a_pause_even_for_the_right_one(shopper: Client) -> None:
    coupon()
    for number in range(20):
        shopper.put("/api/v1/cart/coupon", {"code": f"GUESS{number}"}, content_type="application/json")
    answer = shopper.put("/api/v1/cart/coupon", {"code": "TEN"}, content_type="application/json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")


def test_the_api_puts_a_coupon_in_and_takes_it_out(shopper: Client) -> None:
    coupon(minimum=Decimal(5))
    answer = shopper.put("/api/v1/cart/coupon", {"code": "ten"}, content_type="application/json").json()
    assert (answer["discount"], answer["coupon"]) == ("2.00", {"code": "TEN", "applies": True, "reason": ""})
    answer = shopper.delete("/api/v1/cart/coupon").json()
    assert (answer["discount"], answer["coupon"]) == ("0.00", None)


def test_the_api_says_why_a_coupon_is_refused(shopper: Client) -> None:
    coupon(minimum=Decimal("23.20"))
    answer = shopper.put("/api/v1/cart/coupon", {"code": "ten"}, content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (422, "coupon_refused")
    assert "€3.20 more" in answer.json()["detail"]


def test_an_order_by_api_takes_the_coupon_it_names(shopper: Client) -> None:
    coupon()
    answer = shopper.post("/api/v1/checkout", {**BODY, "coupon": "ten"}, content_type="application/json")
    assert (answer.status_code, answer.json()["total"]) == (201, "23.00")
    refused = shopper.post("/api/v1/checkout", {**BODY, "coupon": "NOPE"}, content_type="application/json")
    assert refused.status_code in (409, 422)


# ---------------------------------------------------------------- in the admin


@pytest.fixture
def shop(client: Client, django_user_model: type[User]) -> Client:
    client.force_login(django_user_model.objects.create_superuser("boss@example.com", "x"))
    return client


def test_staff_make_a_coupon_for_a_brand(shop: Client) -> None:
    brand = BrandFactory()
    form = {"code": "Spring", "kind": "percent", "value": "15", "active": "on", "targets-0-brand": str(brand.pk)}
    form |= {"targets-TOTAL_FORMS": "1", "targets-INITIAL_FORMS": "0", "targets-0-id": "", "targets-0-product": ""}
    answer = shop.post("/admin/store/coupons/new/", form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert Coupon.objects.get().targets.get().brand == brand
    assert "Spring" in shop.get("/admin/store/coupons/").content.decode()


@pytest.mark.parametrize(
    "change", [{"value": "101"}, {"value": "0"}, {"value": "-5"}, {"kind": "amount", "value": "0"}]
)
def test_an_impossible_value_is_an_error_in_the_form(shop: Client, change: dict[str, str]) -> None:
    form = {"code": "Spring", "kind": "percent", "value": "15", "active": "on", **change}
    form |= {"targets-TOTAL_FORMS": "0", "targets-INITIAL_FORMS": "0"}
    assert shop.post("/admin/store/coupons/new/", form).status_code == 200
    assert not Coupon.objects.exists()


def test_staff_make_many_codes_at_once(shop: Client) -> None:
    form = {"count": "25", "prefix": "spring", "batch": "Spring mail", "kind": "percent", "value": "15"}
    answer = shop.post("/admin/store/coupons/generate/", form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    made = Coupon.objects.filter(batch="Spring mail")
    assert made.count() == 25
    assert all(item.code.startswith("SPRING-") and item.max_uses == 1 for item in made)
    assert shop.get(answer["Location"]).status_code == 200


def test_too_many_codes_are_refused_and_none_is_made() -> None:
    with pytest.raises(StoreError):
        generate(count=10**9, batch="x", kind="percent", value=Decimal(5))
    assert not Coupon.objects.exists()


def test_who_has_used_a_coupon_is_listed(shop: Client) -> None:
    item = coupon()
    order = buy((variant(), 1), coupon="TEN")
    page = shop.get(f"/admin/store/coupon-uses/?coupon={item.pk}").content.decode()
    assert order.number in page


def test_others_may_not_make_codes(client: Client, django_user_model: type[User]) -> None:
    client.force_login(django_user_model.objects.create_user("nobody@example.com", "x"))
    assert client.get("/admin/store/coupons/generate/").status_code in (302, 403)
