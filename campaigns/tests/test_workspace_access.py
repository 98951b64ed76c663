"""Who may open the pages at /campaigns/."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.models import Mailing
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, manager, owner, person

pytestmark = pytest.mark.django_db

PLAIN_PAGES = (
    *("dashboard", "running", "recipient_list", "recipient_create", "recipient_import", "recipient_export"),
    *(
        "recipient_suggest",
        "message_list",
        "message_create",
        "statistics",
        "mailing_list",
        "mailing_create",
        "mailing_dates",
    ),
)
RECIPIENT_PAGES = ("recipient_edit", "recipient_delete")
MESSAGE_PAGES = ("message_detail", "message_edit", "message_delete")
MAILING_PAGES = (
    *("mailing_detail", "mailing_live", "mailing_edit", "mailing_cancel", "mailing_delete", "mailing_report"),
    *("mailing_report_csv", "mailing_report_xlsx", "mailing_deliveries"),
)
POSTS = ("mailing_pause", "mailing_resume", "mailing_cancel", "mailing_delete")


def pages(world: dict[str, Any]) -> list[str]:
    recipient, message, mailing = world["delivery"].recipient_id, world["message"].pk, world["waiting"].pk
    return [
        *(url(name) for name in PLAIN_PAGES),
        *(url(name, recipient) for name in RECIPIENT_PAGES),
        *(url(name, message) for name in MESSAGE_PAGES),
        *(url(name, mailing) for name in MAILING_PAGES),
        url("delivery_detail", world["delivery"].pk),
    ]


def test_every_page_opens_for_its_owner_in_both_languages(world: dict[str, Any]) -> None:
    client = logged_in(world["user"])
    for page in pages(world):
        assert client.get(page).status_code == 200, page
        assert client.get(f"/ru{page}").status_code == 200, page


def test_guests_are_sent_to_the_log_in(client: Client, world: dict[str, Any]) -> None:
    for page in pages(world):
        response = client.get(page)
        assert response.status_code == 302, page
        assert response.headers["Location"].startswith("/accounts/login/"), page


def test_a_fragment_asked_for_after_the_log_out_sends_the_whole_page_to_the_log_in(client: Client) -> None:
    response = client.get(url("running"), headers={"HX-Request": "true"})
    assert "/accounts/login/" in response.headers["HX-Redirect"]


def test_who_is_no_owner_learns_how_to_become_one(world: dict[str, Any]) -> None:
    client = logged_in(person())
    for page in pages(world)[1:]:
        assert client.get(page).headers["Location"] == url("dashboard"), page
    assert b"Become a campaign owner" in client.get(url("dashboard")).content


def test_a_blocked_owner_is_out(world: dict[str, Any]) -> None:
    client = logged_in(world["user"])
    type(world["user"]).objects.filter(pk=world["user"].pk).update(blocked_at=timezone.now())
    for page in pages(world):
        assert client.get(page).status_code == 302, page


def test_anothers_rows_do_not_exist(world: dict[str, Any]) -> None:
    client = logged_in(owner())
    for page in pages(world)[len(PLAIN_PAGES) :]:
        assert client.get(page).status_code == 404, page
        assert client.post(page, {"step": "launch"}).status_code in (404, 405), page
    for name in POSTS:
        assert client.post(url(name, world["waiting"].pk)).status_code == 404, name
    assert client.post(url("message_test", world["message"].pk)).status_code == 404
    world["waiting"].refresh_from_db()
    assert world["waiting"].status == Mailing.Status.CREATED


def test_lists_show_only_ones_own(world: dict[str, Any]) -> None:
    client = logged_in(owner())
    for name in ("recipient_list", "message_list", "mailing_list", "recipient_export", "dashboard"):
        content = (
            b"".join(client.get(url(name), {"q": ""})) if name == "recipient_export" else client.get(url(name)).content
        )
        assert world["delivery"].email.encode() not in content
        assert world["message"].subject.encode() not in content


def test_changes_need_a_post_and_a_token(world: dict[str, Any]) -> None:
    client = logged_in(world["user"], enforce_csrf=True)
    for name in POSTS:
        assert client.post(url(name, world["waiting"].pk)).status_code == 403, name
    for name in ("mailing_pause", "mailing_resume"):
        assert client.get(url(name, world["waiting"].pk)).status_code == 405, name
    assert client.get(url("become_owner")).status_code == 405


def test_whoever_confirmed_an_e_mail_becomes_owner_by_a_button() -> None:
    user = person()
    client = logged_in(user)
    for _click in range(2):
        assert client.post(url("become_owner"), follow=True).status_code == 200
    assert user.groups.filter(name="Campaign owners").count() == 1
    assert b"Your first mailing in three steps" in client.get(url("dashboard")).content


def test_without_a_confirmed_e_mail_nobody_becomes_owner() -> None:
    user = person()
    user.emailaddress_set.update(verified=False)
    client = logged_in(user)
    client.post(url("become_owner"))
    assert not user.groups.exists()
    assert b"confirm your e-mail" in client.get(url("dashboard")).content


def test_managers_do_not_become_owners_by_the_button() -> None:
    user = manager()
    client = logged_in(user)
    client.post(url("become_owner"))
    assert not user.groups.filter(name="Campaign owners").exists()
