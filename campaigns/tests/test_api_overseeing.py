"""The API for managers; what others get from it is in test_forged_requests."""

from typing import Any

import pytest

from campaigns.models import Mailing, OwnerSettings, Recipient
from campaigns.tests.factories import MailingFactory, RecipientFactory, RunFactory
from campaigns.tests.forgery import World
from campaigns.tests.test_api import get, post
from campaigns.tests.worlds import logged_in, manager, owner

pytestmark = pytest.mark.django_db


def test_managers_read_owners_with_their_figures(django_assert_max_num_queries: Any) -> None:
    for _number in range(4):
        RunFactory(mailing__owner=owner(), total=100, sent=100, bounced=6)
    client = logged_in(manager())
    get(client, "/campaign-owners")
    with django_assert_max_num_queries(10):
        items = get(client, "/campaign-owners").json()["items"]
    assert [item["bounce_rate"] for item in items] == [6.0] * 4
    one = get(client, f"/campaign-owners/{items[0]['id']}").json()
    assert (one["sent"], one["daily_quota"], one["blocked"]) == (100, None, False)
    assert get(logged_in(owner()), "/campaign-owners").status_code == 403


def test_a_manager_sets_a_quota() -> None:
    mailing = MailingFactory(owner=owner())
    client, path = logged_in(manager()), f"/campaign-owners/{mailing.owner_id}/quota"
    assert post(client, path, {"daily_quota": 7, "reason": "Young"}).json()["daily_quota"] == 7
    assert OwnerSettings.objects.get(owner=mailing.owner).quota_reason == "Young"
    for wrong in ({"daily_quota": -1, "reason": "x"}, {"daily_quota": 1, "reason": " "}, {"reason": "x"}):
        assert post(client, path, wrong).status_code == 422
    assert post(logged_in(mailing.owner), path, {"daily_quota": 7, "reason": "x"}).status_code == 403
    assert post(client, f"/campaign-owners/{2**70}/quota", {"daily_quota": 7, "reason": "x"}).status_code == 404


def test_a_manager_decides_about_a_report_once() -> None:
    world, client = World(), logged_in(manager())
    items = get(client, "/abuse-reports?waiting=true").json()["items"]
    assert [item["id"] for item in items] == [world.rows["report"].pk]
    path = f"/abuse-reports/{world.rows['report'].pk}"
    assert post(client, f"{path}/disable-mailing", {"reason": ""}).status_code == 422
    assert post(client, f"{path}/disable-mailing", {"reason": "Fraud"}).status_code == 200
    assert post(client, f"{path}/dismiss", {"reason": "Fine"}).status_code == 409
    assert get(client, "/abuse-reports?waiting=true").json()["items"] == []
    assert Mailing.objects.get(pk=world.rows["mailing"].pk).disabled_reason == "Fraud"


def test_managers_read_how_the_mail_server_is() -> None:
    RecipientFactory()
    answer = get(logged_in(manager()), "/transport")
    assert (answer.status_code, answer.json()["in_trouble"], answer.json()["waiting"]) == (200, False, 0)
    assert get(logged_in(owner()), "/transport").status_code == 403
    assert Recipient.objects.count() == 1


def test_a_manager_approves_a_new_owner() -> None:
    mailing = MailingFactory(owner=owner(), status="paused", paused_for="approval")
    path = f"/campaign-owners/{mailing.owner_id}/approve"
    assert post(logged_in(mailing.owner), path).status_code == 403
    client = logged_in(manager())
    for _call in range(2):
        assert post(client, path).json()["approved_at"]
    mailing.refresh_from_db()
    assert mailing.status == "created"
