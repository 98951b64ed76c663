"""The checkout's page: what is typed is kept, the address book, the terms, guests' limit."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth.signals import user_logged_in
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from accounts.models import User
from company.models import TermsVersion
from store import address_book, carts, orders
from store.models import Address, Cart, CartLine, Coupon, OfflineMethod, Order, ShippingMethod, Variant
from store.tests.shopping import BODY, CUSTOMER, buy, cart_with, parcel, variant

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def shopper(client: Client) -> Client:
    parcel()
    variant(stock=9)
    client.post("/cart/add/", {"sku": "A", "quantity": "1"})
    client.post("/cart/delivery/", {"country": "LV"})
    return client


@pytest.fixture
def member(client: Client, django_user_model: type[User]) -> Client:
    client.force_login(django_user_model.objects.create_user("m@example.com"))
    return client


def form(client: Client, **changes: str) -> dict[str, str]:
    token = re.search(r'name="token" value="([^"]+)"', client.get("/checkout/").content.decode())
    assert token is not None
    return {**CUSTOMER.as_dict(), "token": token[1], "shipping_method": "post", "payment": "test", **changes}


def test_what_was_typed_is_there_after_a_reload_and_gone_after_the_order(shopper: Client) -> None:
    shopper.post(
        "/checkout/draft/", {"email": "half@exam", "full_name": "Ann \x00 Lee", "city": "Rīga", "card": "4242"}
    )
    page = shopper.get("/checkout/").content.decode()
    assert 'value="half@exam"' in page and 'value="Rīga"' in page
    assert "4242" not in str(Cart.objects.get().draft)
    shopper.post("/checkout/", form(shopper))
    assert Cart.objects.get().draft == {}


def test_the_back_button_after_the_order_leads_to_the_order(shopper: Client) -> None:
    shopper.post("/checkout/", form(shopper))
    assert shopper.get("/checkout/")["Location"] == Order.objects.get().get_absolute_url()


def test_terms_are_accepted_in_the_version_that_was_shown(shopper: Client) -> None:
    shown = TermsVersion.objects.create(version="1", text_en="<p>First</p>")
    refused = shopper.post("/checkout/", form(shopper, terms_version="1"))
    assert refused.status_code == 422 and "accept the terms" in refused.content.decode()
    assert shopper.post("/checkout/", form(shopper, terms_version="1", terms="on")).status_code == 302
    assert Order.objects.get().terms == shown


def test_terms_that_changed_meanwhile_are_shown_first(shopper: Client) -> None:
    TermsVersion.objects.create(version="1", valid_from=timezone.now() - timedelta(days=1))
    typed = form(shopper, terms_version="1", terms="on")
    TermsVersion.objects.create(version="2")
    assert "terms of sale have changed" in shopper.post("/checkout/", typed).content.decode()
    assert not Order.objects.exists()


def test_terms_of_the_future_are_not_in_force_and_old_ones_can_be_read(client: Client) -> None:
    TermsVersion.objects.create(version="2020-01", text_en="<p>Old</p>", valid_from=timezone.now() - timedelta(days=9))
    TermsVersion.objects.create(version="2020-02", text_en="<p>Now</p>")
    TermsVersion.objects.create(
        version="2099-01", text_en="<p>Later</p>", valid_from=timezone.now() + timedelta(days=9)
    )
    assert "Now" in client.get("/terms/").content.decode()
    assert "Old" in client.get("/terms/2020-01/").content.decode()
    assert client.get("/terms/nothing/").status_code == 404
    assert client.get("/api/v1/terms").json()["version"] == "2020-02"


def test_guests_place_only_so_many_orders_from_one_address(shopper: Client, settings: Any) -> None:
    settings.STORE_GUEST_ORDERS = 1
    key = {"X-Cart": cart_with((Variant.objects.get(), 1)).key}
    first = shopper.post("/api/v1/checkout", BODY, content_type="application/json", headers=key)
    assert first.status_code == 201
    key = {"X-Cart": cart_with((Variant.objects.get(), 1)).key}
    refused = shopper.post("/api/v1/checkout", BODY, content_type="application/json", headers=key)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    assert Order.objects.count() == 1


# ---------------------------------------------------------------- addresses


TYPED = {"full_name": "Ann Lee", "line1": "Street 1", "city": "Riga", "postal_code": "LV-1001", "country": "LV"}


def test_a_member_keeps_changes_and_removes_addresses(member: Client) -> None:
    assert member.post("/account/addresses/new/", TYPED).status_code == 302
    member.post("/account/addresses/new/", {**TYPED, "line1": "Street 2", "is_default": "on"})
    usual, other = Address.objects.all()
    assert (usual.line1, usual.is_default, other.is_default) == ("Street 2", True, False)
    member.post(f"/account/addresses/{other.pk}/", {**TYPED, "line1": "Street 3"})
    assert "Street 3" in member.get("/account/addresses/").content.decode()
    member.post(f"/account/addresses/{usual.pk}/remove/")
    assert Address.objects.get().is_default


@pytest.mark.parametrize("change", [{"line1": ""}, {"country": "XX"}, {"phone": "x"}, {"full_name": "x" * 200}])
def test_a_wrong_address_is_an_error_in_the_form(member: Client, change: dict[str, str]) -> None:
    assert member.post("/account/addresses/new/", {**TYPED, **change}).status_code == 422
    assert not Address.objects.exists()


def test_anothers_address_is_not_there(member: Client, django_user_model: type[User]) -> None:
    other = django_user_model.objects.create_user("o@example.com")
    theirs = address_book.save(user=other, customer=CUSTOMER)
    assert member.get(f"/account/addresses/{theirs.pk}/").status_code == 404
    assert member.post(f"/account/addresses/{theirs.pk}/remove/").status_code == 404
    assert member.delete(f"/api/v1/me/addresses/{theirs.pk}").status_code in (401, 404)
    assert Address.objects.count() == 1


def test_the_api_keeps_an_address_book(member: Client) -> None:
    made = member.post("/api/v1/me/addresses", TYPED, content_type="application/json")
    assert (made.status_code, made.json()["is_default"]) == (201, True)
    again = member.post("/api/v1/me/addresses", TYPED, content_type="application/json")
    assert again.json()["id"] == made.json()["id"]
    member.put(f"/api/v1/me/addresses/{made.json()['id']}", {**TYPED, "city": "Cēsis"}, content_type="application/json")
    assert [item["city"] for item in member.get("/api/v1/me/addresses").json()["items"]] == ["Cēsis"]
    assert member.delete(f"/api/v1/me/addresses/{made.json()['id']}").status_code == 204


def test_the_checkout_offers_the_book_and_keeps_a_new_address(member: Client) -> None:
    parcel()
    variant()
    user = User.objects.get()
    usual = address_book.save(user=user, customer=CUSTOMER)
    member.post("/cart/add/", {"sku": "A", "quantity": "1"})
    assert f'value="{usual.line1}"' in member.get("/checkout/").content.decode()
    member.post("/checkout/", form(member, line1="New street 5", save_address="on"))
    assert Address.objects.filter(user=user, line1="New street 5").exists()


def test_choosing_another_address_fills_the_fields(member: Client) -> None:
    parcel()
    variant()
    user = User.objects.get()
    address_book.save(user=user, customer=CUSTOMER)
    second = address_book.save(user=user, customer=CUSTOMER.__class__(**{**CUSTOMER.as_dict(), "line1": "Second 2"}))
    member.post("/cart/add/", {"sku": "A", "quantity": "1"})
    page = member.post("/checkout/", form(member, refresh="address", address=str(second.pk))).content.decode()
    assert 'value="Second 2"' in page


def test_a_way_of_payment_of_the_pick_up_comes_and_goes_with_it_and_nothing_typed_is_lost(shopper: Client) -> None:
    shop = ShippingMethod.objects.create(code="shop", name_en="Shop", kind="pickup", price=0)
    desk = OfflineMethod.objects.create(code="desk", kind="pickup", name_en="At the desk")
    desk.shipping_methods.add(shop)
    typed = form(shopper, full_name="Typed", line1="Here 5", payment="desk", refresh="1")
    assert "At the desk" not in shopper.get("/checkout/").content.decode()
    for code, offered in (("shop", True), ("post", False)):
        page = shopper.post("/checkout/", typed | {"shipping_method": code}, headers=HTMX).content.decode()
        payment = page.split('id="payment"')[1].split("</section>")[0]
        assert ("At the desk" in payment) is offered
        assert payment.count("checked") == 1
        assert 'value="Typed"' in page and 'value="Here 5"' in page
    answer = shopper.post("/checkout/", form(shopper, payment="desk"))
    assert answer.status_code == 422 and not Order.objects.exists()


def address_of(user: User, email: str, *, verified: bool) -> EmailAddress:
    """One more address of the account."""
    return EmailAddress.objects.create(user=user, email=email, verified=verified)


def test_orders_of_a_guest_belong_to_the_account_that_confirms_the_address(django_user_model: type[User]) -> None:
    order = buy((variant(), 1))
    user = django_user_model.objects.create_user("ann@example.com")
    assert orders.claim(user=user, email="Ann@Example.com") == 1
    order.refresh_from_db()
    assert order.user == user and list(orders.of(user)) == [order]


def test_confirming_by_the_link_in_the_mail_brings_the_orders_and_not_before(
    client: Client, member: Client, django_user_model: type[User]
) -> None:
    order = buy((variant(), 1))
    owner = django_user_model.objects.get()
    mine = address_of(owner, "ann@example.com", verified=False)
    assert order.number not in member.get("/orders/").content.decode()
    assert member.get(f"/orders/{order.number}/").status_code == 404
    key = EmailConfirmationHMAC(mine).key
    member.post(f"/accounts/confirm-email/{key}/")
    assert order.number in member.get("/orders/").content.decode()


def test_what_is_bought_as_a_guest_later_joins_at_log_in_and_only_under_confirmed_addresses(
    django_user_model: type[User],
) -> None:
    owner = django_user_model.objects.create_user("m@example.com")
    thief = django_user_model.objects.create_user("thief@example.com")
    address_of(owner, "ann@example.com", verified=True)
    address_of(thief, "ann@example.com", verified=False)
    order = buy((variant(), 1))
    for user in (thief, owner):
        user_logged_in.send(sender=type(user), request=None, user=user)
    order.refresh_from_db()
    assert order.user == owner
    assert not orders.of(thief).exists()


# ---------------------------------------------------------------- the cart


def test_what_is_kept_for_later_is_neither_counted_nor_ordered(shopper: Client) -> None:
    variant("B")
    shopper.post("/cart/add/", {"sku": "B", "quantity": "2"})
    shopper.post("/cart/keep/", {"sku": "A"})
    page = shopper.get("/cart/").content.decode()
    assert "Kept for later" in page
    shopper.post("/checkout/", form(shopper))
    assert [line.sku for line in Order.objects.get().lines.all()] == ["B"]
    shopper.post("/cart/keep/", {"sku": "A", "back": "1"})
    assert not CartLine.objects.get().kept


def test_changed_prices_are_shown_both_ways_until_they_are_seen(shopper: Client) -> None:
    Variant.objects.update(price="12.00")
    assert "from €10.00 to €12.00" in shopper.get("/cart/").content.decode()
    page = shopper.post("/cart/prices/", headers=HTMX).content.decode()
    assert "The price has changed" not in page
    Variant.objects.update(price="9.00")
    assert "from €12.00 to €9.00" in shopper.get("/cart/").content.decode()


def test_carts_of_visitors_who_do_not_come_back_are_removed(django_user_model: type[User]) -> None:
    item = variant(stock=9)
    old, new = cart_with((item, 1)), cart_with((item, 1))
    own = cart_with((item, 1), user=django_user_model.objects.create_user("m@example.com"))
    Cart.objects.filter(pk__in=[old.pk, own.pk]).update(updated=timezone.now() - timedelta(days=91))
    assert carts.remove_forgotten() == 1
    assert set(Cart.objects.values_list("pk", flat=True)) == {new.pk, own.pk}


def test_the_carts_cookie_outlives_the_browser(shopper: Client) -> None:
    days = int(shopper.cookies["sessionid"]["max-age"]) / 86400
    assert round(days) == carts.FORGOTTEN.days


def test_a_cold_look_at_the_cart_costs_few_statements(shopper: Client, django_assert_max_num_queries: Any) -> None:
    # The first page of all makes the settings' rows.
    shopper.get("/cart/")
    caches["local"].clear()
    with django_assert_max_num_queries(24):
        shopper.get("/cart/")
    with django_assert_max_num_queries(10):
        shopper.get("/cart/")


def test_the_price_that_is_agreed_to_is_replaced_with_the_button_that_says_it(shopper: Client) -> None:
    """A coupon used by htmx changes both: otherwise the order would be refused because “a price has changed”."""
    Coupon.objects.create(code="TENTH", value=10)
    page = shopper.post("/checkout/", form(shopper, coupon="tenth", refresh="coupon"), headers=HTMX).content.decode()
    replaced = page.split('id="pay"')[1]
    seen = re.search(r'name="seen" value="([^"]+)"', replaced)
    assert seen is not None and seen[1] == "9.00" and page.count('name="seen"') == 1
