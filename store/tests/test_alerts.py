"""Staff hear of new orders in the way they have chosen; the admin's menu and first page say what waits."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.models import User
from notifications.models import Notice, OutgoingMail
from store import alerts
from store.tests.shopping import buy, variant
from store.tests.test_order_list import paid, staff

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]
PAGE = "/account/order-alerts/"


@pytest.fixture
def shop() -> Client:
    return staff("shop@example.com", "Shop managers")


def notices() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("user__email", "text"))


def test_a_paid_order_is_told_once_to_those_who_work_with_orders(shop: Client, commit: Commit) -> None:
    staff("editor@example.com", "Content managers")
    User.objects.create_superuser("root@example.com")
    with commit():
        order = paid(variant())
    alerts.announce(order_id=order.pk)
    assert notices() == [("shop@example.com", f"New order {order.number}: Ann Lee, €15.00")]
    assert Notice.objects.get().url == f"/admin/store/orders/inspect/{order.pk}/"
    assert not OutgoingMail.objects.filter(kind="order_alert").exists()


def test_an_unpaid_order_is_news_only_when_it_waits_for_a_transfer(shop: Client, commit: Commit) -> None:
    item = variant()
    with commit():
        buy((item, 1), payment="test")
    assert notices() == []
    with commit():
        buy((item, 1), payment="offline")
    assert len(notices()) == 1


def test_everybody_chooses_for_themselves(shop: Client, commit: Commit) -> None:
    assert b"New orders" in shop.get("/account/").content
    assert b"checked" in shop.get(PAGE).content
    assert shop.post(PAGE, {"by_mail": "on"}).url == PAGE
    with commit():
        order = paid(variant())
    alerts.announce(order_id=order.pk)
    assert notices() == []
    mail = OutgoingMail.objects.get(kind="order_alert")
    assert (mail.to, mail.subject) == ("shop@example.com", f"New order {order.number}: €15.00")
    assert f"/admin/store/orders/inspect/{order.pk}/" in mail.text


def test_an_administrator_hears_of_orders_once_asked_for_and_the_blocked_never(commit: Commit) -> None:
    root = User.objects.create_superuser("root@example.com")
    alerts.choose(user=root, on_page=True, by_mail=False)
    with commit():
        paid(variant("A"))
    assert [email for email, _text in notices()] == ["root@example.com"]
    User.objects.update(is_active=False)
    with commit():
        paid(variant("B"))
    assert len(notices()) == 1


def test_the_page_of_alerts_is_for_those_who_work_with_orders() -> None:
    shopper = Client()
    shopper.force_login(User.objects.create_user("shopper@example.com"))
    assert shopper.get(PAGE).status_code == 403
    assert b"New orders" not in shopper.get("/account/").content
    assert Client().get(PAGE).status_code == 302


def test_the_menu_counts_what_is_to_be_packed(shop: Client) -> None:
    item = variant(stock=9)
    paid(item), paid(item), buy((item, 1))
    page = shop.get("/admin/").content.decode()
    assert '"data-badge": "2"' in page or "&quot;data-badge&quot;: &quot;2&quot;" in page


@pytest.mark.parametrize(("role", "work", "money"), [("Shop managers", True, True), ("Content managers", False, False)])
def test_the_first_page_tells_each_what_they_may_know(role: str, work: bool, money: bool) -> None:
    paid(variant())
    caches["local"].clear()
    page = staff("me@example.com", role).get("/admin/").content.decode()
    assert ("order to pack" in page) is work
    assert ("€15.00" in page) is money


def test_the_first_page_takes_few_statements(shop: Client, django_assert_max_num_queries: Any) -> None:
    paid(variant())
    shop.get("/admin/")
    with django_assert_max_num_queries(30):
        shop.get("/admin/")
