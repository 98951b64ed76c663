"""An owner's first mailing, from signing up to the report; a manager stops it, and nobody else ever sees it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.mailing_site import MailServer, mail_server
from tests.running_site import RunningSite, fresh_postgres, wait_for
from tests.test_journey_editor import log_in

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.xdist_group("mailings")]

COUNT = 500
OWNER, OTHER, MANAGER = "newcomer@example.com", "other@example.com", "manager@example.com"
PASSWORD = "vitrina-demo"
PEOPLE = """
from django.contrib.auth.models import Group
from accounts.models import User
for email, group in (({other!r}, "Campaign owners"), ({manager!r}, "Managers")):
    user = User.objects.create_user(email, {password!r})
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    user.groups.set(Group.objects.filter(name=group))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, server: MailServer) -> Iterator[RunningSite]:
    """Mailings go to the mail server, with pauses in which the bar is seen; the site's own mail goes to the outbox."""
    with fresh_postgres() as database_url:
        site = RunningSite(
            tmp_path_factory.mktemp("site"),
            database_url=database_url,
            MAILINGS_URL=f"smtp://127.0.0.1:{server.port}",
            CAMPAIGNS_MESSAGES_PER_SECOND="30",
            WORKERS="1",
            MAIL_WORKERS="2",
        )
        site.prepare()
        people = PEOPLE.format(other=OTHER, manager=MANAGER, password=PASSWORD)
        site.manage("shell", "--no-imports", "-c", people)
        try:
            site.start()
            yield site
        finally:
            site.stop()


def test_an_owners_first_mailing(
    page: Page, browser: Browser, site: RunningSite, server: MailServer, tmp_path: Path
) -> None:
    sign_up(page, site)
    import_list(page, site, tmp_path)
    compose(page, site)
    mailing = launch(page, site)
    watch_the_bar(page, server)
    read_the_report(page)
    plan_another(page, site)
    stop_as_manager(browser, site)
    page.reload()
    expect(page.locator("main")).to_contain_text("A manager has stopped this mailing: Somebody complained")
    see_none_of_it(browser, site, mailing)


def sign_up(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/accounts/signup/")
    page.locator("main input[name=email]").fill(OWNER)
    page.locator("main input[name=password1]").fill("a-long-passphrase")
    page.locator("main").get_by_role("button", name="Create an account").click()
    page.wait_for_load_state()
    page.goto(wait_for(lambda: confirmation(site), "the mail with the link"))  # type: ignore[arg-type]
    page.get_by_role("button", name="Yes, confirm").click()
    page.wait_for_load_state()
    page.goto(f"{site.url}/campaigns/")
    page.get_by_role("button", name="Become a campaign owner").click()
    expect(page.locator("#messages")).to_contain_text("Welcome")


def confirmation(site: RunningSite) -> str:
    for path in (site.var / "outbox").glob("*.eml"):
        if found := re.search(rf"{re.escape(site.url)}/\S*confirm-email/\S+", path.read_text()):
            return found[0]
    return ""


def import_list(page: Page, site: RunningSite, directory: Path) -> None:
    file = directory / "list.csv"
    rows = (f"reader{number}@d{number % 40}.example.net;Reader {number}" for number in range(COUNT))
    file.write_text("\n".join(["E-mail;Full name", *rows, "nobody at all;Broken"]), encoding="utf-16")
    page.goto(f"{site.url}/campaigns/recipients/import/")
    upload = page.locator("main form[action$='/recipients/import/']")
    upload.locator("input[type=file]").set_input_files(file)
    upload.get_by_role("button", name="Look at its columns").click()
    page.locator("main").get_by_label("They asked for it (opt-in)").check()
    page.locator("main").get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#list-work").get_by_role("link", name="See the list")).to_be_visible()
    expect(page.locator("#list-work")).to_contain_text(re.compile(r"Refused\s*1\b"))
    assert_it_fits(page)


def compose(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.url}/campaigns/messages/new/?kind=blocks")
    page.locator("main").get_by_label("Subject").fill("News for {{ full_name }}")
    page.locator("main form button[type=submit]").first.click()
    for kind, fields in {
        "heading": {"Text": "The winter list"},
        "text": {"Text": "Dear {{ full_name }}, it is here."},
        "button": {"Label": "Look at it", "Leads to": f"{site.url}/"},
    }.items():
        page.locator(f"main a[href$='/blocks/new/{kind}/']").click()
        for label, value in fields.items():
            page.locator("main").get_by_label(label).fill(value)
        page.locator("main form button[type=submit]").first.click()
        expect(page.locator(".block-row b").last).to_have_text(kind.capitalize())
    expect(page.frame_locator(".mail-frame").locator("body")).to_contain_text("The winter list")
    assert_it_fits(page)


def launch(page: Page, site: RunningSite) -> int:
    """From the plan over the review, where it is previewed; the mailing's id."""
    page.goto(f"{site.url}/campaigns/mailings/new/")
    page.locator("main").get_by_label("Message", exact=True).select_option(index=1)
    page.get_by_role("button", name="Review").click()
    expect(page.locator(".review-count")).to_have_text(f"{COUNT} recipients")
    expect(page.locator(".mail-preview .subject")).to_contain_text("News for Reader")
    expect(page.frame_locator(".mail-frame").first.locator("body")).to_contain_text("Dear Reader")
    assert_it_fits(page)
    page.get_by_role("button", name="Launch").click()
    expect(page.locator("#messages")).to_contain_text("The mailing is launched.")
    return int(page.url.rstrip("/").rpartition("/")[2])


def watch_the_bar(page: Page, server: MailServer) -> None:
    """Nobody reloads the page: it follows by itself, while it is under way and to the end."""
    bar = page.locator("#mailing-live .progress-bar-svg")
    expect(bar).to_have_attribute("aria-label", re.compile(r"^[1-9]\d?% done"))
    assert_it_fits(page)
    expect(page.locator("#mailing-live")).to_contain_text("Completed")
    assert sorted(server.taken()) == sorted(f"reader{number}@d{number % 40}.example.net" for number in range(COUNT))


def read_the_report(page: Page) -> None:
    page.get_by_role("link", name="Report", exact=True).click()
    main = page.locator("main")
    expect(main).to_contain_text(re.compile(rf"{COUNT}\s*Sent|Sent\s*{COUNT}"))
    assert_it_fits(page)
    page.get_by_role("link", name="Every recipient").click()
    expect(main).to_contain_text("2.0.0 Ok: queued as")
    assert_it_fits(page)


def plan_another(page: Page, site: RunningSite) -> None:
    """One that a manager can still stop."""
    page.goto(f"{site.url}/campaigns/mailings/new/")
    page.locator("main").get_by_label("Message", exact=True).select_option(index=1)
    page.locator("main").get_by_label("Start").fill("2036-01-31T09:00")
    page.locator("main").get_by_label("Periodicity").select_option("monthly")
    page.get_by_role("button", name="Review").click()
    page.get_by_role("button", name="Launch").click()
    expect(page.locator("main")).to_contain_text("29 February 2036")


def stop_as_manager(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    office = context.new_page()
    log_in(office, site, MANAGER, "/admin/campaign_mailings/")
    office.locator("main tbody tr").filter(has_not_text="Completed").first.locator(".w-dropdown__toggle").click()
    office.locator("a", has_text="Disable").first.click()
    office.locator("#id_reason").fill("Somebody complained")
    office.locator("main form[method=post] button[type=submit]").last.click()
    expect(office.locator(".messages .success")).to_be_visible()
    context.close()


def see_none_of_it(browser: Browser, site: RunningSite, mailing: int) -> None:
    context = browser.new_context(locale="en-GB")
    stranger = context.new_page()
    log_in(stranger, site, OTHER, "/campaigns/")
    expect(stranger.locator("main")).not_to_contain_text("News for")
    for path in (
        f"mailings/{mailing}/",
        f"mailings/{mailing}/report/",
        f"mailings/{mailing}/report.csv",
        "messages/1/",
    ):
        assert stranger.request.get(f"{site.url}/campaigns/{path}").status == 404, path
    context.close()


def assert_it_fits(page: Page) -> None:
    """Nothing sticks out sideways, on a desktop and on a phone."""
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width} px"
    page.set_viewport_size({"width": 1280, "height": 900})
