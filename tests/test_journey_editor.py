"""Somebody who works here: logs in to the Wagtail admin, publishes a post, writes a mailing and sees it delivered."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.running_site import RunningSite, wait_for

ADDRESS, SUBJECT = "browser-mail@example.com", "Hello from a browser"

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.xdist_group("demo")]


def log_in(page: Page, site: RunningSite, email: str, path: str) -> None:
    page.goto(f"{site.url}{path}")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill("vitrina-demo")
    page.locator("main").get_by_role("button", name=re.compile("log in|sign in", re.IGNORECASE)).click()
    page.wait_for_load_state()


def test_an_editor_publishes_a_post_that_visitors_read(page: Page, demo_site: RunningSite) -> None:
    log_in(page, demo_site, "editor@example.com", "/admin/")
    blog = demo_site.manage(
        "shell", "-v0", "-c",
        "from blog.models import BlogIndexPage as B; print(B.objects.get(locale__language_code='en').pk)",
    ).strip()  # fmt: skip
    page.goto(f"{demo_site.url}/admin/pages/add/blog/blogpage/{blog}/")
    page.locator("#id_title").fill("Written in a browser")
    page.locator("#id_intro").fill("A post that a test has written.")
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish").first.click()
    expect(page.locator("body")).to_contain_text("published")

    page.context.clear_cookies()
    page.goto(f"{demo_site.url}/blog/written-in-a-browser/")
    expect(page.locator("h1")).to_have_text("Written in a browser")


def test_a_mailing_written_in_the_admin_is_delivered_and_accounted_for(page: Page, demo_site: RunningSite) -> None:
    log_in(page, demo_site, "admin@example.com", "/admin/")
    page.get_by_role("button", name="Campaigns").click()
    expect(page.locator("body")).to_contain_text("Mailings")
    write_recipient(page, demo_site)
    write_message(page, demo_site)
    write_mailing(page, demo_site)

    def delivered() -> bool:
        page.goto(f"{demo_site.url}/outbox/?q={ADDRESS}")
        return SUBJECT in page.locator("main").inner_text()

    wait_for(delivered, "the mailing is in the outbox", 240)


def write_recipient(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/admin/campaign_recipients/new/")
    page.locator("#id_email").fill(ADDRESS)
    page.locator("#id_full_name").fill("Bruno Browser")
    page.locator("#id_consent_basis input[value=opt-in]").check()
    page.locator("#id_consent_source").fill("said so at the counter")
    save(page)


def write_message(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/admin/campaign_messages/new/")
    page.locator("#id_subject").fill(SUBJECT)
    page.locator("#id_body").fill("Dear {{ full_name }}, this was written by a test.")
    save(page)


def write_mailing(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/admin/campaign_mailings/new/")
    page.locator("#id_message").select_option(label=SUBJECT)
    page.get_by_label("Only those whom I choose").check()
    page.get_by_label("Their addresses").fill(ADDRESS)
    save(page)
    expect(page.locator("main")).to_contain_text(SUBJECT)


def save(page: Page) -> None:
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.wait_for_load_state()
    expect(page.locator(".messages .success")).to_be_visible()
