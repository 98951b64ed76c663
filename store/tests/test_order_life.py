"""After payment: packed, sent in parcels, delivered, called off, corrected, sent back, ordered again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from notifications.models import Notice, OutgoingMail
from store import cancelling, carts, corrections, fulfilment, mails, reordering, returns
from store.errors import StoreError, WrongStatus
from store.models import Carrier, Order, OrderSettings, OrderStatus, Return, ReturnStatus, Shipment, Variant
from store.payments import refunds
from store.tests.shopping import CUSTOMER, books, buy, variant
from store.tests.test_refunds import add_up, line, paid

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]
STAFF = "shop@example.com"


def delivered(*quantities: tuple[Any, int], **options: Any) -> Order:
    order = paid(*quantities, **options)
    for step in (OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED):
        order = fulfilment.advance(order=order, to=step, actor=STAFF)
    return order


def test_a_parcel_has_the_carriers_link_and_the_customer_gets_it(commit: Commit) -> None:
    Carrier.objects.create(name="Post", tracking_url="https://post.example/{number}")
    order = paid((variant(), 1))
    with commit():
        parcel = fulfilment.ship(order=order, actor=STAFF, carrier="Post", tracking_number="RR 1/2")
    assert parcel.tracking_url == "https://post.example/RR%201%2F2"
    mail = OutgoingMail.objects.get(kind="order_shipped")
    assert parcel.tracking_url in mail.text and parcel.tracking_url in mail.html
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED


def test_an_order_sent_in_two_parcels_is_on_its_way_with_the_second(commit: Commit) -> None:
    order = paid((variant("A"), 2), (variant("B"), 1))
    fulfilment.ship(order=order, actor=STAFF, lines=[(line(order).pk, 1)])
    order.refresh_from_db()
    assert (order.status, line(order).outstanding) == (OrderStatus.PACKED, 1)
    with pytest.raises(StoreError):
        fulfilment.ship(order=order, actor=STAFF, lines=[(line(order).pk, 2)])
    with commit():
        fulfilment.ship(order=order, actor=STAFF)
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED
    assert [row.quantity for parcel in order.shipments.all() for row in parcel.lines.all()] == [1, 1, 1]
    first, second = order.shipments.all()
    fulfilment.deliver(order=order, actor=STAFF, shipment=first)
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED
    fulfilment.deliver(order=order, actor=STAFF, shipment=second)
    order.refresh_from_db()
    assert order.status == OrderStatus.DELIVERED


def test_what_is_called_off_is_not_sent(commit: Commit) -> None:
    order = paid((variant("A"), 1), (variant("B"), 1))
    fulfilment.ship(order=order, actor=STAFF, lines=[(line(order).pk, 1)])
    with commit():
        refunds.refund(order=order, lines=[(line(order, "B").pk, 1)], actor=STAFF, restock=True)
    add_up(order)
    assert order.status == OrderStatus.SHIPPED, "nothing is left to send"


def test_nothing_leaves_while_all_its_money_goes_back() -> None:
    order = paid((variant(), 1))
    refunds.refund(order=order, amount=order.total, actor=STAFF)
    for step in (OrderStatus.PACKED, OrderStatus.SHIPPED):
        with pytest.raises(WrongStatus):
            fulfilment.advance(order=order, to=step, actor=STAFF)


def test_one_shipping_form_sent_twice_is_one_parcel() -> None:
    order = paid((variant(), 2))
    for _try in range(2):
        fulfilment.ship(order=order, actor=STAFF, lines=[(line(order).pk, 1)], token="form")
    assert Shipment.objects.count() == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x", "//x"])
def test_tracking_links_lead_to_the_web(url: str) -> None:
    with pytest.raises(StoreError):
        fulfilment.ship(order=paid((variant(), 1)), actor=STAFF, tracking_url=url)


def test_old_parcels_count_as_delivered_when_the_shop_wants_it() -> None:
    order = paid((variant(), 1))
    fulfilment.ship(order=order, actor=STAFF)
    fulfilment.deliver_overdue()
    order.refresh_from_db()
    assert order.status == OrderStatus.SHIPPED
    Shipment.objects.update(shipped_at=timezone.now() - timedelta(days=15))
    fulfilment.deliver_overdue()
    order.refresh_from_db()
    assert order.status == OrderStatus.DELIVERED
    assert order.events.get(to_status="delivered").text == "Counted as delivered after 14 days."


def test_a_paid_order_is_called_off_with_all_its_money(commit: Commit) -> None:
    item = variant(stock=5)
    order = paid((item, 2))
    with commit():
        cancelling.call_off(order=order, actor=order.email, by_customer=True)
    add_up(order)
    assert (order.status, order.refunded, books(item)) == (OrderStatus.REFUNDED, order.total, (5, 0))
    assert [event.to_status for event in order.events.all() if event.to_status][-2:] == ["cancelled", "refunded"]


def test_customers_cancel_what_they_paid_only_where_the_shop_allows_and_never_after_packing() -> None:
    settings = OrderSettings.load()
    settings.customers_cancel_paid = False
    settings.save()
    order = paid((variant(), 1))
    with pytest.raises(WrongStatus):
        cancelling.call_off(order=order, actor=order.email, by_customer=True)
    fulfilment.pack(order=order, actor=STAFF)
    with pytest.raises(WrongStatus):
        cancelling.call_off(order=order, actor=STAFF)
    order.refresh_from_db()
    assert (order.status, order.payments.get().given_back) == (OrderStatus.PACKED, 0)


def test_a_corrected_email_gets_a_new_link_and_the_old_one_dies(commit: Commit) -> None:
    order = paid((variant(), 1))
    old = order.token
    with commit():
        fixed = replace(CUSTOMER, email="Ann.Lee@example.com", line1="Elizabetes iela 2")
        order = corrections.correct(order=order, customer=fixed, actor=STAFF)
    assert (order.email, order.line1) == ("ann.lee@example.com", "Elizabetes iela 2")
    assert order.token != old
    mail = OutgoingMail.objects.get(kind="order_link")
    assert mail.to == "ann.lee@example.com" and order.token in mail.text
    event = order.events.get(code="corrected")
    assert event.internal and "e-mail: ann@example.com → ann.lee@example.com" in event.text


def test_after_packing_and_to_another_country_nothing_is_corrected() -> None:
    order = paid((variant(), 1))
    with pytest.raises(ValidationError):
        corrections.correct(order=order, customer=replace(CUSTOMER, country="LT"), actor=STAFF)
    fulfilment.pack(order=order, actor=STAFF)
    with pytest.raises(WrongStatus):
        corrections.correct(order=order, customer=replace(CUSTOMER, city="Ogre"), actor=STAFF)


def test_notes_are_for_staff_or_for_the_customer(commit: Commit) -> None:
    order = paid((variant(), 1))
    with commit():
        corrections.write(order=order, text="Fragile", actor=STAFF)
        corrections.write(order=order, text="We add a gift", actor=STAFF, to_customer=True)
    assert [mail.kind for mail in mails.about(order) if "gift" in mail.text] == ["order_note"]
    assert not OutgoingMail.objects.filter(text__contains="Fragile").exists()


def test_a_return_goes_its_way_and_adds_up(commit: Commit) -> None:
    item = variant(stock=5)
    order = delivered((item, 2))
    with commit():
        wish = returns.ask(order=order, lines=[(line(order).pk, 1)], reason="Too small", actor=order.email)
        returns.approve(goods_return=wish, actor=STAFF, answer="Send it to Riga.")
        returns.receive(goods_return=wish, actor=STAFF, restock=True)
        returns.give_back(goods_return=wish, actor=STAFF)
    add_up(order)
    wish.refresh_from_db()
    assert (wish.status, wish.refund.amount, order.refunded) == (ReturnStatus.REFUNDED, Decimal(10), Decimal(10))
    assert (order.status, books(item)) == (OrderStatus.DELIVERED, (4, 0))
    answered = OutgoingMail.objects.filter(kind="return_answered").order_by("pk")
    assert [("Riga" in mail.text) for mail in answered] == [True, True]
    assert returns.returnable(order)[0][1] == 1


def test_no_more_comes_back_than_was_sent_and_only_in_time() -> None:
    order = delivered((variant(), 2))
    key = line(order).pk
    returns.ask(order=order, lines=[(key, 1)], reason="x", actor="")
    for lines in ([(key, 2)], [(key, -1)], [(0, 1)], []):
        with pytest.raises(StoreError):
            returns.ask(order=order, lines=lines, reason="x", actor="")
    order.events.filter(to_status="delivered").update(at=timezone.now() - timedelta(days=31))
    with pytest.raises(WrongStatus):
        returns.ask(order=order, lines=[(key, 1)], reason="x", actor="")
    assert Return.objects.count() == 1


def test_a_refused_return_frees_its_pieces_and_steps_are_not_skipped() -> None:
    order = delivered((variant(), 1))
    wish = returns.ask(order=order, lines=[(line(order).pk, 1)], reason="x", actor="")
    with pytest.raises(WrongStatus):
        returns.give_back(goods_return=wish, actor=STAFF)
    with pytest.raises(StoreError):
        returns.refuse(goods_return=wish, actor=STAFF, answer=" ")
    returns.refuse(goods_return=wish, actor=STAFF, answer="Worn")
    assert returns.returnable(order) == [(line(order), 1)]


def test_whoever_has_an_account_is_told_on_the_page() -> None:
    user = User.objects.create_user("ann@example.com")
    order = paid((variant(), 1), user=user)
    fulfilment.ship(order=order, actor=STAFF)
    fulfilment.deliver(order=order, actor=STAFF)
    texts = list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))
    assert [text.split(order.number)[1] for text in texts] == [
        " is paid. Thank you!",
        " is on its way.",
        " was delivered.",
    ]


def test_ordering_again_says_what_is_gone_short_or_dearer() -> None:
    same, gone, short, dearer = (variant(sku, stock=9) for sku in "ABCD")
    order = buy((same, 1), (gone, 1), (short, 3), (dearer, 1))
    Variant.objects.filter(pk=gone.pk).update(active=False)
    Variant.objects.filter(pk=dearer.pk).update(price=Decimal(12))
    buy((short, 5))
    cart = carts.get_or_create()
    found = reordering.reorder(order=order, cart=cart)
    assert [row.sku for row in found.gone] == ["B"]
    assert [(row.sku, count) for row, count in found.fewer] == [("C", 1)]
    assert [(row.sku, price) for row, price in found.dearer] == [("D", Decimal("12.00"))]
    reordering.reorder(order=order, cart=cart)
    assert dict(cart.lines.values_list("variant__sku", "quantity")) == {"A": 1, "C": 1, "D": 1}
