"""The way out, as mail programs and people take it."""

import pytest
from django.test import Client

from campaigns import unsubscribing
from campaigns.models import Delivery, Recipient, Run, Suppression
from campaigns.tests.factories import DeliveryFactory

pytestmark = pytest.mark.django_db


def link() -> str:
    return f"/u/{unsubscribing.token(DeliveryFactory().pk)}/"


def test_a_look_changes_nothing() -> None:
    response = Client().get(link())
    assert response.status_code == 200
    assert b"<button" in response.content
    assert not Suppression.objects.exists()


def test_one_click_works_without_cookie_or_token_and_does_not_redirect() -> None:
    response = Client(enforce_csrf_checks=True).post(link(), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert Recipient.objects.get().state == Recipient.State.UNSUBSCRIBED


def test_the_second_click_says_the_same() -> None:
    client, path = Client(), link()
    first, second, look = client.post(path), client.post(path), client.get(path)
    assert first.status_code == second.status_code == look.status_code == 200
    assert b"<button class" not in look.content
    assert Suppression.objects.count() == 1
    assert (Delivery.objects.get().events.count(), Run.objects.get().unsubscribed) == (1, 1)


def test_whoever_came_back_can_leave_again_by_an_old_link() -> None:
    path = link()
    Client().post(path)
    Suppression.objects.all().delete()
    Recipient.objects.update(state="active")
    Client().post(path)
    assert Suppression.objects.get().reason == Recipient.objects.get().state == "unsubscribed"
    assert Run.objects.get().unsubscribed == 1


@pytest.mark.parametrize("token", ["nonsense", "é", "A" * 3000, "AAAA%00"])
def test_a_link_that_is_not_ours_is_not_found(token: str) -> None:
    assert Client().post(f"/u/{token}/").status_code == 404


def test_a_link_is_only_read_or_clicked() -> None:
    assert Client().put(link()).status_code == 405
