"""Looking at a product: its pictures by finger and by key, its sizes beside the choice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.running_site import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.xdist_group("demo")]

PRODUCT = "/store/p/heavy-tee/"
SCALE = "image => new DOMMatrix(getComputedStyle(image).transform).a"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def touch(session: CDPSession, *steps: list[tuple[float, float]]) -> None:
    """Fingers down at the first step's points, moved along the others, and lifted."""
    for number, points in enumerate(steps):
        places = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def swipe(session: CDPSession, y: float) -> None:
    touch(session, *([(x, y)] for x in range(320, 100, -20)))


def test_a_finger_turns_the_pictures(phone: Page, demo_site: RunningSite) -> None:
    phone.goto(f"{demo_site.url}{PRODUCT}")
    session = phone.context.new_cdp_session(phone)
    box = phone.locator("#gallery-main").bounding_box()
    assert box
    swipe(session, box["y"] + box["height"] / 2)
    expect(phone.locator(".thumb").nth(1)).to_have_attribute("aria-current", "true")
    expect(phone.locator("#zoom")).not_to_be_visible()


def test_a_tap_enlarges_and_two_fingers_pinch_and_pan(phone: Page, demo_site: RunningSite) -> None:
    phone.goto(f"{demo_site.url}{PRODUCT}")
    session = phone.context.new_cdp_session(phone)
    dialog = phone.locator("#zoom")
    phone.locator("#gallery-main").tap()
    expect(dialog.get_by_role("status")).to_have_text("1 / 4")
    image = dialog.locator(".zoom-stage img")
    touch(session, *([(185 - step, 420), (205 + step, 420)] for step in range(0, 100, 10)))
    assert image.evaluate(SCALE) > 2
    shift = image.evaluate("image => new DOMMatrix(getComputedStyle(image).transform).e")
    touch(session, *([(x, 420)] for x in range(200, 300, 10)))
    assert image.evaluate("image => new DOMMatrix(getComputedStyle(image).transform).e") > shift + 50
    expect(dialog.get_by_role("status")).to_have_text("1 / 4")


def test_keys_turn_and_enlarge_the_pictures(page: Page, demo_site: RunningSite) -> None:
    page.goto(f"{demo_site.url}{PRODUCT}")
    page.locator("#gallery-main").focus()
    page.keyboard.press("Enter")
    status = page.locator("#zoom").get_by_role("status")
    expect(status).to_have_text("1 / 4")
    page.keyboard.press("ArrowLeft")
    expect(status).to_have_text("4 / 4")
    page.keyboard.press("+")
    assert page.locator(".zoom-stage img").evaluate(SCALE) == 1.5
    page.keyboard.press("Escape")
    expect(page.locator("#zoom")).not_to_be_visible()
    expect(page.locator("#gallery-main")).to_be_focused()
    expect(page.locator(".thumb").nth(3)).to_have_attribute("aria-current", "true")


def test_the_size_guide_opens_over_the_page_and_gives_the_focus_back(page: Page, demo_site: RunningSite) -> None:
    page.goto(f"{demo_site.url}{PRODUCT}")
    link = page.get_by_role("link", name="Size guide")
    link.click()
    dialog = page.get_by_role("dialog", name="Size guide")
    expect(dialog.get_by_role("table")).to_contain_text("Chest")
    assert page.url.endswith(PRODUCT)
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(link).to_be_focused()
