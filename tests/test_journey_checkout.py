"""A member with an address book and a coupon; the last piece goes while one types; the checkout in Russian."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.running_site import RunningSite
from tests.test_journey_guest import GOOD_CARD, fill_the_checkout, pay, put_something_into_the_cart

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.xdist_group("demo")]

TAKE_THE_REST = (
    "from django.db.models import F; from store.models import *; "
    "line = CartLine.objects.order_by('-pk')[0]; "
    "Stock.objects.filter(variant=line.variant_id).update(reserved=F('on_hand'))"
)


def log_in(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_label("E-mail").fill("shopper@example.com")
    page.get_by_label("Password").fill("vitrina-demo")
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).first.click()
    page.wait_for_url(lambda url: "/login" not in url)


def test_a_member_orders_to_an_address_of_the_book_with_a_coupon(page: Page, demo_site: RunningSite) -> None:
    log_in(page, demo_site)
    page.goto(f"{demo_site.url}/account/addresses/new/")
    for label, value in {
        "First and last name": "Anna Ozola",
        "Street and house number": "Tērbatas iela 7",
        "Postal code": "LV-1011",
        "City": "Rīga",
    }.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("Country").select_option("LV")
    page.get_by_label("Offer this one first").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Tērbatas iela 7")

    put_something_into_the_cart(page, demo_site)
    page.goto(f"{demo_site.url}/checkout/")
    expect(page.get_by_label("Street and house number")).to_have_value("Tērbatas iela 7")
    page.get_by_text("I have a coupon").click()
    page.locator("#id_coupon").fill("nothing")
    page.locator("#id_coupon").press("Enter")
    expect(page.locator("#coupon")).to_contain_text("There is no such coupon")
    page.locator("#id_coupon").fill("welcome10")
    page.locator("#id_coupon").press("Enter")
    expect(page.locator("#coupon")).to_contain_text("WELCOME10")
    page.locator("#id_terms").check()
    page.get_by_role("button", name="Order and pay").last.click()
    pay(page, GOOD_CARD)
    expect(page.locator("main")).to_contain_text("Discount (WELCOME10)")


def test_what_is_typed_survives_a_reload(page: Page, demo_site: RunningSite) -> None:
    put_something_into_the_cart(page, demo_site)
    page.goto(f"{demo_site.url}/checkout/")
    with page.expect_response("**/checkout/draft/"):
        page.get_by_label("City").fill("Cēsis")
        page.get_by_label("E-mail").first.focus()
    page.reload()
    expect(page.get_by_label("City")).to_have_value("Cēsis")


def test_sold_out_in_between_is_said_in_the_cart(page: Page, demo_site: RunningSite) -> None:
    put_something_into_the_cart(page, demo_site, "Drift on-ear headphones")
    page.goto(f"{demo_site.url}/checkout/")
    fill_the_checkout(page, "late@example.com")
    demo_site.manage("shell", "-v0", "-c", TAKE_THE_REST)
    page.get_by_role("button", name="Order and pay").last.click()
    expect(page.locator("main")).to_contain_text("Sold out")


def test_the_checkout_speaks_russian(page: Page, demo_site: RunningSite) -> None:
    put_something_into_the_cart(page, demo_site)
    page.goto(f"{demo_site.url}/ru/checkout/")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("h1")).to_have_text(re.compile("[А-Яа-я]+"))
    page.locator("#id_email").fill("anna@example.com")
    expect(page.locator("#pay button")).to_contain_text(re.compile("[А-Яа-я]+"))
