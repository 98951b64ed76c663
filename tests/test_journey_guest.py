"""A guest buys: from the catalogue to the mail in the outbox, by mouse and keyboard."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.running_site import RunningSite, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.xdist_group("demo")]

GOOD_CARD, DECLINED_CARD = "4242 4242 4242 4242", "4000 0000 0000 0002"


def put_something_into_the_cart(page: Page, site: RunningSite, name: str = "Pocket small power bank") -> str:
    """Search for a product (of that one there is enough for every journey), open it and add it; its name."""
    page.goto(f"{site.url}/store/search/?{urlencode({'q': name})}")
    page.locator(".product-card a").first.click()
    expect(page.locator("h1")).to_have_text(name)
    # The page is everybody's; what is the visitor's own, the form's token among it, follows.
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Add to cart").first.click()
    expect(page.locator("#cart-count")).to_have_text("1")
    return name


def fill_the_checkout(page: Page, email: str) -> None:
    for label, value in {
        "E-mail": email,
        "Phone": "+371 20 000 000",
        "First and last name": "Ieva Bērziņa 🙂",
        "Street and house number": "Brīvības iela 1",
        "Postal code": "LV-1010",
        "City": "Riga",
    }.items():
        page.get_by_label(label, exact=False).first.fill(value)
    page.get_by_label("Country", exact=True).select_option("LV")
    page.wait_for_load_state("networkidle")
    page.get_by_label(re.compile("test", re.IGNORECASE)).first.check()
    page.locator("#id_terms").check()


def pay(page: Page, card: str) -> None:
    page.get_by_label("Card number").fill(card)
    page.get_by_role("button", name="Pay", exact=True).click()


def test_a_guest_is_declined_pays_with_another_card_and_reads_the_mail(page: Page, demo_site: RunningSite) -> None:
    name = put_something_into_the_cart(page, demo_site)
    page.goto(f"{demo_site.url}/cart/")
    expect(page.locator("main")).to_contain_text(name)
    page.get_by_role("link", name="Checkout").first.click()
    fill_the_checkout(page, "ieva@example.com")
    page.get_by_role("button", name="Order and pay").last.click()

    pay(page, DECLINED_CARD)
    expect(page.locator("main")).to_contain_text("declined")
    pay(page, GOOD_CARD)

    expect(page.locator("h1")).to_contain_text("Order")
    expect(page.locator("main")).to_contain_text("Paid")
    expect(page.locator("main")).to_contain_text(name)
    number = page.url.split("/orders/")[1].split("/")[0]

    def confirmation() -> bool:
        page.goto(f"{demo_site.url}/outbox/")
        return page.locator("main").inner_text().count("ieva@example.com") > 0

    wait_for(confirmation, "the confirmation is in the outbox", 240)
    page.get_by_role("link", name=re.compile(number)).first.click()
    expect(page.locator("main")).to_contain_text(number)


def test_a_double_click_on_the_last_button_makes_one_order(page: Page, demo_site: RunningSite) -> None:
    put_something_into_the_cart(page, demo_site)
    page.goto(f"{demo_site.url}/checkout/")
    fill_the_checkout(page, "twice@example.com")
    page.get_by_role("button", name="Order and pay").last.dblclick()
    page.wait_for_url("**/payments/test/**")
    orders = demo_site.manage(
        "shell",
        "-v0",
        "-c",
        "from store.models import Order; print(Order.objects.filter(email='twice@example.com').count())",
    )
    assert orders.split() == ["1"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(page: Page, demo_site: RunningSite) -> None:
    put_something_into_the_cart(page, demo_site)
    page.goto(f"{demo_site.url}/checkout/")
    fill_the_checkout(page, "not an address")
    page.get_by_role("button", name="Order and pay").last.click()
    expect(page.locator("[role=alert]").first).to_be_visible()
    expect(page.get_by_label("City")).to_have_value("Riga")
    expect(page.get_by_label("E-mail").first).to_have_value("not an address")
