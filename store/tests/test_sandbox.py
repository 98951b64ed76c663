"""The test gateway behaves like a real one, in all its moods; and does not exist without DEBUG."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signing import BadSignature
from django.test import Client
from django.utils import timezone

from store.errors import PaymentUnavailable, UnknownGateway
from store.models import Dispute, Order, OrderStatus, Payment, PaymentStatus, Refund, WebhookEvent
from store.payments import refunds, sandbox, sandbox_cards, sandbox_webhook, starting, webhooks
from store.tests.shopping import buy, variant

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def switched_on() -> Any:
    yield
    cache.delete(sandbox.OFF)


def started() -> tuple[Order, Payment]:
    order = buy((variant(), 1))
    return order, starting.start(order=order)


def status(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


@pytest.mark.parametrize("card", [card for card in sandbox_cards.CARDS if card.error and not card.asks])
def test_a_refused_card_says_why_and_another_one_pays(card: sandbox_cards.Card) -> None:
    order, payment = started()
    assert sandbox_cards.pay(payment=payment, card=card.number) == "failed"
    payment.refresh_from_db()
    assert payment.error == str(card.error) and payment.is_open
    assert sandbox_cards.pay(payment=payment, card=sandbox_cards.PAYS) == PaymentStatus.SUCCEEDED
    assert status(order) == OrderStatus.PAID


def test_a_card_may_be_declined_after_three_d_secure(client: Client) -> None:
    order, payment = started()
    path = f"/payments/test/{payment.reference}/"
    client.post(path, {"card": "4000 0084 0000 1629"})
    assert "3-D Secure" in client.get(path).content.decode()
    page = client.post(path, {"answer": "confirm"}, follow=True).content.decode()
    assert "The card was declined." in page
    assert status(order) == OrderStatus.PLACED


@pytest.mark.parametrize(
    ("account", "end"), [(sandbox_cards.BANK_PAYS, "paid"), (sandbox_cards.BANK_REFUSES, "placed")]
)
def test_a_bank_thinks_for_a_while_and_then_decides(account: str, end: str) -> None:
    order, payment = started()
    assert sandbox_cards.pay(payment=payment, card=account) == PaymentStatus.PROCESSING
    webhooks.process_waiting()
    assert starting.refresh(payment=payment).status == PaymentStatus.PROCESSING
    WebhookEvent.objects.filter(processed_at=None).update(next_try_at=timezone.now() - timedelta(seconds=1))
    webhooks.process_waiting()
    assert status(order) == end
    payment.refresh_from_db()
    assert payment.status == (PaymentStatus.SUCCEEDED if end == "paid" else PaymentStatus.FAILED)


def test_a_gateway_that_is_down_loses_no_order(client: Client) -> None:
    order = buy((variant(), 1))
    sandbox.switch_off()
    with pytest.raises(PaymentUnavailable):
        starting.start(order=order)
    client.get(f"/orders/{order.number}/?token={order.token}")
    answer = client.post(f"/orders/{order.number}/pay/", {"payment": "test"}, follow=True)
    assert answer.status_code == 200 and "Your order is kept" in answer.content.decode()
    other = starting.start(order=order, gateway="offline")
    assert (other.gateway, other.attempt) == ("offline", 2)
    cache.delete(sandbox.OFF)
    payment = starting.start(order=order, gateway="test")
    assert sandbox_cards.pay(payment=payment, card=sandbox_cards.PAYS) == PaymentStatus.SUCCEEDED


def test_refunds_may_fail_and_payments_be_disputed(commit: Commit) -> None:
    order, payment = started()
    sandbox_cards.pay(payment=payment, card=sandbox_cards.REFUND_FAILS)
    with commit():
        refunds.refund_order(order=order, actor="s@example.com", reason="")
    assert Refund.objects.get().status == Refund.Status.FAILED
    other = starting.start(order=buy((variant("B"), 1)))
    sandbox_cards.pay(payment=other, card=sandbox_cards.IS_DISPUTED)
    assert Dispute.objects.get().payment == other


def test_its_calls_are_signed(settings: Any) -> None:
    _order, payment = started()
    body = b'{"id": "evt_1", "type": "payment.succeeded", "data": {}}'
    with pytest.raises(BadSignature):
        sandbox_webhook.receive(body, "forged")
    assert not WebhookEvent.objects.exists()


def test_without_debug_no_page_call_or_verb_reaches_it(client: Client, settings: Any) -> None:
    order, payment = started()
    settings.DEBUG = False
    token = f"?token={order.token}"
    path = f"/payments/test/{payment.reference}/"
    assert client.get(path).status_code == client.post(path, {"card": sandbox_cards.PAYS}).status_code == 404
    assert client.post(path, {"off": "1"}).status_code == 404
    card = {"card": sandbox_cards.PAYS}
    api = f"/api/v1/orders/{order.number}"
    assert client.post(f"{api}/pay{token}", card, content_type="application/json").status_code == 404
    wanted = {"payment": "test"}
    assert client.post(f"{api}/payment{token}", wanted, content_type="application/json").status_code == 422
    client.post(f"/orders/{order.number}/pay/{token}", wanted)
    with pytest.raises(UnknownGateway):
        sandbox_cards.pay(payment=payment, card=sandbox_cards.PAYS)
    with pytest.raises(UnknownGateway):
        starting.start(order=order, gateway="test")
    with pytest.raises(UnknownGateway):
        buy((variant("C"), 1), payment="test")
    with pytest.raises(BadSignature):
        sandbox_webhook.call("payment.succeeded", {})
    page = client.get(f"/orders/{order.number}/{token}", follow=True).content.decode()
    assert 'value="test"' not in page and "/payments/test/" not in page
    assert (status(order), WebhookEvent.objects.count()) == (OrderStatus.PLACED, 0)
