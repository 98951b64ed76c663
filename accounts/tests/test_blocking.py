from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import APIToken, ModelLogEntry

from accounts.blocking import block_user, unblock_user
from accounts.errors import AccountError, NotAllowed
from accounts.signals import user_blocked, user_unblocked
from accounts.tests.factories import PASSWORD, SuperuserFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_throttle_from_the_test_before() -> None:
    cache.clear()


@pytest.fixture
def manager() -> Any:
    return UserFactory(groups=["Managers"])


def log_in(user: Any) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def tokens(user: Any) -> dict[str, str]:
    credentials = {"email": user.email, "password": PASSWORD}
    answer = Client().post("/api/v1/auth/app/v1/auth/login", credentials, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()["meta"]


def me(token: str) -> int:
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_live_session_is_anonymous_at_once_and_stays_so(manager: Any) -> None:
    user = UserFactory()
    client = log_in(user)
    assert client.get("/account/").status_code == 200
    block_user(user=user, by=manager, reason="spam")
    assert client.get("/account/").status_code == 302
    unblock_user(user=user, by=manager)
    assert client.get("/account/").status_code == 302, "the old session does not revive"


def test_a_session_that_allauth_does_not_know_is_anonymous_too(manager: Any) -> None:
    user = UserFactory()
    client = Client()
    client.force_login(user)
    block_user(user=user, by=manager, reason="spam")
    assert client.get("/account/").status_code == 302


def test_tokens_die_at_once_and_do_not_revive(manager: Any) -> None:
    user = UserFactory()
    meta = tokens(user)
    assert me(meta["access_token"]) == 200
    block_user(user=user, by=manager, reason="spam")
    assert me(meta["access_token"]) == 401
    unblock_user(user=user, by=manager)
    assert me(meta["access_token"]) == 401
    body = {"refresh_token": meta["refresh_token"]}
    answer = Client().post("/api/v1/auth/app/v1/tokens/refresh", body, content_type="application/json")
    assert answer.status_code == 400


def test_tokens_of_the_page_api_are_revoked(manager: Any) -> None:
    user = UserFactory()
    token = APIToken.objects.create(user=user, name="script", key_hash="x" * 64)
    block_user(user=user, by=manager, reason="spam")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_blocked_person_reads_why_the_log_in_is_refused(manager: Any) -> None:
    user = UserFactory()
    block_user(user=user, by=manager, reason="spam")
    page = Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "This account is blocked" in page.content.decode()
    wrong = Client().post("/accounts/login/", {"login": user.email, "password": "wrong"})
    assert "This account is blocked" not in wrong.content.decode(), "only who knows the password learns of it"


def test_a_blocked_person_gets_no_token(manager: Any) -> None:
    user = UserFactory()
    block_user(user=user, by=manager, reason="spam")
    credentials = {"email": user.email, "password": PASSWORD}
    answer = Client().post("/api/v1/auth/app/v1/auth/login", credentials, content_type="application/json")
    assert answer.status_code == 400
    assert "blocked" in answer.json()["errors"][0]["message"]


def test_a_user_who_is_switched_off_reads_so() -> None:
    user = UserFactory(is_active=False)
    page = Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "switched off" in page.content.decode()


def test_blocking_is_logged_with_its_reason_and_signalled_once(
    manager: Any, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[Any] = []

    def hear(**kwargs: Any) -> None:
        heard.append((kwargs["user"].pk, kwargs["by"].pk, kwargs.get("reason")))

    user_blocked.connect(hear)
    user_unblocked.connect(hear)
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        block_user(user=user, by=manager, reason="spam")
        block_user(user=user, by=manager, reason="again")
        unblock_user(user=user, by=manager)
        unblock_user(user=user, by=manager)
    assert heard == [(user.pk, manager.pk, "spam"), (user.pk, manager.pk, None)]
    assert list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "accounts.block",
        "accounts.unblock",
    ]
    assert user.blocked_reason == "" and not user.is_blocked


def test_nobody_blocks_themselves(manager: Any) -> None:
    for person in (manager, SuperuserFactory()):
        with pytest.raises(NotAllowed):
            block_user(user=person, by=person, reason="oops")


def test_only_a_superuser_blocks_a_superuser(manager: Any) -> None:
    admin, other = SuperuserFactory(), SuperuserFactory()
    with pytest.raises(NotAllowed):
        block_user(user=admin, by=manager, reason="coup")
    assert block_user(user=admin, by=other, reason="left").is_blocked


def test_people_without_the_role_block_nobody() -> None:
    with pytest.raises(NotAllowed):
        block_user(user=UserFactory(), by=UserFactory(groups=["Shop managers"]), reason="no")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 256, "a\x00b"])
def test_a_reason_is_asked_for_and_must_be_storable(manager: Any, reason: str) -> None:
    with pytest.raises(AccountError):
        block_user(user=UserFactory(), by=manager, reason=reason)
