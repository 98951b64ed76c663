"""Take the README's pictures of a running demo: python docs/pictures/take.py http://127.0.0.1:8000

The site needs the demo's content and log-ins (`manage.py demo`). Chromium is Playwright's own, or the one that
the environment variable CHROMIUM names.
"""

import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
WIDTH, HEIGHT = 1280, 860
PASSWORD = "vitrina-demo"  # noqa: S105 (what the demo gives everybody)
PRODUCT = "/store/p/heavy-tee/"
CUSTOMER = {
    "email": "anna@example.com",
    "phone": "+371 20000000",
    "full_name": "Anna Berg",
    "line1": "Elizabetes iela 12",
    "line2": "Flat 4",
    "postal_code": "LV-1010",
    "city": "Riga",
}


def product(page: Page) -> None:
    page.goto(PRODUCT)
    page.locator(".option-chip").nth(1).click()
    page.locator("[data-option-group]:not([hidden]) .choice").nth(2).click()


def checkout(page: Page) -> None:
    for path in ("/store/p/aria-700/", "/store/p/commute-20/"):
        page.goto(path)
        with page.expect_navigation():
            page.locator("#buy button[type=submit]").click()
    page.goto("/checkout/")
    for name, value in CUSTOMER.items():
        page.fill(f"main [name={name}]", value)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def log_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def admin(page: Page) -> None:
    log_in(page, "admin@example.com")
    page.goto("/admin/store/orders/")


def mailing_report(page: Page) -> None:
    """The report of the mailing that has the most to tell: the last one in the list."""
    log_in(page, "owner@example.com")
    page.goto("/campaigns/mailings/")
    page.goto(str(page.locator("main table a[href*='/mailings/']").last.get_attribute("href")))
    page.goto(str(page.locator("a[href$='/report/']").first.get_attribute("href")))


SCENES: dict[str, Callable[[Page], object]] = {
    "home": lambda page: page.goto("/"),
    "list": lambda page: page.goto("/store/c/electronics/?brand=northwind&brand=halden"),
    "product": product,
    "checkout": checkout,
    "admin": admin,
    "mailing_report": mailing_report,
}


def take(browser: Browser, base: str, name: str) -> None:
    context = browser.new_context(
        base_url=base,
        viewport={"width": WIDTH, "height": HEIGHT},
        locale="en-GB",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    SCENES[name](page)
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    save(page.screenshot(), HERE / f"{name}.png")
    context.close()


def save(png: bytes, path: Path) -> None:
    """As a palette, which makes a third of the size; dithered, or the gradients of the drawings fall into steps."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    palette = picture.quantize(colors=256, method=Image.Quantize.MAXCOVERAGE, kmeans=4)
    picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
    sys.stdout.write(f"{path.name}: {path.stat().st_size // 1024} kB\n")


def main(base: str) -> None:
    arguments = ["--no-sandbox", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=arguments)
        for name in SCENES:
            take(browser, base, name)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1].rstrip("/"))
