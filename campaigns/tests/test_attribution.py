"""Orders that a mailing has brought: once each, less what was given back, whatever order the news comes in."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from campaigns import attribution, touches
from campaigns.models import Attribution, Delivery
from campaigns.tests.test_tracking import agreed, follow
from store.models import Order
from store.signals import order_money_back, order_paid, order_refunded

pytestmark = pytest.mark.django_db


def clicked_delivery() -> Delivery:
    delivery = agreed()
    follow(delivery, 4)
    delivery.refresh_from_db()
    return delivery


def order_after(delivery: Delivery, *, days: float = 1, number: str = "1", **fields: Any) -> Order:
    """An order of 50 that was paid so many days after a click in the delivery's message."""
    now = timezone.now()
    touch = {"touch": touches.signed(delivery, now - timedelta(days=days))}
    money = {"subtotal": 50, "shipping": 0, "tax": 0, "total": 50, "currency": "EUR"}
    today = now.date()
    values = {"attribution": touch, "placed_at": now, "paid_at": now, "status": "paid", "expires_at": now} | fields
    return Order.objects.create(
        number=number,
        checkout_token=number,
        email="a@example.com",
        country="LV",
        deliver_from=today,
        deliver_to=today,
        **money,
        **values,
    )


def test_a_click_on_a_link_to_the_shop_leaves_a_touch_that_the_order_brings_back(client: Any) -> None:
    delivery = agreed()
    response = follow(delivery, 4)
    cookie = response.cookies["touch"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    pk, at = touches.read({"touch": cookie.value}) or (0, None)
    assert pk == delivery.pk
    assert at is not None


def test_an_order_counts_once_for_the_run_that_brought_it() -> None:
    delivery = clicked_delivery()
    order = order_after(delivery)
    for _again in range(2):
        order_paid.send(sender=Order, order=order)
    row = Attribution.objects.get()
    assert (row.order, row.run, row.delivery, row.amount, row.refunded) == (
        order,
        delivery.run,
        delivery,
        Decimal(50),
        Decimal(0),
    )


@pytest.mark.parametrize("days", [7.1, -0.1])
def test_an_order_outside_the_days_that_count_is_nobodys(days: float) -> None:
    order = order_after(clicked_delivery(), days=days)
    order_paid.send(sender=Order, order=order)
    assert not Attribution.objects.exists()


def test_an_unpaid_order_is_nobodys() -> None:
    order = order_after(clicked_delivery(), paid_at=None, status="placed")
    assert attribution.attribute(order_id=order.pk) is None


@pytest.mark.parametrize("stored", [None, {}, {"touch": "nonsense"}, {"touch": 5}, ["touch"], {"touch": "a:b:c"}])
def test_what_we_never_wrote_brings_nothing(stored: Any) -> None:
    order = order_after(clicked_delivery(), attribution=stored)
    order_paid.send(sender=Order, order=order)
    assert not Attribution.objects.exists()


def test_whoever_takes_the_consent_back_is_not_followed_any_more() -> None:
    delivery = clicked_delivery()
    type(delivery.recipient).objects.update(tracking_agreed_at=None)
    order_paid.send(sender=Order, order=order_after(delivery))
    assert not Attribution.objects.exists()


def test_refunds_are_deducted_before_and_after_the_news_of_the_payment() -> None:
    order = order_after(clicked_delivery())
    Order.objects.filter(pk=order.pk).update(refunded=20)
    order_money_back.send(sender=Order, order=order)
    order_paid.send(sender=Order, order=order)
    assert Attribution.objects.get().refunded == Decimal(20)
    Order.objects.filter(pk=order.pk).update(refunded=50, status="refunded")
    for _again in range(2):
        order_refunded.send(sender=Order, order=order)
    order_paid.send(sender=Order, order=order)
    assert Attribution.objects.get().refunded == Decimal(50)


def test_what_no_signal_reached_is_caught_up() -> None:
    delivery = clicked_delivery()
    order_after(delivery)
    second = order_after(delivery, number="2")
    attribution.attribute(order_id=second.pk)
    Order.objects.filter(pk=second.pk).update(refunded=5)
    assert attribution.catch_up() == 2
    assert sorted(Attribution.objects.values_list("refunded", flat=True)) == [Decimal(0), Decimal(5)]
    assert attribution.catch_up() == 0
