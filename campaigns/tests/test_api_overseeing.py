"""The API for managers, and every operation of the mailings' API in the wrong hands."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from campaigns.models import AbuseReport, Mailing, OwnerSettings, Recipient, Segment, Tag
from campaigns.tests.factories import DeliveryFactory, MailingFactory, RecipientFactory, RunFactory
from campaigns.tests.test_api import get, post, send
from campaigns.tests.worlds import logged_in, manager, owner, person

pytestmark = pytest.mark.django_db

# What managers may do to others; everything else that writes is refused.
DECISIONS = ("/disable", "/enable", "/quota", "/approve", "/dismiss", "/disable-mailing", "/block-owner")
# Enough for most operations to get past their check of the body.
BODY = {
    "email": "new@example.com",
    "emails": ["new@example.com"],
    "full_name": "New",
    "name": "New",
    "label": "New",
    "key": "new",
    "kind": "text",
    "subject": "New",
    "body": "New",
    "recipients": "all",
    "rules": {"match": "all", "rules": []},
    "trigger": "subscribed",
    "reason": "x",
    "daily_quota": 5,
    "to": "new@example.com",
}


class World:
    """An owner with one of each, that others try to reach."""

    def __init__(self) -> None:
        self.owner = owner()
        self.delivery = DeliveryFactory(run__mailing__owner=self.owner)
        self.mailing = self.delivery.run.mailing
        self.report = AbuseReport.objects.create(mailing=self.mailing, delivery=self.delivery, reason="fraud")
        self.segment = Segment.objects.create(owner=self.owner, name="Loyal")
        self.tag = Tag.objects.create(owner=self.owner, name="vip")

    def value(self, name: str) -> Any:
        rows = {
            "mailing": self.mailing,
            "message": self.mailing.message,
            "recipient": self.delivery.recipient,
            "delivery": self.delivery,
            "segment": self.segment,
            "tag": self.tag,
            "report": self.report,
            "owner": self.owner,
            "run": self.delivery.run,
        }
        row = rows.get(name.removesuffix("_id"))
        return row.pk if row else self.tag.pk

    def body(self) -> dict[str, Any]:
        return {**BODY, "message": self.mailing.message_id, "start": timezone.now().isoformat()}


def operations() -> list[tuple[str, str]]:
    """Method and path of everything under the tag of mailings."""
    found = []
    for path, methods in Client().get("/api/v1/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            if "mailings" in operation.get("tags", []):
                found.append((method.upper(), path.removeprefix("/api/v1")))
    assert len(found) > 25
    return found


def filled(path: str, world: World) -> str:
    parts = path.split("/")
    return "/".join(str(world.value(part.strip("{}"))) if part.startswith("{") else part for part in parts)


def snapshot() -> dict[str, list[Any]]:
    """Every row of the mailings' tables."""
    models = apps.get_app_config("campaigns").get_models(include_auto_created=True)
    return {model._meta.label: sorted(model._base_manager.values_list(), key=repr) for model in models}


def writes(world: World) -> list[tuple[str, str]]:
    return [(method, filled(path, world)) for method, path in operations() if method != "GET"]


def test_a_manager_writes_nothing_but_decisions() -> None:
    world, client = World(), logged_in(manager())
    before = snapshot()
    for method, path in writes(world):
        if not path.endswith(DECISIONS):
            assert send(client, method, path, world.body()).status_code in (403, 404, 405, 422), (method, path)
            assert snapshot() == before, (method, path)


def test_another_owner_reaches_no_row_of_anybodys() -> None:
    world, other = World(), owner()
    client, before = logged_in(other), snapshot()
    for method, path in operations():
        if "{" in path:
            response = send(client, method, filled(path, world), world.body() if method != "GET" else None)
            assert response.status_code in (403, 404, 422), (method, path)
            assert snapshot() == before, (method, path)


def test_neither_the_blocked_nor_the_anonymous_nor_those_without_a_role_do_anything() -> None:
    world, blocked = World(), owner()
    blocked_client = logged_in(blocked)
    type(blocked).objects.filter(pk=blocked.pk).update(blocked_at=timezone.now())
    before = snapshot()
    for client in (Client(), blocked_client, logged_in(person())):
        for method, path in operations():
            response = send(client, method, filled(path, world), world.body() if method != "GET" else None)
            assert response.status_code in (401, 403, 404, 422), (method, path)
            assert snapshot() == before, (method, path)


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
    assert [item["id"] for item in items] == [world.report.pk]
    path = f"/abuse-reports/{world.report.pk}"
    assert post(client, f"{path}/disable-mailing", {"reason": ""}).status_code == 422
    assert post(client, f"{path}/disable-mailing", {"reason": "Fraud"}).status_code == 200
    assert post(client, f"{path}/dismiss", {"reason": "Fine"}).status_code == 409
    assert get(client, "/abuse-reports?waiting=true").json()["items"] == []
    assert Mailing.objects.get(pk=world.mailing.pk).disabled_reason == "Fraud"


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
