"""Orders that staff take for a customer: the shop's own order, held longer, paid by a mailed link."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notifications.models import OutgoingMail
from store import coupons, expiry, orders
from store.errors import CouponRefused
from store.models import Cart, Coupon, Order
from store.payments import starting
from store.tests.shopping import books, buy, cart_with, parcel, variant
from store.tests.test_order_list import staff

pytestmark = pytest.mark.django_db
PAGE = "/admin/store/phone-orders/"
Commit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def shop() -> Client:
    parcel()
    return staff("shop@example.com", "Shop managers")


def form(*goods: tuple[str, int | str], **changes: Any) -> dict[str, Any]:
    data = {"token": "phone/1", "email": "Bob@Example.com", "full_name": "Bob Ray", "phone": "+37120000001"}
    data |= {"line1": "Main street 1", "city": "Rīga", "postal_code": "LV-1001", "country": "LV", "language": "en"}
    data |= {"shipping_method": "", "payment": "test", "hold_days": "5", "coupon": "", "discount": "", "reason": ""}
    data |= {"form-TOTAL_FORMS": str(max(len(goods), 1)), "form-INITIAL_FORMS": "0", "place": "1"}
    for row, (sku, quantity) in enumerate(goods):
        data |= {f"form-{row}-sku": sku, f"form-{row}-quantity": str(quantity)}
    return data | changes


def test_an_order_is_placed_held_for_days_and_its_link_mailed_and_shown(shop: Client, commit: Commit) -> None:
    item = variant("A", stock=5)
    with commit():
        answer = shop.post(PAGE, form(("A", 2)))
    order = Order.objects.get()
    assert answer.url == f"{PAGE}{order.pk}/"
    assert (order.email, order.total, order.status) == ("bob@example.com", Decimal("25.00"), "placed")
    assert order.expires_at - timezone.now() > timedelta(days=4)
    assert order.events.get(to_status="placed").actor == "shop@example.com"
    assert books(item) == (5, 2)
    mail = OutgoingMail.objects.get(kind="order_pay_link")
    assert mail.to == "bob@example.com"
    assert order.token in mail.text
    assert order.token in shop.get(answer.url).content.decode()


def test_the_customer_pays_by_the_link(shop: Client, commit: Commit) -> None:
    variant("A")
    with commit():
        shop.post(PAGE, form(("A", 1)))
    order = Order.objects.get()
    guest = Client()
    page = guest.get(f"/orders/{order.number}/?token={order.token}", follow=True)
    assert "Pay now" in page.content.decode()
    assert "/payments/test/" in guest.post(f"/orders/{order.number}/pay/", {"payment": "test"}).url


def test_a_transfer_gets_one_mail_that_says_where_to(shop: Client, commit: Commit) -> None:
    variant("A")
    with commit():
        shop.post(PAGE, form(("A", 1), payment="offline"))
    kinds = list(OutgoingMail.objects.filter(to="bob@example.com").values_list("kind", flat=True))
    assert kinds == ["order_received"]


def test_placing_twice_lands_on_one_order(shop: Client) -> None:
    item = variant("A", stock=5)
    first, second = shop.post(PAGE, form(("A", 1))), shop.post(PAGE, form(("A", 1)))
    assert first.url == second.url
    assert books(item) == (5, 1)


def test_it_is_worked_out_before_it_is_placed(shop: Client) -> None:
    variant("A", "10.00")
    data = form(("A", 3))
    data.pop("place")
    page = shop.post(PAGE, data).content.decode()
    assert "€35.00" in page
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("goods", "sentence"),
    [
        ([], "Name at least one product"),
        ([("NONE", 1)], "no product with the SKU"),
        ([("A", 6)], "Only 5"),
        ([("A", 3), ("A", 3)], "Only 5"),
    ],
)
def test_what_cannot_be_ordered_is_said_and_nothing_is_left_behind(
    shop: Client, goods: list[tuple[str, int]], sentence: str
) -> None:
    item = variant("A", stock=5)
    assert sentence in shop.post(PAGE, form(*goods)).content.decode()
    assert not Order.objects.exists()
    assert not Cart.objects.exists()
    assert books(item) == (5, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "x"},
        {"email": ""},
        {"full_name": ""},
        {"line1": ""},
        {"country": "ZZ"},
        {"hold_days": "999"},
        {"discount": "NaN", "reason": "x"},
        {"discount": "-5", "reason": "x"},
        {"discount": "5", "reason": ""},
        {"coupon": "NO-SUCH"},
        {"phone": "abc"},
        {"shipping_method": "teleport"},
        {"form-0-quantity": "-3"},
        {"form-0-quantity": "99999999999999999999"},
        {"form-0-sku": "\x00"},
        {"full_name": "a\x00b"},
    ],
)
def test_a_mistake_is_shown_at_the_form(shop: Client, changes: dict[str, str]) -> None:
    variant("A")
    answer = shop.post(PAGE, form(("A", 1), **changes))
    assert answer.status_code == 200
    assert not Order.objects.exists()
    assert not Coupon.objects.exists()


def test_the_discount_of_an_order_called_off_is_no_voucher_for_another(shop: Client) -> None:
    item = variant("A")
    shop.post(PAGE, form(("A", 2), discount="4.00", reason="Late last time"))
    order = Order.objects.get()
    orders.cancel(order=order)
    with pytest.raises(CouponRefused):
        coupons.put_in(cart=cart_with((item, 1)), code=order.coupon_code)


def test_the_discount_holds_when_its_money_comes_late(shop: Client) -> None:
    item = variant("A")
    shop.post(PAGE, form(("A", 2), discount="4.00", reason="Late last time", payment="offline"))
    order = Order.objects.get()
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now())
    expiry.expire(order=order)
    starting.paid_by_hand(order=order, actor="shop@example.com")
    order.refresh_from_db()
    assert (order.status, books(item)) == ("paid", (3, 0))


def test_a_discount_of_staffs_own_goes_through_the_totals_and_into_the_timeline(shop: Client) -> None:
    variant("A", "10.00", stock=5)
    shop.post(PAGE, form(("A", 2), discount="4.00", reason="Late last time"))
    order = Order.objects.get()
    assert (order.discount, order.total) == (Decimal("4.00"), Decimal("21.00"))
    assert "Late last time" in order.events.exclude(note="").get().note
    assert (Coupon.objects.get().max_uses, Coupon.objects.get().used) == (1, 1)


def test_a_coupon_counts(shop: Client) -> None:
    variant("A", "10.00", stock=5)
    Coupon.objects.create(code="TEN", kind="percent", value=10)
    shop.post(PAGE, form(("A", 2), coupon="ten"))
    assert Order.objects.get().discount == Decimal("2.00")


def test_it_belongs_to_the_account_that_confirmed_the_address(shop: Client) -> None:
    variant("A", stock=9)
    user = User.objects.create_user("bob@example.com")
    address = EmailAddress.objects.create(user=user, email="bob@example.com", verified=False)
    shop.post(PAGE, form(("A", 1)))
    assert Order.objects.latest("pk").user is None
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    shop.post(PAGE, form(("A", 1), token="phone/2"))
    assert Order.objects.latest("pk").user == user


def test_the_address_of_the_last_order_is_filled_in(shop: Client) -> None:
    buy((variant("A"), 1))
    assert "Brīvības iela 1" in shop.get(PAGE, {"email": "ann@example.com"}).content.decode()
    page = shop.post(PAGE, form(("A", 1), email="ANN@example.com", line1="", fill="1")).content.decode()
    assert "Brīvības iela 1" in page
    assert 'value="A"' in page
    assert "Nobody has ordered" in shop.post(PAGE, form(email="who@example.com", fill="1")).content.decode()


def test_products_and_customers_are_suggested(shop: Client) -> None:
    buy((variant("LAMP-1"), 1))
    shop.get("/admin/store/customers/")
    found = shop.get(f"{PAGE}suggest/products/", {"q": "lam"}).json()["items"]
    assert [item["value"] for item in found] == ["LAMP-1"]
    assert shop.get(f"{PAGE}suggest/customers/", {"q": "ann"}).json()["items"][0]["label"] == "Ann Lee"
    assert shop.get(f"{PAGE}suggest/products/", {"q": "\x00"}).json() == {"items": []}


def test_only_those_who_work_with_orders_take_them() -> None:
    parcel()
    variant("A")
    for client in (staff("editor@example.com", "Content managers"), Client()):
        assert client.get(PAGE).status_code == 302
        assert client.post(PAGE, form(("A", 1))).status_code == 302
        assert client.get(f"{PAGE}suggest/customers/?q=ann").status_code == 302
    assert not Order.objects.exists()
