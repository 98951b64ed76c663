"""Money given back in part: sums, pieces and shelves add up, and nothing goes back twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction  # noqa: F401

from notifications.models import OutgoingMail
from store import fulfilment
from store.errors import StoreError, TooMuch, WrongStatus
from store.models import Order, OrderLine, OrderStatus, Payment, PaymentStatus, Refund
from store.payments import refunds, sandbox_cards, starting
from store.tests.shopping import books, buy, home_tax, variant
from store.tests.test_buying_at_once import at_once

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]
STAFF = "shop@example.com"


def paid(*quantities: tuple[Any, int], **options: Any) -> Order:
    order = buy(*quantities, **options)
    sandbox_cards.pay(payment=starting.start(order=order), card=sandbox_cards.PAYS)
    order.refresh_from_db()
    return order


def line(order: Order, sku: str = "A") -> OrderLine:
    return order.lines.get(sku=sku)


def add_up(order: Order) -> None:
    """Money in = money kept + money given back; no line gives back more than it has."""
    order.refresh_from_db()
    given = sum(
        (row.amount for row in Refund.objects.filter(payment__order=order, status="succeeded", is_surplus=False)),
        Decimal(0),
    )
    assert order.refunded == given <= order.total
    for payment in order.payments.all():
        going = sum((row.amount for row in payment.refunds.exclude(status="failed")), Decimal(0))
        assert payment.given_back == going <= (payment.received or 0)
    for row in Refund.objects.filter(payment__order=order):
        parts = sum((part.amount for part in row.lines.all()), row.shipping)
        assert parts in (0, row.amount) or parts <= row.amount
    for item in order.lines.all():
        assert item.shipped + item.called_off <= item.quantity >= item.refunded


def test_one_piece_goes_back_with_its_price_and_onto_the_shelf(commit: Commit) -> None:
    item = variant(stock=5)
    order = paid((item, 3))
    with commit():
        made = refunds.refund(order=order, lines=[(line(order).pk, 1)], restock=True, actor=STAFF, reason="Scratched")
    assert made.amount == Decimal("10.00")
    assert books(item) == (3, 0)
    add_up(order)
    assert (order.status, order.refunded, order.is_partly_refunded) == (OrderStatus.PAID, Decimal("10.00"), True)
    mail = OutgoingMail.objects.get(kind="order_refunded")
    assert "€10.00" in mail.text and "Scratched" in mail.text
    assert (line(order).refunded, line(order).outstanding) == (1, 2)


def test_without_restocking_the_shelf_stays_as_it_is(commit: Commit) -> None:
    item = variant(stock=5)
    order = paid((item, 2))
    with commit():
        refunds.refund(order=order, lines=[(line(order).pk, 1)], actor=STAFF)
    assert books(item) == (3, 0)


def test_delivery_and_a_free_sum_go_back_too(commit: Commit) -> None:
    order = paid((variant(), 1))
    with commit():
        refunds.refund(order=order, shipping=Decimal("2.50"), actor=STAFF)
        refunds.refund(order=order, amount=Decimal("1.25"), actor=STAFF)
    add_up(order)
    assert order.refunded == Decimal("3.75")
    with pytest.raises(TooMuch):
        refunds.refund(order=order, shipping=Decimal("2.51"), actor=STAFF)


def test_the_last_part_makes_the_order_refunded(commit: Commit) -> None:
    item = variant(stock=5)
    order = paid((item, 3))
    with commit():
        refunds.refund(order=order, lines=[(line(order).pk, 1)], restock=True, actor=STAFF)
        refunds.refund(order=order, amount=Decimal("4.00"), actor=STAFF)
    with commit():
        refunds.refund_order(order=order, actor=STAFF, reason="The rest")
    add_up(order)
    assert (order.status, order.refunded) == (OrderStatus.REFUNDED, Decimal("35.00"))
    assert books(item) == (5, 0)
    assert order.payments.get().status == PaymentStatus.REFUNDED


@pytest.mark.parametrize("count", [3, 7])
def test_piece_by_piece_makes_up_the_total_to_the_cent(commit: Commit, count: int) -> None:
    home_tax("21", included=False)
    item = variant(price="3.33", stock=9)
    order = paid((item, count))
    with commit():
        for _piece in range(count):
            refunds.refund(order=order, lines=[(line(order).pk, 1)], actor=STAFF)
        refunds.refund(order=order, shipping=refunds.shipping_left(order), actor=STAFF)
    add_up(order)
    assert (order.status, order.refunded) == (OrderStatus.REFUNDED, order.total)


def test_more_than_is_left_cannot_go_back(commit: Commit) -> None:
    order = paid((variant(), 2))
    key = line(order).pk
    refunds.refund(order=order, lines=[(key, 1)], actor=STAFF)
    with pytest.raises(TooMuch):
        refunds.refund(order=order, lines=[(key, 2)], actor=STAFF)
    with pytest.raises(TooMuch, match="15"):
        refunds.refund(order=order, amount=Decimal("15.01"), actor=STAFF)
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "1e30"])
def test_nonsense_sums_are_refused(amount: str) -> None:
    order = paid((variant(), 1))
    with pytest.raises(StoreError):
        refunds.refund(order=order, amount=Decimal(amount), actor=STAFF)
    assert not Refund.objects.exists()


def test_lines_of_another_order_and_unpaid_orders_are_refused() -> None:
    one, other = paid((variant("A"), 1)), paid((variant("B"), 1))
    with pytest.raises(StoreError):
        refunds.refund(order=one, lines=[(line(other, "B").pk, 1)], actor=STAFF)
    with pytest.raises(StoreError):
        refunds.refund(order=one, lines=[(line(one).pk, -1)], actor=STAFF)
    with pytest.raises(WrongStatus):
        refunds.refund(order=buy((variant("C"), 1)), amount=Decimal(1), actor=STAFF)


def test_one_form_sent_twice_is_one_refund() -> None:
    order = paid((variant(), 2))
    made = [refunds.refund(order=order, amount=Decimal(3), actor=STAFF, token="form-1").pk for _try in range(2)]
    assert made[0] == made[1]
    add_up(order)


def test_a_failed_refund_frees_what_it_held_and_can_be_tried_again(commit: Commit) -> None:
    order = paid((variant(), 1))
    made = refunds.refund(order=order, lines=[(line(order).pk, 1)], actor=STAFF)
    refunds.failed(refund_id=made.pk, error="closed account")
    refunds.failed(refund_id=made.pk, error="closed account")
    add_up(order)
    assert (line(order).refunded, line(order).outstanding) == (0, 1)
    assert order.payments.get().given_back == 0
    with commit():
        refunds.again(refund=made, actor=STAFF)
    with pytest.raises(StoreError):
        refunds.by_hand(refund=made, actor=STAFF)
    add_up(order)
    assert (order.refunded, line(order).refunded) == (Decimal("10.00"), 1)


def test_what_stands_on_the_shelf_again_is_not_sent_when_its_refund_fails(commit: Commit) -> None:
    item = variant(stock=1)
    order = paid((item, 1))
    made = refunds.refund(order=order, lines=[(line(order).pk, 1)], restock=True, actor=STAFF)
    refunds.failed(refund_id=made.pk, error="closed account")
    assert books(item) == (1, 0)
    buy((item, 1))
    with pytest.raises(StoreError):
        fulfilment.ship(order=order, actor=STAFF)
    with commit():
        refunds.again(refund=made, actor=STAFF)
    add_up(order)
    assert (order.refunded, books(item)) == (Decimal("10.00"), (1, 1))


def test_money_given_back_by_hand_counts(commit: Commit) -> None:
    order = paid((variant(), 1))
    made = refunds.refund(order=order, amount=Decimal(5), actor=STAFF)
    refunds.failed(refund_id=made.pk, error="")
    with commit():
        refunds.by_hand(refund=made, actor=STAFF)
    add_up(order)
    assert order.refunded == Decimal("5.00")


def test_money_that_went_back_at_the_gateway_is_noted_once(commit: Commit) -> None:
    order = paid((variant(), 1))
    payment = order.payments.get()
    waiting = refunds.refund(order=order, amount=Decimal("10.00"), actor=STAFF)
    with commit():
        for _event in range(3):
            row = refunds.noted(payment=payment, reference="re_1", amount=Decimal("15.00"), currency="eur")
            refunds.done(refund_id=row.pk)
    waiting.refresh_from_db()
    assert waiting.status == Refund.Status.FAILED
    add_up(order)
    assert order.status == OrderStatus.REFUNDED


def test_the_timeline_speaks_the_readers_language() -> None:
    order = paid((variant(), 1))
    refunds.refund(order=order, amount=Decimal("1.50"), actor=STAFF, reason="Late")
    event = order.events.get(code="refund_asked_because")
    assert (event.text, event.actor) == ("€1.50 is to be given back: Late", STAFF)
    assert event.params == {"sum": {"amount": "1.50", "currency": "EUR"}, "reason": "Late"}


def test_the_database_itself_refuses_more_than_came() -> None:
    order = paid((variant(), 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(given_back=Decimal("15.01"))
    with pytest.raises(IntegrityError), transaction.atomic():
        order.lines.update(refunded=2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="threads share SQLite's in-memory database")
def test_of_ten_refunds_at_once_no_more_goes_back_than_came() -> None:
    order = paid((variant(), 1))
    at_once(*[lambda: refunds.refund(order=order, amount=Decimal("4.00"), actor=STAFF) for _try in range(10)])
    assert Refund.objects.count() == 3
    assert order.payments.get().given_back == Decimal("12.00")
