from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.tests.factories import PASSWORD, SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_throttle_from_the_test_before() -> None:
    cache.clear()


class Api:
    """A caller with a bearer token, or without."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client()
        self.headers: dict[str, str] = {}
        if user is not None:
            answer = self.send("post", "/auth/app/v1/auth/login", {"email": user.email, "password": PASSWORD})
            self.headers = {"Authorization": f"Bearer {answer.json()['meta']['access_token']}"}

    def send(self, method: str, path: str, body: Any = None) -> Any:
        call = getattr(self.client, method)
        return call(f"/api/v1{path}", body, content_type="application/json", headers=self.headers)


def test_log_in_gives_tokens_and_the_bearer_opens_me() -> None:
    user = UserFactory(groups=["Managers"])
    answer = Api().send("post", "/auth/app/v1/auth/login", {"email": user.email, "password": PASSWORD})
    assert set(answer.json()["meta"]) >= {"access_token", "refresh_token", "is_authenticated"}
    me = Api(user).send("get", "/me").json()
    assert (me["id"], me["email"], me["groups"]) == (user.pk, user.email, ["Managers"])


def test_guests_and_false_tokens_are_refused() -> None:
    assert Api().send("get", "/me").status_code == 401
    stranger = Api()
    stranger.headers = {"Authorization": "Bearer nonsense"}
    assert stranger.send("get", "/me").status_code == 401


def test_the_sites_session_works_with_its_csrf_token_and_not_without() -> None:
    user = UserFactory()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    browser.get("/accounts/password/change/")
    assert browser.get("/api/v1/me").status_code == 200
    change = {"first_name": "Grace"}
    assert browser.patch("/api/v1/me", change, content_type="application/json").status_code == 403
    token = browser.cookies["csrftoken"].value
    answer = browser.patch("/api/v1/me", change, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.json()["first_name"] == "Grace"


def test_only_what_is_sent_is_changed() -> None:
    user = UserFactory(phone="+4930901820")
    answer = Api(user).send("patch", "/me", {"time_zone": "Europe/Berlin", "first_name": "Zoë 🎉"})
    assert answer.status_code == 200
    user.refresh_from_db()
    assert (user.time_zone, user.first_name, user.phone) == ("Europe/Berlin", "Zoë 🎉", "+4930901820")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("language", "xx"),
        ("phone", "12"),
        ("first_name", "x" * 151),
        ("last_name", "a\x00b"),
    ],
)
def test_what_cannot_be_stored_is_named(field: str, value: str) -> None:
    user = UserFactory()
    answer = Api(user).send("patch", "/me", {field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert getattr(User.objects.get(pk=user.pk), field) == getattr(user, field)


def test_nobody_makes_themselves_a_superuser() -> None:
    user = UserFactory()
    Api(user).send("patch", "/me", {"is_superuser": True, "email": "x@example.com", "groups": ["Managers"]})
    user.refresh_from_db()
    assert not user.is_superuser and user.email != "x@example.com" and not user.groups.exists()


def test_managers_list_search_and_page_through_people(django_assert_max_num_queries: Any) -> None:
    manager = UserFactory(email="zz@example.com", groups=["Managers"])
    for number in range(5):
        UserFactory(email=f"a{number}@shop.example")
    api = Api(manager)
    with django_assert_max_num_queries(8):
        first = api.send("get", "/users?page_size=4").json()
    rest = api.send("get", f"/users?page_size=4&cursor={first['next_cursor']}").json()
    emails = [person["email"] for person in first["items"] + rest["items"]]
    assert emails == sorted(emails) and len(emails) == 6 and rest["next_cursor"] is None
    assert len(api.send("get", "/users?q=SHOP.example").json()["items"]) == 5
    assert api.send("get", "/users?blocked=true").json()["items"] == []


def test_managers_block_and_unblock_by_reason() -> None:
    user = UserFactory()
    api = Api(UserFactory(groups=["Managers"]))
    answer = api.send("post", f"/users/{user.pk}/block", {"reason": "fraud"})
    assert (answer.status_code, answer.json()["is_blocked"]) == (200, True)
    assert api.send("post", f"/users/{user.pk}/block", {"reason": "fraud"}).status_code == 200, "twice is once"
    assert api.send("post", f"/users/{user.pk}/unblock").json()["is_blocked"] is False
    assert api.send("post", f"/users/{user.pk}/block", {"reason": " "}).status_code == 422
    assert api.send("post", f"/users/{user.pk}/block", {}).status_code == 422


def test_managers_block_neither_themselves_nor_superusers() -> None:
    manager = UserFactory(groups=["Managers"])
    api = Api(manager)
    for person in (manager, SuperuserFactory()):
        assert api.send("post", f"/users/{person.pk}/block", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("user_id", ["999999999", "9" * 30])
def test_unknown_people_are_not_found(user_id: str) -> None:
    api = Api(UserFactory(groups=["Managers"]))
    assert api.send("post", f"/users/{user_id}/block", {"reason": "x"}).status_code == 404


def test_others_neither_list_nor_block_nor_learn_who_exists() -> None:
    user = UserFactory()
    api = Api(user)
    assert api.send("get", "/users").status_code == 403
    assert api.send("post", f"/users/{user.pk}/block", {"reason": "x"}).status_code == 403
    assert api.send("post", "/users/999999/block", {"reason": "x"}).status_code == 403
    assert Api().send("get", "/users").status_code == 401
