"""Goods first, money later: on delivery, and at pick-up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from notifications.models import OutgoingMail
from store import cancelling, expiry, fulfilment, order_search, periods, returns, reviews, sales, timeline
from store.errors import StoreError, WrongStatus
from store.invoices import issuing
from store.models import (
    Invoice,
    OfflineMethod,
    Order,
    OrderStatus,
    Payment,
    PaymentStatus,
    Shipment,
    ShippingKind,
    Variant,
)
from store.payments import starting
from store.tests.shopping import books, buy, parcel, variant

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]
STAFF = "shop@example.com"


def on_delivery(item: Variant | None = None, quantity: int = 2, **options: Any) -> Order:
    method = OfflineMethod.objects.filter(code="cash").first()
    if method is None:
        OfflineMethod.objects.create(code="cash", kind="delivery", name_en="Cash", instructions_en="Exact change.")
    order = buy((item or variant(), quantity), payment="cash", **options)
    starting.start(order=order)
    return order


def at_pickup(item: Variant | None = None) -> Order:
    parcel(kind=ShippingKind.PICKUP, pickup_address_en="Brīvības iela 1")
    OfflineMethod.objects.create(code="desk", kind="pickup", name_en="At the desk", hold_days=3)
    order = buy((item or variant(), 1), payment="desk")
    starting.start(order=order)
    return order


def take(order: Order, *steps: str) -> Order:
    for step in steps:
        order = fulfilment.advance(order=order, to=step, actor=STAFF)
    return order


def test_it_is_packed_sent_paid_and_delivered_and_the_goods_leave_once(commit: Commit) -> None:
    item = variant(stock=5)
    with commit():
        order = on_delivery(item)
    assert (order.goods_first, books(item)) == (True, (5, 2))
    with commit():
        order = take(order, "packed")
    assert (order.status, order.paid_at, books(item)) == (OrderStatus.PACKED, None, (3, 0))
    with commit():
        order = take(order, "shipped")
    assert (order.status, books(item), order.to_collect) == (OrderStatus.SHIPPED, (3, 0), order.total)
    with commit():
        payment = starting.paid_by_hand(order=order, actor=STAFF)
    order.refresh_from_db()
    assert (payment.status, order.status, order.is_paid) == (PaymentStatus.SUCCEEDED, OrderStatus.SHIPPED, True)
    assert (books(item), order.to_collect) == ((3, 0), 0)
    with commit():
        order = take(order, "delivered")
    assert order.status == OrderStatus.DELIVERED
    kinds = list(OutgoingMail.objects.filter(reference__startswith=order.number).order_by("pk"))
    about = [mail for mail in kinds if mail.to == order.email]
    assert [mail.kind for mail in about] == ["order_received", "order_shipped", "order_paid", "order_delivered"]
    assert "To be paid to the courier: €25.00" in about[1].text
    assert "packing" not in about[2].text
    assert Invoice.objects.get(order=order).data["order"]["paid_on"]


def test_sending_it_without_packing_takes_the_goods_too() -> None:
    item = variant(stock=5)
    order = take(on_delivery(item), "shipped")
    assert (order.status, books(item)) == (OrderStatus.SHIPPED, (3, 0))


def test_what_goes_out_in_two_parcels_leaves_the_books_with_the_first() -> None:
    item = variant(stock=5)
    order = on_delivery(item)
    line = order.lines.get()
    fulfilment.ship(order=order, actor=STAFF, lines=[(line.pk, 1)])
    order.refresh_from_db()
    assert (order.status, books(item)) == (OrderStatus.PACKED, (3, 0))
    assert take(order, "shipped").status == OrderStatus.SHIPPED
    assert books(item) == (3, 0)


def test_before_the_first_step_the_money_makes_it_paid_as_ever() -> None:
    item = variant(stock=5)
    order = on_delivery(item)
    starting.paid_by_hand(order=order, actor=STAFF)
    order.refresh_from_db()
    assert (order.status, order.is_owed, books(item)) == (OrderStatus.PAID, False, (3, 0))
    assert take(order, "packed", "shipped", "delivered").status == OrderStatus.DELIVERED
    assert books(item) == (3, 0)


def test_other_unpaid_orders_are_not_packed() -> None:
    for payment in ("offline", "test"):
        order = buy((variant(payment), 1), payment=payment)
        for step in ("packed", "shipped", "delivered"):
            with pytest.raises(WrongStatus):
                take(order, step)


def test_it_waits_for_us_and_never_expires_on_its_way() -> None:
    item = variant(stock=5)
    order = on_delivery(item)
    Order.objects.update(expires_at=timezone.now() - timedelta(days=30))
    expiry.expire_unpaid()
    order.refresh_from_db()
    assert (order.status, books(item), order.is_payable) == (OrderStatus.PLACED, (5, 2), True)
    take(order, "packed", "shipped")
    Order.objects.update(expires_at=timezone.now() - timedelta(days=30))
    expiry.expire_unpaid()
    order.refresh_from_db()
    assert (order.status, books(item)) == (OrderStatus.SHIPPED, (3, 0))


def test_what_nobody_has_prepared_or_collected_in_time_is_free_again_but_not_what_lies_ready() -> None:
    item = variant(stock=5)
    order = at_pickup(item)
    Order.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    take(order, "packed")
    expiry.expire_unpaid()
    order.refresh_from_db()
    assert order.status == OrderStatus.PACKED
    other = buy((item, 1), payment="desk")
    Order.objects.filter(pk=other.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    expiry.expire_unpaid()
    other.refresh_from_db()
    assert (other.status, books(item)) == (OrderStatus.EXPIRED, (4, 0))


@pytest.mark.parametrize("came_back", [True, False])
def test_refused_at_the_door_it_is_called_off_and_its_goods_come_back(commit: Commit, came_back: bool) -> None:
    item = variant(stock=5)
    order = take(on_delivery(item), "packed", "shipped")
    with pytest.raises(WrongStatus):
        cancelling.call_off(order=order, actor=order.email, by_customer=True)
    with commit():
        order = cancelling.call_off(order=order, actor=STAFF, came_back=came_back)
    assert (order.status, books(item)) == (OrderStatus.CANCELLED, (5 if came_back else 3, 0))
    assert Payment.objects.get().status == PaymentStatus.EXPIRED
    assert not Invoice.objects.exists()
    assert OutgoingMail.objects.filter(kind="order_cancelled", to=order.email).count() == 1
    Shipment.objects.update(shipped_at=timezone.now() - timedelta(days=90))
    fulfilment.deliver_overdue()
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED


def test_money_that_comes_after_that_goes_back(commit: Commit) -> None:
    order = take(on_delivery(), "shipped")
    payment = order.payments.get()
    with commit():
        cancelling.call_off(order=order, actor=STAFF)
    with commit():
        starting.settle(payment_id=payment.pk, outcome=starting.received(payment), actor=STAFF)
    order.refresh_from_db()
    assert (order.status, payment.refunds.get().is_surplus) == (OrderStatus.CANCELLED, True)


def test_delivered_before_the_money_is_there_it_is_invoiced_and_waited_for(commit: Commit) -> None:
    order = take(on_delivery(), "shipped")
    with pytest.raises(StoreError):
        issuing.issue(order=order)
    with commit():
        take(order, "delivered")
    mail = OutgoingMail.objects.get(kind="order_delivered")
    assert Invoice.objects.get(order=order).data["order"]["paid_on"] == "" and mail.attachments
    order.refresh_from_db()
    assert order.is_owed and not cancelling.can_cancel(order) and returns.returnable(order) == []
    with commit():
        starting.paid_by_hand(order=order, actor=STAFF)
    order.refresh_from_db()
    assert (order.status, order.is_paid, Invoice.objects.count()) == (OrderStatus.DELIVERED, True, 1)
    assert returns.returnable(order)


def test_an_unpaid_parcel_is_never_counted_as_delivered_by_the_clock() -> None:
    order = take(on_delivery(), "shipped")
    Shipment.objects.update(shipped_at=timezone.now() - timedelta(days=90))
    fulfilment.deliver_overdue()
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED


def test_the_sweep_issues_what_a_dying_worker_owes() -> None:
    order = take(on_delivery(), "shipped", "delivered")
    issuing.issue_missing()
    assert Invoice.objects.get().order_id == order.pk


def test_revenue_counts_when_the_money_is_there() -> None:
    order = take(on_delivery(), "shipped")
    today = periods.last(1)
    assert sales.figures(today).revenue == 0
    starting.paid_by_hand(order=order, actor=STAFF)
    assert sales.figures(today).revenue == order.total


def test_staff_find_what_is_to_pack_and_what_is_to_collect() -> None:
    order, transfer = on_delivery(), buy((variant("B"), 1), payment="test")
    assert list(Order.objects.to_pack()) == [order]
    assert list(Order.objects.to_collect()) == [order]
    later = timezone.now() + timedelta(days=3)
    assert list(order_search.needing_attention(Order.objects.all(), later)) == [order]
    take(order, "shipped")
    assert not order_search.needing_attention(Order.objects.all(), later).exists()
    weeks = timezone.now() + timedelta(days=15)
    assert set(order_search.needing_attention(Order.objects.all(), weeks)) == {order, transfer}
    starting.paid_by_hand(order=order, actor=STAFF)
    assert not Order.objects.to_collect().exists()


def test_the_customer_reads_what_to_pay_and_when(client: Client, commit: Commit) -> None:
    with commit():
        order = on_delivery()
    address = f"/orders/{order.number}/?token={order.token}"
    page = client.get(address, follow=True).content.decode()
    assert "To be paid on delivery: €25.00" in page and "Exact change." in page and "We hold the goods" not in page
    assert "Awaiting payment" not in page
    take(order, "packed", "shipped")
    page = client.get(f"/orders/{order.number}/").content.decode()
    assert "To be paid on delivery: €25.00" in page and "Cancel the order" not in page
    order.refresh_from_db()
    assert [step.label for step in timeline.steps(order)][-2:] == ["Paid", "Delivered"]
    starting.paid_by_hand(order=order, actor=STAFF)
    page = client.get(f"/orders/{order.number}/").content.decode()
    assert "To be paid" not in page and "€25.00 was paid." in page


def test_collected_goods_are_ready_and_collected(client: Client, commit: Commit) -> None:
    with commit():
        order = take(at_pickup(), "packed", "shipped")
    assert order.get_status_display() == "Ready for pick-up"
    mail = OutgoingMail.objects.get(kind="order_shipped")
    assert "ready to be collected" in mail.subject and "Brīvības iela 1" in mail.text
    assert "To be paid when you collect it: €15.00" in mail.text and "€15.00" in mail.html
    page = client.get(f"/orders/{order.number}/?token={order.token}", follow=True).content.decode()
    assert "To be paid when you collect it: €15.00" in page and "Brīvības iela 1" in page
    with commit():
        starting.paid_by_hand(order=order, actor=STAFF)
        order = take(order, "delivered")
    assert order.get_status_display() == "Collected"
    assert OutgoingMail.objects.get(kind="order_delivered").subject == f"You have collected your order {order.number}"


def test_the_customer_may_still_pay_by_card_and_come_back_to_cash(commit: Commit) -> None:
    order = on_delivery()
    starting.start(order=order, gateway="test")
    order.refresh_from_db()
    assert not order.goods_first
    with pytest.raises(WrongStatus):
        take(order, "packed")
    with commit():
        starting.start(order=order, gateway="cash")
    order.refresh_from_db()
    assert take(order, "packed").status == OrderStatus.PACKED
    assert OutgoingMail.objects.filter(kind="order_received", reference=order.number).count() == 1
    with pytest.raises(WrongStatus):
        starting.start(order=order, gateway="test")


def test_staff_do_it_in_the_admin(admin_client: Client, commit: Commit) -> None:
    item = variant(stock=5)
    order = on_delivery(item)
    base = f"/admin/store/orders/{order.pk}"
    listed = admin_client.get("/admin/store/orders/?work=collect").content.decode()
    assert order.number in listed and "unpaid" in listed
    page = admin_client.get(f"/admin/store/orders/inspect/{order.pk}/").content.decode()
    assert "to be paid at handover" in page and f"{base}/pack/" in page and f"{base}/refund/" not in page
    admin_client.post(f"{base}/pack/")
    assert "came_back" not in admin_client.get(f"{base}/cancel/").content.decode()
    line = order.lines.get()
    admin_client.post(f"{base}/ship/", {f"line_{line.pk}": "2", "token": "x"})
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED
    assert "came_back" in admin_client.get(f"{base}/cancel/").content.decode()
    with commit():
        admin_client.post(f"{base}/mark-paid/", {"delivered": "on"})
    order.refresh_from_db()
    assert (order.status, order.is_paid) == (OrderStatus.DELIVERED, True)
    assert not Order.objects.to_collect().exists()


def test_staff_see_it_by_the_api(admin_client: Client) -> None:
    order = on_delivery()
    found = admin_client.get("/api/v1/orders?everybody=true&to_collect=true").json()["items"]
    assert [row["number"] for row in found] == [order.number]
    answer = admin_client.get(f"/api/v1/orders/{order.number}").json()
    assert (answer["goods_first"], Decimal(answer["to_collect"])) == (True, order.total)


def test_the_unpaid_is_no_buyer_yet() -> None:
    order = take(on_delivery(), "shipped")
    assert reviews.of_order(order=order) == []
