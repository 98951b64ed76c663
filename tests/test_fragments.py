"""The visitor's part of the header."""

import pytest
from django.contrib.messages import success
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory

from config.fragments import header
from store.tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_gets_a_token_and_nothing_else(client: Client) -> None:
    response = client.get("/fragments/header?language=en")
    state = response.json()
    assert len(state["csrf"]) == 64
    assert state["cart"] == 0
    assert state["account"] == ""
    assert "no-store" in response["Cache-Control"]
    assert "csrftoken" in response.cookies


def test_the_token_opens_a_form_on_a_page_that_was_cached(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = strict.get("/fragments/header").json()["csrf"]
    answer = strict.post("/accounts/login/", {"csrfmiddlewaretoken": token, "login": "x"})
    assert answer.status_code == 200


def test_whoever_is_logged_in_gets_the_account_menu_in_the_page_s_language(client: Client, django_user_model) -> None:
    user = django_user_model.objects.create_user("anna@example.com", "x", first_name="<Anna>")
    client.force_login(user)
    account = client.get("/fragments/header?language=ru").json()["account"]
    assert "&lt;Anna&gt;" in account
    assert 'href="/ru/account/"' in account
    assert 'action="/ru/accounts/logout/"' in account
    assert "/admin/" not in account


def test_staff_find_the_way_to_the_admin(admin_client: Client) -> None:
    assert "/admin/" in admin_client.get("/fragments/header").json()["account"]


@pytest.mark.parametrize("language", ["", "xx", "../../etc", "%00", "ru-RU", "🎧"])
def test_any_language_is_answered(client: Client, language: str) -> None:
    assert client.get("/fragments/header", {"language": language}).status_code == 200


def test_messages_are_told_once(rf: RequestFactory, admin_user) -> None:
    request = rf.get("/fragments/header")
    request.user, request.session = admin_user, SessionStore()
    request._messages = FallbackStorage(request)
    success(request, "Saved <b>it</b>")
    assert "Saved &lt;b&gt;it" in header(request).content.decode().encode().decode("unicode_escape")


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/fragments/header").status_code == 405


def test_the_cart_counts_its_pieces(client: Client) -> None:
    ProductFactory(sku="LAMP", stock=5)
    client.post("/cart/add/", {"sku": "LAMP", "quantity": 3})
    assert client.get("/fragments/header").json()["cart"] == 3
    assert Client().get("/fragments/header").json()["cart"] == 0
