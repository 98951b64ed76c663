"""What the journeys share: one running site with the demo in it, and a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import filled_site
from tests.running_site import RunningSite, fresh_postgres

CHROMIUM = shutil.which("chromium")
# Machines are noisy: what will be there is waited for, and only what will not costs the time.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[RunningSite]:
    """The three processes with the demo content, one of each process that runs tests."""
    temporary = tmp_path_factory.getbasetemp()
    var = tmp_path_factory.mktemp("site")
    template = filled_site.copy_into(var, kept=(temporary if worker_id == "master" else temporary.parent) / "filled")
    with fresh_postgres(template) as database_url:
        site = RunningSite(var, database_url=database_url)
        # Pages know their site's address, and each site has a port of its own.
        site.manage("migrate", "--noinput", "--verbosity", "0")
        try:
            site.start()
            yield site
        finally:
            site.stop()


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[RunningSite]:
    """A prepared site without content; the test starts the processes that it needs."""
    with fresh_postgres() as database_url:
        site = RunningSite(tmp_path, database_url=database_url)
        site.prepare()
        try:
            yield site
        finally:
            site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor at 1280 px; the test fails when a page's script throws or a request answers 500."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("response", lambda answer: answer.status >= 500 and troubles.append(f"{answer.status} {answer.url}"))
    page.on("console", lambda message: "Content Security Policy" in message.text and troubles.append(message.text))
    yield page
    context.close()
    assert not troubles, troubles
