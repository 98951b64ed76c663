"""Waiting for sold-out goods: confirmed, told once, in fair order, and not more than there is reason to."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.tests.factories import UserFactory
from notifications.models import OutgoingMail
from store import stock, stock_alerts
from store.models import StockAlert, Variant
from store.tests.shopping import variant

pytestmark = pytest.mark.django_db


def waiting(item: Variant, *emails: str) -> list[StockAlert]:
    found = [stock_alerts.ask(variant=item, email=email) for email in emails]
    for position, alert in enumerate(found):
        stock_alerts.confirm(alert=alert)
        StockAlert.objects.filter(pk=alert.pk).update(confirmed_at=timezone.now() - timedelta(hours=9 - position))
    return found


def told() -> list[str]:
    return list(OutgoingMail.objects.filter(kind="stock_back").order_by("pk").values_list("to", flat=True))


def path(alert: StockAlert, verb: str) -> str:
    return f"/stock-alerts/{verb}/{alert.token}/"


def test_a_visitor_is_told_only_after_confirming(client: Client) -> None:
    item = variant(stock=0)
    client.post("/stock-alerts/", {"variant": item.pk, "email": "Ann@Example.com"})
    alert = StockAlert.objects.get(email="ann@example.com")
    assert path(alert, "confirm") in OutgoingMail.objects.get(kind="stock_alert_confirm").text
    stock.set_on_hand(sku=item.sku, on_hand=1)
    assert stock_alerts.tell_returned() == 0
    # A mail scanner that follows the link confirms nothing.
    client.get(path(alert, "confirm"))
    assert stock_alerts.tell_returned() == 0
    client.post(path(alert, "confirm"))
    assert stock_alerts.tell_returned() == 1
    assert stock_alerts.tell_returned() == 0
    assert told() == ["ann@example.com"]


def test_a_members_own_address_needs_no_confirming(client: Client) -> None:
    item, user = variant(stock=0), UserFactory()
    client.force_login(user)
    client.post("/stock-alerts/", {"variant": item.pk, "email": user.email})
    assert StockAlert.objects.get().confirmed_at is not None
    client.post("/stock-alerts/", {"variant": item.pk, "email": "another@example.com"})
    assert StockAlert.objects.get(email="another@example.com").confirmed_at is None


def test_asking_twice_is_waiting_once() -> None:
    item = variant(stock=0)
    for _time in range(2):
        stock_alerts.ask(variant=item, email="ann@example.com")
    assert StockAlert.objects.count() == 1


def test_three_are_told_for_each_piece_in_the_order_of_confirming_and_the_rest_a_day_later() -> None:
    item = variant(stock=0)
    waiting(item, *(f"{number}@example.com" for number in range(5)))
    stock.set_on_hand(sku=item.sku, on_hand=1)
    assert stock_alerts.tell_returned() == 3
    assert stock_alerts.tell_returned() == 0
    assert told() == ["0@example.com", "1@example.com", "2@example.com"]
    StockAlert.objects.exclude(told_at=None).update(told_at=timezone.now() - timedelta(days=2))
    assert stock_alerts.tell_returned() == 2
    assert told()[3:] == ["3@example.com", "4@example.com"]


def test_nobody_is_told_of_what_others_hold_or_what_is_not_for_sale() -> None:
    item = variant(stock=1)
    waiting(item, "ann@example.com")
    stock.reserve(items=[(item.pk, 1)])
    assert stock_alerts.tell_returned() == 0
    stock.release(items=[(item.pk, 1)])
    Variant.objects.filter(pk=item.pk).update(active=False)
    assert stock_alerts.tell_returned() == 0


def test_one_click_ends_the_waiting(client: Client) -> None:
    item = variant(stock=0)
    (alert,) = waiting(item, "ann@example.com")
    mail = OutgoingMail.objects.filter(kind="stock_alert_confirm").get()
    assert path(alert, "stop") in mail.headers["List-Unsubscribe"]
    Client(enforce_csrf_checks=True).post(path(alert, "stop"), {"List-Unsubscribe": "One-Click"})
    assert not StockAlert.objects.exists()
    assert client.get(path(alert, "stop")).status_code == 404


def test_an_address_that_never_confirms_is_forgotten() -> None:
    alert = stock_alerts.ask(variant=variant(stock=0), email="ann@example.com")
    StockAlert.objects.filter(pk=alert.pk).update(created_at=timezone.now() - timedelta(days=8))
    stock_alerts.tell_returned()
    assert not StockAlert.objects.exists()


@pytest.mark.parametrize("email", ["", "ann", "ann@", "a@b\x00.com", "x" * 300])
def test_what_is_no_address_is_refused(client: Client, email: str) -> None:
    client.post("/stock-alerts/", {"variant": variant(stock=0).pk, "email": email})
    assert not StockAlert.objects.exists()


def test_the_product_page_offers_it_for_what_is_sold_out(client: Client) -> None:
    assert "stock-alerts/" in client.get(variant("A", stock=0).product.get_absolute_url()).content.decode()
    assert "stock-alerts/" not in client.get(variant("B", stock=3).product.get_absolute_url()).content.decode()


def test_the_api_takes_it_too(client: Client) -> None:
    variant("A", stock=0)
    answer = client.post(
        "/api/v1/stock-alerts", {"sku": "A", "email": "x@example.com"}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()) == (201, {"sku": "A", "confirmed": False})
    bad = client.post("/api/v1/stock-alerts", {"sku": "A", "email": "x"}, content_type="application/json")
    assert (bad.status_code, bad.json()["type"]) == (422, "bad_address")
    assert client.post("/api/v1/stock-alerts", {"sku": "no"}, content_type="application/json").status_code == 404
