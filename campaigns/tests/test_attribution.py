"""Orders that a mailing has brought: once each, less what was given back, whatever order the news comes in."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from campaigns import attribution, revenue, touches
from campaigns.models import Attribution, CouponOffer, Delivery, Run
from campaigns.tests.factories import ContentFactory, DeliveryFactory
from campaigns.tests.test_tracking import agreed, follow
from campaigns.tests.worlds import logged_in
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
    values = {
        "email": "a@example.com",
        "attribution": touch,
        "placed_at": now,
        "paid_at": now,
        "status": "paid",
        "expires_at": now,
    } | fields
    return Order.objects.create(
        number=number,
        checkout_token=number,
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


def offering(delivery: Delivery, code: str = "SPRING", *, days: float = 1) -> Delivery:
    """The delivery, sent so long ago, of a message that gives the code away."""
    content = ContentFactory(run=delivery.run)
    CouponOffer.objects.create(content=content, code=code)
    at = timezone.now() - timedelta(days=days)
    Delivery.objects.filter(pk=delivery.pk).update(content=content, status="sent", finished_at=at)
    Run.objects.filter(pk=delivery.run_id).update(sent=1, opened_at=at)
    delivery.refresh_from_db()
    return delivery


def order_with_coupon(**fields: Any) -> Order:
    return order_after(DeliveryFactory(), **{"attribution": None, "coupon_code": "SPRING", **fields})


def test_a_coupon_brings_its_order_without_a_click_and_a_refund_is_deducted() -> None:
    delivery = offering(DeliveryFactory(recipient__email="A@example.com"))
    order = order_with_coupon()
    for _again in range(2):
        order_paid.send(sender=Order, order=order)
    row = Attribution.objects.get()
    # Its reader has not agreed that we know who came.
    assert (row.run, row.delivery, row.way, row.amount) == (delivery.run, None, "coupon", Decimal(50))
    Order.objects.filter(pk=order.pk).update(refunded=20)
    order_money_back.send(sender=Order, order=order)
    money = revenue.of_runs([delivery.run_id])
    assert (money.orders, money.kept, money.coupon_orders, money.coupon_kept) == (1, 30, 1, 30)
    page = logged_in(as_owner(delivery)).get(f"/campaigns/mailings/{delivery.run.mailing_id}/report/").content.decode()
    assert "1 of them by a coupon without a click" in page


def as_owner(delivery: Delivery) -> User:
    user = delivery.run.mailing.owner
    user.groups.set(Group.objects.filter(name="Campaign owners"))
    return user  # type: ignore[no-any-return]


def test_a_click_goes_before_a_coupon_and_the_order_counts_once() -> None:
    clicked, other = clicked_delivery(), offering(DeliveryFactory(recipient__email="a@example.com"))
    order_paid.send(sender=Order, order=order_after(clicked, coupon_code="SPRING"))
    row = Attribution.objects.get()
    assert (row.run, row.way) == (clicked.run, "click")
    assert revenue.of_runs([other.run_id]).orders == 0


def test_a_passed_on_code_counts_for_the_latest_run_and_the_buyers_own_message_goes_first() -> None:
    own = offering(DeliveryFactory(recipient__email="a@example.com"), days=3)
    latest = offering(DeliveryFactory(), days=1)
    order_paid.send(sender=Order, order=order_with_coupon())
    order_paid.send(sender=Order, order=order_with_coupon(number="2", email="friend@example.com"))
    assert dict(Attribution.objects.values_list("order__number", "run")) == {"1": own.run_id, "2": latest.run_id}


@pytest.mark.parametrize(
    ("days", "code"), [(7.1, "SPRING"), (1, "OTHER"), (1, "")], ids=["too-late", "another-code", "no-code"]
)
def test_another_code_and_another_week_are_nobodys(days: float, code: str) -> None:
    offering(DeliveryFactory(recipient__email="a@example.com"), days=days)
    order_paid.send(sender=Order, order=order_with_coupon(coupon_code=code))
    assert not Attribution.objects.exists()


def test_a_coupon_order_that_no_signal_reached_is_caught_up() -> None:
    offering(DeliveryFactory(recipient__email="a@example.com"))
    order_with_coupon()
    assert attribution.catch_up() == 1
    assert attribution.catch_up() == 0
