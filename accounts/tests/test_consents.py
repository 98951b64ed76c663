"""Agreeing, and taking it back."""

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client

from accounts import consents
from accounts.models import Consent, ConsentText
from accounts.signals import consent_given, consent_withdrawn
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Any:
    told: list[tuple[str, Consent]] = []

    def given(sender: Any, consent: Consent, **kwargs: Any) -> None:
        told.append(("given", consent))

    def withdrawn(sender: Any, consent: Consent, **kwargs: Any) -> None:
        told.append(("withdrawn", consent))

    consent_given.connect(given)
    consent_withdrawn.connect(withdrawn)
    yield told
    consent_given.disconnect(given)
    consent_withdrawn.disconnect(withdrawn)


def agree(email: str = "ann@example.com", **fields: Any) -> Consent:
    values = {"purpose": "newsletter", "text": "Yes, write to me.", "source": "/account/", "ip": "192.0.2.7"}
    return consents.give(email=email, **{**values, **fields})


def test_a_consent_keeps_words_time_address_and_place() -> None:
    consent = agree("  Ann@Example.com ")
    assert (consent.email, consent.text.text) == ("ann@example.com", "Yes, write to me.")
    assert (consent.ip, consent.source, consent.withdrawn_at) == ("192.0.2.7", "/account/", None)
    assert consents.is_given(email="ANN@example.com", purpose="newsletter")
    assert not consents.is_given(email="ann@example.com", purpose="tracking")


def test_the_same_words_are_kept_once() -> None:
    agree("ann@example.com")
    agree("bob@example.com", text=" Yes, write to me.\n")
    assert ConsentText.objects.count() == 1


def test_agreeing_twice_is_agreeing_once_and_is_told_once(
    heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = agree(), agree(text="Other words.")
    assert first == second
    assert [kind for kind, _consent in heard] == ["given"]


def test_what_was_taken_back_stays_on_record_and_may_be_given_again(
    heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = agree()
        assert consents.withdraw(email="ann@example.com", purpose="newsletter", source="link")
        assert not consents.withdraw(email="ann@example.com", purpose="newsletter", source="link")
        second = agree()
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert second.pk != first.pk
    assert [kind for kind, _consent in heard] == ["given", "withdrawn", "given"]


def test_the_history_has_what_was_given_before_there_was_an_account() -> None:
    agree("ann@example.com")
    agree("eve@example.com")
    user = UserFactory(email="ann@example.com")
    agree("ann@example.com", purpose="tracking", user=user)
    assert [consent.purpose for consent in consents.history(user)] == ["tracking", "newsletter"]


def test_an_unproved_address_shows_nobody_elses_consents() -> None:
    agree("ann@example.com")
    assert not consents.history(UserFactory(email="ann@example.com", confirmed=False)).exists()


def test_a_consent_outlives_the_account() -> None:
    user = UserFactory()
    consent = agree(user.email, user=user)
    user.delete()
    consent.refresh_from_db()
    assert consent.user is None


def test_the_api_gives_lists_and_withdraws() -> None:
    cache.clear()
    user = UserFactory()
    client = Client(REMOTE_ADDR="192.0.2.9")
    client.force_login(user)
    path = "/api/v1/me/consents"
    body = {"purpose": "newsletter"}
    assert client.post(path, body, content_type="application/json").status_code == 201
    answer = client.get(path).json()
    assert answer["items"][0]["words"] == answer["words"]["newsletter"]
    assert answer["items"][0]["ip"] == "192.0.2.9"
    assert client.delete(f"{path}/newsletter").status_code == 204
    assert client.get(path).json()["items"][0]["withdrawn_at"]
    assert client.post(path, {"purpose": "spam"}, content_type="application/json").status_code == 422
    assert Client().get(path).status_code == 401


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is one connection's: no two at once")
def test_many_clicks_at_once_give_one_consent() -> None:
    barrier = threading.Barrier(6)

    def click() -> None:
        barrier.wait()
        agree()
        connections.close_all()

    clicks = [threading.Thread(target=click) for _number in range(6)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert Consent.objects.count() == 1
