"""Money that comes in any order, any number of times: fulfilled, or given back and told."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from notifications.models import OutgoingMail
from store import expiry, fulfilment, mails, orders
from store.errors import StoreError, WrongStatus
from store.models import Order, OrderStatus, Payment, PaymentStatus, Refund, Variant, WebhookEvent
from store.payments import refunds, sandbox_cards, starting, webhooks
from store.payments.base import Outcome
from store.payments.settle import settle
from store.signals import order_cancelled, order_paid, order_refunded
from store.tests.shopping import books, buy, variant

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]


def paid(payment: Payment, **changes: Any) -> Outcome:
    return Outcome(
        **{
            "status": PaymentStatus.SUCCEEDED,
            "amount": int(payment.amount * 100),
            "currency": payment.currency.lower(),
            "charge_reference": f"ch_{payment.pk}",
            **changes,
        }
    )


def started(item: Variant, quantity: int = 1) -> tuple[Order, Payment]:
    order = buy((item, quantity))
    return order, starting.start(order=order)


def status(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


def mail_kinds(order: Order) -> list[str]:
    return [mail.kind for mail in mails.about(order)]


def expire(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    expiry.expire_unpaid()


def test_a_payment_makes_the_order_paid_and_the_goods_leave_the_books(commit: Commit) -> None:
    item = variant(stock=5)
    order, payment = started(item, 2)
    with commit():
        settle(payment_id=payment.pk, outcome=paid(payment))
    assert status(order) == OrderStatus.PAID
    assert books(item) == (3, 0)
    assert mail_kinds(order) == ["order_paid"]


def test_fifty_reports_of_one_payment_in_any_order_have_effect_once(commit: Commit) -> None:
    item = variant(stock=5)
    order, payment = started(item, 2)
    reports = [paid(payment)] * 30
    reports += [Outcome(status=PaymentStatus.PENDING), Outcome(status=PaymentStatus.FAILED, error="no")] * 5
    reports += [Outcome(status=PaymentStatus.EXPIRED), Outcome(status=PaymentStatus.REQUIRES_ACTION)] * 5
    random.Random(3).shuffle(reports)
    with commit():
        for report in reports:
            settle(payment_id=payment.pk, outcome=report)
    assert status(order) == OrderStatus.PAID
    assert books(item) == (3, 0)
    assert mail_kinds(order) == ["order_paid"]
    assert order.events.filter(to_status=OrderStatus.PAID).count() == 1
    assert not Refund.objects.exists()


@pytest.mark.parametrize("wrong", [{"amount": 1}, {"amount": 1_000_000}, {"currency": "usd"}, {"currency": ""}])
def test_a_wrong_sum_is_given_back_and_the_customer_told(commit: Commit, wrong: dict[str, Any]) -> None:
    item = variant(stock=5)
    order, payment = started(item)
    with commit():
        settle(payment_id=payment.pk, outcome=paid(payment, **wrong))
    assert status(order) == OrderStatus.PLACED
    assert books(item) == (5, 1)
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.REFUNDED
    assert Refund.objects.get().status == Refund.Status.SUCCEEDED
    assert mail_kinds(order) == ["order_refunded"]


def test_after_a_wrong_sum_the_order_can_still_be_paid(commit: Commit) -> None:
    order, payment = started(variant())
    with commit():
        settle(payment_id=payment.pk, outcome=paid(payment, amount=1))
    again = starting.start(order=order)
    assert again.attempt == 2
    with commit():
        settle(payment_id=again.pk, outcome=paid(again))
    assert status(order) == OrderStatus.PAID


def test_a_late_payment_brings_the_order_back_if_the_goods_are_there(commit: Commit) -> None:
    item = variant(stock=1)
    order, payment = started(item)
    with commit():
        expire(order)
    assert (status(order), books(item)) == (OrderStatus.EXPIRED, (1, 0))
    with commit():
        settle(payment_id=payment.pk, outcome=paid(payment))
    assert (status(order), books(item)) == (OrderStatus.PAID, (0, 0))
    assert mail_kinds(order) == ["order_paid"]


def test_a_late_payment_for_goods_that_are_gone_is_given_back(commit: Commit) -> None:
    item = variant(stock=1)
    order, payment = started(item)
    expire(order)
    buy((item, 1))
    with commit():
        settle(payment_id=payment.pk, outcome=paid(payment))
    assert (status(order), books(item)) == (OrderStatus.EXPIRED, (1, 1))
    assert mail_kinds(order) == ["order_refunded"]


def test_a_late_payment_for_a_deleted_product_is_given_back(commit: Commit) -> None:
    item = variant(stock=1)
    order, payment = started(item)
    expire(order)
    item.product.delete()
    with commit():
        settle(payment_id=payment.pk, outcome=paid(payment))
    assert status(order) == OrderStatus.EXPIRED
    assert Refund.objects.get().status == Refund.Status.SUCCEEDED


def test_a_second_payment_of_the_same_order_goes_back(commit: Commit) -> None:
    item = variant(stock=5)
    order, first = started(item)
    second = Payment.objects.create(
        order=order, gateway="test", attempt=2, idempotency_key="x", amount=order.total, currency=order.currency
    )
    with commit():
        settle(payment_id=first.pk, outcome=paid(first))
        settle(payment_id=second.pk, outcome=paid(second))
    assert (status(order), books(item)) == (OrderStatus.PAID, (4, 0))
    assert {mail.kind for mail in mails.about(order)} == {"order_paid", "order_refunded"}
    assert Payment.objects.get(pk=first.pk).status == PaymentStatus.SUCCEEDED
    assert Payment.objects.get(pk=second.pk).status == PaymentStatus.REFUNDED


def test_a_payment_of_a_cancelled_order_goes_back(commit: Commit) -> None:
    item = variant(stock=5)
    order, payment = started(item)
    orders.cancel(order=order, actor=order.email)
    assert books(item) == (5, 0)
    with commit():
        settle(payment_id=payment.pk, outcome=paid(payment))
    assert (status(order), books(item)) == (OrderStatus.CANCELLED, (5, 0))
    assert mail_kinds(order) == ["order_refunded"]


def test_cancelling_closes_the_payment_at_the_gateway(commit: Commit) -> None:
    order, payment = started(variant())
    with commit():
        orders.cancel(order=order, actor=order.email)
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.EXPIRED


def test_a_paid_order_cannot_be_cancelled(commit: Commit) -> None:
    order, payment = started(variant())
    settle(payment_id=payment.pk, outcome=paid(payment))
    with pytest.raises(WrongStatus):
        orders.cancel(order=order, actor=order.email)


def test_a_refund_gives_the_money_and_the_goods_back_once(commit: Commit) -> None:
    item = variant(stock=5)
    order, payment = started(item, 2)
    settle(payment_id=payment.pk, outcome=paid(payment))
    with commit():
        refunds.refund_order(order=order, actor="shop@example.com", reason="Changed mind")
        with pytest.raises(StoreError):
            refunds.refund_order(order=order, actor="shop@example.com", reason="Again")
    assert (status(order), books(item)) == (OrderStatus.REFUNDED, (5, 0))
    assert "order_refunded" in mail_kinds(order)
    refunds.done(refund_id=Refund.objects.get().pk)
    assert books(item) == (5, 0)


def test_goods_that_have_left_do_not_come_back_by_a_refund(commit: Commit) -> None:
    item = variant(stock=5)
    order, payment = started(item, 2)
    settle(payment_id=payment.pk, outcome=paid(payment))
    fulfilment.advance(order=order, to=OrderStatus.SHIPPED, actor="s@example.com")
    with commit():
        refunds.refund_order(order=order, actor="s@example.com", reason="")
    assert (status(order), books(item)) == (OrderStatus.REFUNDED, (3, 0))


def test_an_unpaid_order_cannot_be_refunded_or_shipped() -> None:
    order, _payment = started(variant())
    with pytest.raises(WrongStatus):
        refunds.refund_order(order=order, actor="s@example.com", reason="")
    with pytest.raises(WrongStatus):
        fulfilment.advance(order=order, to=OrderStatus.SHIPPED, actor="s@example.com")


def test_unpaid_orders_expire_only_when_it_is_time(commit: Commit) -> None:
    item = variant(stock=5)
    early, late = buy((item, 1)), buy((item, 1))
    Order.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    expiry.expire_unpaid()
    expiry.expire_unpaid()
    assert (status(early), status(late)) == (OrderStatus.PLACED, OrderStatus.EXPIRED)
    assert books(item) == (5, 1)


def test_an_expired_order_cannot_be_paid_again() -> None:
    order, _payment = started(variant())
    expire(order)
    with pytest.raises(WrongStatus):
        starting.start(order=order)


def test_an_order_paid_at_the_gateway_is_not_expired() -> None:
    """The event was stored, and the worker was down."""
    item = variant(stock=5)
    order, payment = started(item)
    WebhookEvent.objects.create(
        gateway="test",
        event_id="evt_1",
        type="payment.succeeded",
        payload={
            "reference": payment.reference,
            "status": "succeeded",
            "amount": int(payment.amount * 100),
            "currency": payment.currency,
            "charge": "c",
            "error": "",
        },
    )
    expire(order)
    assert (status(order), books(item)) == (OrderStatus.PAID, (4, 0))


def test_starting_twice_is_one_payment_and_another_attempt_holds_the_goods_longer() -> None:
    order, payment = started(variant())
    assert starting.start(order=order) == payment
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now() + timedelta(minutes=1))
    settle(payment_id=payment.pk, outcome=Outcome(status=PaymentStatus.FAILED, error="no"))
    assert starting.start(order=order).attempt == 2
    assert Order.objects.get(pk=order.pk).expires_at > timezone.now() + timedelta(minutes=39)


def test_goods_cannot_be_held_for_ever_by_new_attempts() -> None:
    order, payment = started(variant())
    for _attempt in range(starting.MAX_ATTEMPTS - 1):
        settle(payment_id=payment.pk, outcome=Outcome(status=PaymentStatus.FAILED))
        payment = starting.start(order=order)
    settle(payment_id=payment.pk, outcome=Outcome(status=PaymentStatus.FAILED))
    with pytest.raises(StoreError):
        starting.start(order=order)


def test_the_three_cards_do_what_they_do_everywhere(commit: Commit) -> None:
    item = variant(stock=9)
    order, payment = started(item)
    assert sandbox_cards.pay(payment=payment, card="4000 0000 0000 0002") == "failed"
    assert status(order) == OrderStatus.PLACED
    assert sandbox_cards.pay(payment=payment, card="4000002500003155") == "requires_action"
    assert sandbox_cards.pay(payment=payment, card="4000002500003155", confirmed=False) == "failed"
    with pytest.raises(StoreError):
        sandbox_cards.pay(payment=payment, card="1234")
    with commit():
        assert sandbox_cards.pay(payment=payment, card="4242 4242 4242 4242") == PaymentStatus.SUCCEEDED
    assert status(order) == OrderStatus.PAID
    with pytest.raises(WrongStatus):
        sandbox_cards.pay(payment=payment, card="4242424242424242")


def test_three_d_secure_confirmed_pays() -> None:
    order, payment = started(variant())
    sandbox_cards.pay(payment=payment, card="4000002500003155")
    assert sandbox_cards.pay(payment=payment, card="4000002500003155", confirmed=True) == PaymentStatus.SUCCEEDED
    assert status(order) == OrderStatus.PAID


def test_offline_orders_are_mailed_and_marked_paid_by_staff_even_late(commit: Commit) -> None:
    item = variant(stock=5)
    with commit():
        order = buy((item, 1), payment="offline")
    starting.start(order=order)
    assert mail_kinds(order) == ["order_received"]
    expire(order)
    with commit():
        starting.paid_by_hand(order=order, actor="shop@example.com")
        starting.paid_by_hand(order=order, actor="shop@example.com") if status(order) == "placed" else None
    assert (status(order), books(item)) == (OrderStatus.PAID, (4, 0))
    assert order.events.get(to_status=OrderStatus.PAID).actor == "shop@example.com"


def test_switching_to_another_way_closes_the_first(commit: Commit) -> None:
    order, payment = started(variant())
    other = starting.start(order=order, gateway="offline")
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.EXPIRED
    assert other.gateway == "offline"


def test_an_event_that_fails_stays_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    event = webhooks.store(gateway="test", event_id="e", kind="payment.succeeded", payload={"reference": "nobody's"})
    assert webhooks.process(event_pk=event.pk) is False
    event.refresh_from_db()
    assert (event.attempts, event.processed_at) == (1, None)
    assert "DoesNotExist" in event.error
    assert webhooks.process(event_pk=event.pk) is False
    event.refresh_from_db()
    assert event.attempts == 1, "not before its time"
    WebhookEvent.objects.update(next_try_at=timezone.now())
    webhooks.process_waiting()
    event.refresh_from_db()
    assert event.attempts == 2


def test_a_silent_payment_is_asked_about(commit: Commit) -> None:
    order, payment = started(variant())
    sandbox_cards_event_only(payment)
    Payment.objects.update(checked_at=timezone.now() - timedelta(minutes=10))
    starting.reconcile()
    assert status(order) == OrderStatus.PAID


def sandbox_cards_event_only(payment: Payment) -> None:
    payload = {"reference": payment.reference, "status": "succeeded", "amount": int(payment.amount * 100)}
    payload |= {"currency": payment.currency, "charge": "c", "error": ""}
    WebhookEvent.objects.create(gateway="test", event_id="late", type="payment.succeeded", payload=payload)


def test_a_confirmation_that_a_dying_worker_forgot_is_written_later() -> None:
    order, payment = started(variant())
    settle(payment_id=payment.pk, outcome=paid(payment))
    Order.objects.update(paid_at=timezone.now() - timedelta(minutes=10))
    mails.send_forgotten()
    mails.send_forgotten()
    assert mail_kinds(order) == ["order_paid"]


def test_the_confirmation_is_in_the_orders_language_with_its_link(commit: Commit) -> None:
    item = variant()
    order = buy((item, 1), language="ru")
    payment = starting.start(order=order)
    with commit():
        settle(payment_id=payment.pk, outcome=paid(payment))
    mail = OutgoingMail.objects.get()
    assert order.token in mail.text and order.token in mail.html
    assert "15,00" in mail.text
    assert f"/ru/orders/{order.number}/" in mail.text
    assert mail.to == order.email


def test_the_signals_tell_the_apps_above(commit: Commit) -> None:
    heard: list[str] = []
    signals = {"paid": order_paid, "refunded": order_refunded, "cancelled": order_cancelled}
    receivers = {name: (lambda sender, order, name=name, **kwargs: heard.append(name)) for name in signals}
    for name, signal in signals.items():
        signal.connect(receivers[name])
    try:
        with commit():
            order, payment = started(variant())
            settle(payment_id=payment.pk, outcome=paid(payment))
            refunds.refund_order(order=order, actor="", reason="")
            orders.cancel(order=buy((variant("B"), 1)))
    finally:
        for name, signal in signals.items():
            signal.disconnect(receivers[name])
    assert sorted(heard) == ["cancelled", "paid", "refunded"]
