"""Series and topics through the API."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from campaigns.models import Automation
from campaigns.tests.factories import MessageFactory
from campaigns.tests.series import reader
from campaigns.tests.worlds import logged_in, manager, owner

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def user() -> User:
    return owner()


@pytest.fixture
def client(user: User) -> Client:
    return logged_in(user)


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return getattr(client, method)(f"/api/v1{path}", body or {}, content_type=JSON)


def test_a_series_is_made_switched_on_and_watched(client: Client, user: User) -> None:
    made = send(client, "post", "/automations", {"recipe": "welcome"}).json()
    path = f"/automations/{made['id']}"
    assert (made["is_on"], len(made["steps"]), made["problems"]) == (False, 2, [])
    message = MessageFactory(owner=user)
    step = send(client, "post", f"{path}/steps", {"message": message.pk, "wait_minutes": 30}).json()
    assert step["position"] == 3
    assert send(client, "post", f"{path}/steps/{step['id']}/move", {"to": "up"}).status_code == 204
    changed = send(client, "put", f"{path}/steps/{step['id']}", {"message": message.pk, "wait_minutes": 45}).json()
    assert (changed["position"], changed["wait_minutes"]) == (2, 45)
    assert send(client, "post", f"{path}/switch-on").json()["is_on"] is True
    assert send(client, "delete", path).status_code == 409
    person = reader(user)
    enrolled = send(client, "post", f"{path}/enrolments", {"recipient": person.pk})
    assert enrolled.status_code == 201
    assert send(client, "post", f"{path}/enrolments", {"recipient": person.pk}).status_code == 422
    assert client.get(f"/api/v1{path}").json()["on_the_way"] == 1
    stopped = send(client, "post", f"{path}/enrolments/{enrolled.json()['id']}/stop").json()
    assert stopped["end"] == "stopped"
    assert client.get(f"/api/v1{path}/enrolments").json()["items"] == [stopped]
    assert send(client, "delete", f"{path}/steps/{step['id']}").status_code == 204
    assert send(client, "post", f"{path}/switch-off").json()["is_on"] is False
    assert send(client, "patch", path, {"name": "Hello"}).json()["name"] == "Hello"
    assert send(client, "delete", path).status_code == 204


def test_an_empty_series_cannot_be_switched_on(client: Client) -> None:
    made = send(client, "post", "/automations", {"name": "Mine", "trigger": "subscribed"}).json()
    answer = send(client, "post", f"/automations/{made['id']}/switch-on")
    assert answer.status_code == 422
    assert "no step" in answer.json()["detail"]
    assert send(client, "post", "/automations", {"name": "Mine", "trigger": "cart-left"}).status_code == 422


def test_others_find_nothing_and_managers_stop_it(client: Client) -> None:
    made = send(client, "post", "/automations", {"recipe": "welcome"}).json()
    path = f"/automations/{made['id']}"
    stranger = logged_in(owner())
    assert stranger.get(f"/api/v1{path}").status_code == 404
    assert stranger.get("/api/v1/automations").json()["items"] == []
    assert send(stranger, "post", f"{path}/switch-on").status_code == 404
    assert send(client, "post", f"{path}/disable", {"reason": "x"}).status_code == 403
    boss = logged_in(manager())
    assert boss.get(f"/api/v1{path}").status_code == 200
    assert send(boss, "patch", path, {"name": "Stolen"}).status_code == 403
    assert send(boss, "post", f"{path}/disable", {"reason": "Too loud"}).json()["disabled_reason"] == "Too loud"
    assert send(boss, "post", f"{path}/enable").json()["disabled_at"] is None
    assert Automation.objects.get().name != "Stolen"


def test_topics_are_the_owner_s(client: Client) -> None:
    made = send(client, "post", "/topics", {"name": "Shoes"}).json()
    path = f"/topics/{made['id']}"
    assert send(client, "post", "/topics", {"name": "Shoes"}).status_code == 422
    assert send(client, "put", path, {"name": "Boots", "is_public": False}).json()["name"] == "Boots"
    stranger = logged_in(owner())
    assert send(stranger, "delete", path).status_code == 404
    assert send(client, "delete", path).status_code == 204
    assert client.get("/api/v1/topics").json()["items"] == []
