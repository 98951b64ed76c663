"""From the product page to a paid order, as a browser without scripts sends it."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from notifications.models import OutgoingMail
from store import carts
from store.models import Cart, Order, OrderStatus, Stock, Variant
from store.payments import starting
from store.tests.shopping import ADDRESS, books, buy, home_tax, parcel, variant

pytestmark = pytest.mark.django_db

FORM = {
    "email": "ann@example.com",
    "full_name": "Ann Lee",
    "phone": "+37120000000",
    **ADDRESS,
    "shipping_method": "post",
    "payment": "test",
}


def add(client: Client, sku: str = "A", quantity: str = "1", **extra: Any) -> Any:
    return client.post("/cart/add/", {"sku": sku, "quantity": quantity}, **extra)


def token_in(response: Any) -> str:
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]  # type: ignore[index]


def seen_in(response: Any) -> str:
    return re.search(r'name="seen" value="([^"]+)"', response.content.decode())[1]  # type: ignore[index]


def order_by_form(client: Client, **changes: str) -> Any:
    page = client.get("/checkout/")
    return client.post("/checkout/", {**FORM, "token": token_in(page), "seen": seen_in(page), **changes})


def test_a_guest_buys_with_the_first_card_and_sees_the_order(client: Client) -> None:
    home_tax()
    parcel()
    item = variant(stock=2)
    assert add(client).url == "/cart/"
    assert b"Go to checkout" in client.get("/cart/").content
    pay_page = order_by_form(client)
    assert pay_page.url.startswith("/payments/test/")
    assert b"Test cards" in client.get(pay_page.url).content
    declined = client.post(pay_page.url, {"card": "4000000000000002"}, follow=True)
    assert b"declined" in declined.content
    assert client.post(pay_page.url, {"card": "12"}).status_code == 422
    shown = client.post(pay_page.url, {"card": "4242424242424242"}, follow=True)
    order = Order.objects.get()
    assert shown.redirect_chain[-1][0] == f"/orders/{order.number}/"
    assert b"your order is paid" in shown.content
    assert (order.status, books(item)) == (OrderStatus.PAID, (1, 0))
    assert client.get("/cart/").content.count(b"Your cart is empty") == 1


def test_the_three_d_secure_question_is_asked_and_answered(client: Client) -> None:
    parcel()
    variant()
    add(client)
    url = order_by_form(client).url
    asked = client.post(url, {"card": "4000 0025 0000 3155"}, follow=True)
    assert b"3-D Secure" in asked.content and b"really you" in asked.content
    client.post(url, {"answer": "refuse"})
    assert Order.objects.get().status == OrderStatus.PLACED
    client.post(url, {"card": "4000002500003155"})
    client.post(url, {"answer": "confirm"})
    assert Order.objects.get().status == OrderStatus.PAID


def test_a_double_click_a_reload_and_the_back_button_land_on_the_same_order(client: Client) -> None:
    parcel()
    item = variant()
    add(client)
    page = client.get("/checkout/")
    form = {**FORM, "token": token_in(page), "seen": seen_in(page)}
    first, second = client.post("/checkout/", form), client.post("/checkout/", form)
    assert first.url == second.url
    assert Order.objects.count() == 1
    assert books(item) == (5, 1)
    stranger = Client().post("/checkout/", form)
    assert stranger.status_code == 404


def test_nothing_typed_is_lost_and_every_error_has_its_field(client: Client) -> None:
    parcel()
    variant()
    add(client)
    answer = order_by_form(client, email="nobody", city="", line1="Main <b>street</b> 1", phone="x")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="nobody"' in text and "Main &lt;b&gt;street&lt;/b&gt; 1" in text
    assert 'href="#id_email"' in text or 'href="#id_city"' in text
    assert not Order.objects.exists()


@pytest.mark.parametrize("value", ["\x00", "x" * 5000, "😀", "<script>alert(1)</script>"])
@pytest.mark.parametrize("field", ["email", "full_name", "country", "shipping_method", "payment", "token", "seen"])
def test_nonsense_in_any_field_is_a_sentence_not_a_fault(client: Client, field: str, value: str) -> None:
    parcel()
    variant()
    add(client)
    answer = order_by_form(client, **{field: value})
    assert answer.status_code in (200, 302, 422)
    assert b"<script>alert(1)</script>" not in answer.content


def test_sold_out_meanwhile_leads_back_to_the_cart_with_the_line_marked(client: Client) -> None:
    parcel()
    item = variant(stock=1)
    add(client)
    page = client.get("/checkout/")
    buy((item, 1))
    Stock.objects.update(on_hand=1)
    answer = client.post("/checkout/", {**FORM, "token": token_in(page)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/cart/"
    assert b"is-short" in answer.content and b"Go to checkout" not in answer.content


def test_a_changed_price_is_shown_before_it_is_charged(client: Client) -> None:
    parcel()
    item = variant(price="10.00")
    add(client)
    page = client.get("/checkout/")
    form = {**FORM, "token": token_in(page), "seen": seen_in(page)}
    Variant.objects.filter(pk=item.pk).update(price="12.00")
    assert b"has changed from" in client.get("/cart/").content
    again = client.post("/checkout/", form)
    assert b"A price in your cart has changed" in again.content
    assert not Order.objects.exists()
    client.post("/checkout/", {**form, "seen": seen_in(again)})
    assert Order.objects.get().subtotal == 12


def test_another_country_changes_delivery_without_losing_what_was_typed(client: Client) -> None:
    parcel("local", "1.00", countries=["LV"])
    parcel("abroad", "20.00")
    variant()
    add(client)
    answer = client.post("/checkout/", {**FORM, "country": "DE", "refresh": "1", "full_name": "Ann"})
    text = answer.content.decode()
    assert 'value="abroad"' in text and 'value="local"' not in text
    assert 'value="Ann"' in text and "€30.00" in text


def test_the_cart_changes_by_htmx_and_without(client: Client) -> None:
    parcel()
    variant(stock=3)
    add(client, quantity="2")
    assert client.post("/cart/update/", {"sku": "A", "quantity": "1"}).url == "/cart/"
    by_htmx = client.post("/cart/update/", {"sku": "A", "quantity": "9"}, headers={"HX-Request": "true"})
    assert b"Only 3" in by_htmx.content and b"<html" not in by_htmx.content
    assert by_htmx["HX-Trigger"] == "header-refresh"
    emptied = client.post("/cart/update/", {"sku": "A", "quantity": "0"}, headers={"HX-Request": "true"})
    assert b"Your cart is empty" in emptied.content


@pytest.mark.parametrize("quantity", ["", "-1", "1.5", "1e3", "９", "9" * 40, "x"])
def test_impossible_quantities_get_a_sentence(client: Client, quantity: str) -> None:
    variant()
    add(client)
    answer = client.post("/cart/update/", {"sku": "A", "quantity": quantity}, follow=True)
    assert b"whole number" in answer.content
    assert add(client, quantity=quantity).status_code == 302


def test_the_product_page_may_send_the_variants_id(client: Client) -> None:
    item = variant()
    client.post("/cart/add/", {"variant": str(item.pk), "quantity": "1"})
    assert Cart.objects.get().lines.get().variant == item
    assert client.post("/cart/add/", {"variant": "9" * 30}).status_code == 302


def test_visitors_who_only_look_get_no_cart_and_no_session(client: Client) -> None:
    assert client.get("/cart/").status_code == 200
    assert client.get("/checkout/").url == "/cart/"
    assert not Cart.objects.exists()
    assert "sessionid" not in client.cookies


def test_the_badge_counts_the_cart(client: Client) -> None:
    variant()
    add(client, quantity="3")
    assert client.get("/fragments/header").json()["cart"] == 3


def test_log_in_brings_the_cart_along(client: Client) -> None:
    variant()
    add(client, quantity="2")
    user = User.objects.create_user("a@example.com", "secret-12345")
    client.force_login(user)
    assert carts.cart_count(user=user) == 2
    assert b"line-item" in client.get("/cart/").content


def test_anothers_order_is_as_absent_as_none(client: Client) -> None:
    owner = User.objects.create_user("o@example.com")
    item = variant()
    for order in (buy((item, 1), user=owner), buy((item, 1))):
        for path in ("", "pay/", "cancel/"):
            answer = client.post(f"/orders/{order.number}/{path}") if path else client.get(f"/orders/{order.number}/")
            assert answer.status_code == 404, path
        assert client.get(f"/payments/return/{order.number}/").status_code == 404
        assert client.get(f"/orders/{order.number}/?token=nonsense").status_code == 404
    client.force_login(User.objects.create_user("p@example.com"))
    assert client.get(f"/orders/{order.number}/").status_code == 404


def test_a_guest_opens_the_order_by_the_link_and_keeps_it(client: Client) -> None:
    order = buy((variant(), 1))
    assert client.get(f"/orders/{order.number}/?token={order.token}").url == f"/orders/{order.number}/"
    page = client.get(f"/orders/{order.number}/")
    assert b"Pay now" in page.content and order.token.encode() not in page.content


def test_a_member_opens_the_order_by_the_link_without_logging_in_until_the_link_is_renewed(client: Client) -> None:
    order = buy((variant(), 1), user=User.objects.create_user("o@example.com"))
    client.get(f"/orders/{order.number}/?token={order.token}")
    assert b"Pay now" in client.get(f"/orders/{order.number}/").content
    Order.objects.update(token="another")
    assert client.get(f"/orders/{order.number}/").status_code == 404


def test_an_unpaid_order_is_paid_later_or_cancelled_by_its_customer(client: Client) -> None:
    order = buy((variant(), 1))
    client.get(f"/orders/{order.number}/?token={order.token}")
    assert client.post(f"/orders/{order.number}/pay/", {"payment": "test"}).url.startswith("/payments/test/")
    assert client.post(f"/orders/{order.number}/pay/", {"payment": "gold"}).url == f"/orders/{order.number}/"
    client.post(f"/orders/{order.number}/cancel/")
    assert Order.objects.get().status == OrderStatus.CANCELLED
    again = client.post(f"/orders/{order.number}/cancel/", follow=True)
    assert b"cannot be done" in again.content


def test_members_see_their_own_orders_only(client: Client, django_assert_max_num_queries: Any) -> None:
    user = User.objects.create_user("m@example.com")
    item = variant(stock=99)
    mine, other = buy((item, 1), user=user), buy((item, 1))
    client.force_login(user)
    page = client.get("/orders/").content.decode()
    assert mine.number in page and other.number not in page
    # The latest order's way comes first.
    assert page.index("timeline is-row") < page.index("table-cards")
    for _order in range(10):
        buy((item, 1), user=user)
    with django_assert_max_num_queries(16):
        client.get("/orders/")


def test_visitors_are_asked_for_number_and_address_and_learn_nothing(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    order = buy((variant(), 1))
    assert client.get("/orders/").url == "/orders/track/"
    right = client.post("/orders/track/", {"number": order.number.lower(), "email": "ANN@example.com"})
    wrong = client.post("/orders/track/", {"number": order.number, "email": "eve@example.com"})
    plain = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert plain.sub(b"", right.content) == plain.sub(b"", wrong.content)
    assert client.post("/orders/track/", {"number": "\x00", "email": "x"}).status_code == 422


def test_the_tracking_mail_goes_to_the_orders_address(commit: Any, client: Client) -> None:
    order = buy((variant(), 1))
    with commit():
        client.post("/orders/track/", {"number": order.number, "email": order.email})
        client.post("/orders/track/", {"number": order.number, "email": "eve@example.com"})
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == (order.email, "order_link")
    assert order.token in mail.text


def test_the_test_gateway_does_not_exist_without_debug(client: Client, settings: Any) -> None:
    payment = starting.start(order=buy((variant(), 1)))
    settings.DEBUG = False
    assert client.get(f"/payments/test/{payment.reference}/").status_code == 404
    assert client.post(f"/payments/test/{payment.reference}/", {"card": "4242424242424242"}).status_code == 404
    assert Order.objects.get().status == OrderStatus.PLACED


def test_an_offline_order_says_how_to_pay(client: Client) -> None:
    parcel()
    variant()
    add(client)
    answer = order_by_form(client, payment="offline")
    order = Order.objects.get()
    assert answer.url == f"/orders/{order.number}/"
    assert b"with your transfer" in client.get(answer.url).content


def test_pages_exist_in_russian(client: Client) -> None:
    parcel()
    variant()
    add(client)
    assert client.get("/ru/cart/").status_code == 200
    assert "Латвия" in client.get("/ru/checkout/").content.decode()


def test_a_members_checkout_knows_the_last_address(client: Client) -> None:
    user = User.objects.create_user("m@example.com", first_name="Mia")
    buy((variant("B"), 1), user=user)
    client.force_login(user)
    variant("A")
    add(client)
    assert "Brīvības iela 1" in client.get("/checkout/").content.decode()
    assert Permission.objects.filter(codename="process_order").exists()


def test_the_cart_page_costs_few_queries_however_many_lines(client: Client, django_assert_max_num_queries: Any) -> None:
    home_tax()
    parcel()
    for number in range(8):
        variant(f"S{number}")
        add(client, f"S{number}")
    client.get("/cart/")
    with django_assert_max_num_queries(14):
        client.get("/cart/")
