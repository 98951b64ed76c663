"""The shop's own ways of payment."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from notifications.models import OutgoingMail
from store.errors import UnknownGateway
from store.models import OfflineMethod, Order, OrderStatus, ShippingMethod
from store.payments import gateways, starting
from store.payments.base import Purchase
from store.tests.shopping import buy, parcel, variant

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]


def way(code: str = "bank", **fields: Any) -> OfflineMethod:
    return OfflineMethod.objects.create(**{"code": code, "name_en": code.title(), **fields})


def codes(**purchase: Any) -> list[str]:
    return [gateway.code for gateway in gateways.choices(Purchase(**purchase)) if gateway.code not in gateways.ONLINE]


def test_a_shop_that_has_set_up_none_takes_transfers() -> None:
    assert codes() == ["offline"]
    way(active=False)
    assert codes() == []


def test_each_is_offered_only_where_it_suits() -> None:
    parcel()
    cash = way("cash", max_total=Decimal(100), countries=["LV"])
    cash.shipping_methods.add(ShippingMethod.objects.get())
    way("big", min_total=Decimal(100))
    assert codes() == ["cash", "big"]
    assert codes(total=Decimal("100.01")) == ["big"]
    assert codes(total=Decimal(5), country="LV", shipping_method="post") == ["cash"]
    assert codes(total=Decimal(5), country="EE") == codes(total=Decimal(5), shipping_method="courier") == []


def test_offline_is_the_first_that_suits_and_each_waits_its_own_time() -> None:
    way("cash", hold_days=2, max_total=Decimal(5))
    way("bank", hold_days=20, position=1)
    order = buy((variant(), 1), payment="offline")
    assert order.gateway == "bank"
    assert order.expires_at > timezone.now() + timedelta(days=19)
    with pytest.raises(UnknownGateway):
        buy((variant("B"), 1), payment="cash")
    assert not Order.objects.filter(gateway="cash").exists()


def test_its_instructions_are_in_the_mail_and_on_the_page_in_the_orders_language(
    client: Client, commit: Commit
) -> None:
    way("counter", kind="pickup", name_en="At the counter", name_ru="У стойки", instructions_en="Bring the number.")
    OfflineMethod.objects.update(instructions_ru="Назовите номер.")
    with commit():
        order = buy((variant(), 1), payment="counter", language="ru")
    mail = OutgoingMail.objects.get(kind="order_received")
    assert "Назовите номер." in mail.text and "Назовите номер." in mail.html
    page = client.get(f"/orders/{order.number}/?token={order.token}", follow=True).content.decode()
    assert "Bring the number." in page and "with your transfer" not in page


def test_staff_mark_it_paid_in_its_own_way_even_after_it_was_deleted(commit: Commit) -> None:
    method = way("counter", kind="pickup")
    with commit():
        order = buy((variant(), 1), payment="counter")
        starting.start(order=order)
    method.delete()
    with commit():
        starting.paid_by_hand(order=order, actor="s@example.com")
    order.refresh_from_db()
    assert (order.status, order.payments.get().gateway) == (OrderStatus.PAID, "counter")


def test_managers_set_them_up_and_nonsense_is_refused(admin_client: Client) -> None:
    form = {"kind": "transfer", "name_en": "Bank", "name_ru": "Банк", "code": "bank", "hold_days": "10"}
    form |= {"countries": "lv ee", "min_total": "5", "max_total": "4", "active": "on", "position": "0"}
    path = "/admin/store/ways-of-payment/new/"
    assert "must not be more" in admin_client.post(path, form).content.decode()
    assert "taken by a gateway" in admin_client.post(path, form | {"max_total": "", "code": "stripe"}).content.decode()
    admin_client.post(path, form | {"max_total": "9"})
    assert OfflineMethod.objects.get().countries == ["LV", "EE"]
    assert "Bank" in admin_client.get("/admin/store/ways-of-payment/").content.decode()
