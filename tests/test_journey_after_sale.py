"""After the sale: a piece refunded, goods sent back, a review written; staff at one browser, the buyer at another."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.running_site import RunningSite, wait_for
from tests.test_journey_editor import log_in
from tests.test_journey_guest import GOOD_CARD, fill_the_checkout, pay, put_something_into_the_cart

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.xdist_group("demo")]


@pytest.fixture
def office(browser: Browser, demo_site: RunningSite) -> Iterator[Page]:
    """The shop manager's browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    log_in(page, demo_site, "admin@example.com", "/admin/")
    yield page
    context.close()


def buy(page: Page, site: RunningSite, email: str) -> tuple[str, str]:
    """Order and pay as a guest; the order's number and what was bought. The browser is at the order's page."""
    name = put_something_into_the_cart(page, site)
    page.goto(f"{site.url}/checkout/")
    fill_the_checkout(page, email)
    page.get_by_role("button", name="Order and pay").last.click()
    pay(page, GOOD_CARD)
    expect(page.locator("h1")).to_contain_text("Order")
    return page.url.split("/orders/")[1].split("/")[0], name


def open_order(office: Page, site: RunningSite, number: str) -> None:
    office.goto(f"{site.url}/admin/store/orders/?q={number}")
    office.get_by_role("link", name=number).first.click()
    expect(office.locator("h1")).to_contain_text(number)


def step(office: Page, label: str) -> None:
    """Choose what is to be done with the order (return, review), and confirm it on the page that asks."""
    main = office.locator("main")
    main.get_by_role("link", name=label, exact=True).first.click()
    main.get_by_role("button", name=label, exact=True).click()
    expect(office.locator(".messages")).to_be_visible()


def shown(page: Page, text: str) -> None:
    """The worker may be at it still: look again until it is there."""

    def there() -> bool:
        page.reload()
        return text in page.locator("main").inner_text()

    wait_for(there, text, 120)


def test_a_piece_refunded_in_the_office_is_seen_by_its_buyer(page: Page, office: Page, demo_site: RunningSite) -> None:
    number, name = buy(page, demo_site, "refund@example.com")
    open_order(office, demo_site, number)
    office.locator("main").get_by_role("link", name="Refund", exact=True).click()
    office.get_by_label(re.compile(re.escape(name[:20]))).first.fill("1")
    office.get_by_label("Reason").fill("Arrived scratched")
    expect(office.locator("[data-refund-total]")).to_contain_text("€")
    office.get_by_role("button", name="Refund", exact=True).click()
    expect(office.locator(".messages")).to_contain_text("the refund is on its way")

    shown(page, "Given back")
    expect(page.locator("main")).to_contain_text("Arrived scratched")
    note = page.get_by_role("link", name=re.compile("Credit note"))
    wait_for(lambda: (page.reload(), note.count())[1], "the credit note")
    answer = page.request.get(f"{demo_site.url}{note.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"


def test_a_return_is_asked_for_and_accepted(page: Page, office: Page, demo_site: RunningSite) -> None:
    number, name = buy(page, demo_site, "return@example.com")
    open_order(office, demo_site, number)
    step(office, "Send a parcel")
    step(office, "Mark as delivered")

    page.reload()
    page.get_by_role("link", name="Send something back").click()
    page.get_by_label(re.compile(re.escape(name[:20]))).first.fill("1")
    page.get_by_label("Why do you send it back?").fill("It does not fit.")
    page.get_by_role("button", name="Ask for the return").click()
    expect(page.locator("main")).to_contain_text("A return was asked for: It does not fit.")

    open_order(office, demo_site, number)
    office.locator("main a[href*='/store/returns/']").first.click()
    office.get_by_role("link", name="Approve").first.click()
    office.get_by_label("What the customer reads").fill("Send it to Miera iela 12.")
    office.get_by_role("button", name="Approve").click()
    expect(office.locator("main")).to_contain_text("Send it to Miera iela 12.")
    page.reload()
    expect(page.locator("main")).to_contain_text("Send it to Miera iela 12.")


def test_a_buyers_review_is_moderated_and_stands_at_the_product_with_its_stars(
    page: Page, office: Page, demo_site: RunningSite
) -> None:
    number, _name = buy(page, demo_site, "review@example.com")
    open_order(office, demo_site, number)
    step(office, "Send a parcel")
    step(office, "Mark as delivered")

    page.reload()
    # Asked for when its buyer gets so far down.
    page.keyboard.press("End")
    page.get_by_role("link", name="Write a review").first.click()
    page.get_by_label("4 – good").check()
    page.get_by_label("Title").fill("Sturdy and light")
    page.get_by_label("Your opinion").fill("I take it along every day, and it still looks like new.")
    page.get_by_role("button", name="Send the review").click()
    expect(page.locator("#messages")).to_contain_text("as soon as we have read it")
    product = page.url
    page.locator("#reviews").scroll_into_view_if_needed()
    expect(page.locator("#reviews")).not_to_contain_text("Sturdy and light")

    office.goto(f"{demo_site.url}/admin/")
    office.get_by_role("link", name=re.compile("waiting review")).click()
    office.get_by_role("link", name=re.compile("Sturdy and light")).first.click()
    step(office, "Publish")

    page.goto(f"{product.split('?')[0]}?again=1")
    page.locator("#reviews").scroll_into_view_if_needed()
    review = page.locator("#reviews .review", has_text="Sturdy and light")
    expect(review).to_contain_text("Verified purchase")
    expect(review.get_by_role("img", name=re.compile("^4"))).to_be_visible()
