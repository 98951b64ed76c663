"""Stripe Checkout against a server on loopback that answers in Stripe's shapes."""

import itertools
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from store import expiry, mails, orders
from store.errors import PaymentRefused, PaymentUnavailable
from store.models import Order, OrderStatus, Payment, PaymentStatus, Refund, Variant, WebhookEvent
from store.payments import refunds, sending, starting, stripe_gateway
from store.tests.shopping import books, buy, home_tax, parcel, variant
from store.tests.stripe_server import StripeServer, signature

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]
SECRET = "whsec_test"


@pytest.fixture
def stripe(settings: Any, no_stripe: None) -> Iterator[StripeServer]:
    server = StripeServer()
    settings.STRIPE_SECRET_KEY = "sk_test_1"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_API_BASE = server.url
    yield server
    server.stop()


def started(item: Variant, quantity: int = 1) -> tuple[Order, Payment]:
    order = buy((item, quantity), payment="stripe")
    return order, starting.start(order=order)


def post(body: bytes, header: str = "") -> int:
    header = header or signature(body, SECRET)
    path = "/payments/stripe/webhook/"
    answer = Client(enforce_csrf_checks=True).post(
        path, body, content_type="application/json", headers={"Stripe-Signature": header}
    )
    return answer.status_code


def status(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


def test_a_session_is_made_for_the_orders_sum_and_long_enough(stripe: StripeServer) -> None:
    home_tax("10", included=False)
    order, payment = started(variant(price="10.00"), 2)
    (session,) = stripe.sessions.values()
    assert session["amount_total"] == int(order.total * 100) == 2750
    assert payment.url == session["url"] and payment.reference == session["id"]
    assert session["metadata"] == {"order": order.number, "payment": str(payment.pk)}
    assert order.token in session["success_url"]


def test_starting_again_opens_the_same_session(stripe: StripeServer) -> None:
    order, payment = started(variant())
    assert starting.start(order=order).url == payment.url
    assert len(stripe.sessions) == 1


def test_a_session_whose_answer_was_lost_is_not_made_twice(stripe: StripeServer) -> None:
    order, payment = started(variant())
    Payment.objects.update(reference="", url="", status=PaymentStatus.CREATED)
    assert starting.start(order=order).reference == payment.reference
    assert len(stripe.sessions) == 1


def test_an_old_session_is_replaced(stripe: StripeServer) -> None:
    order, payment = started(variant())
    Payment.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    again = starting.start(order=order)
    assert (again.attempt, again.reference) == (2, "cs_test_2")


def test_a_signed_event_is_stored_answered_and_processed_by_the_worker(stripe: StripeServer, commit: Commit) -> None:
    item = variant(stock=5)
    order, payment = started(item)
    body = stripe.event("checkout.session.completed", stripe.pay(payment.reference))
    with commit():
        assert post(body) == 204
        assert status(order) == OrderStatus.PLACED
    assert (status(order), books(item)) == (OrderStatus.PAID, (4, 0))
    payment.refresh_from_db()
    assert payment.charge_reference == f"pi_{payment.reference}"
    assert WebhookEvent.objects.get().processed_at


def test_fifty_repeats_of_all_events_out_of_order_make_one_paid_order(stripe: StripeServer, commit: Commit) -> None:
    item = variant(stock=5)
    order, payment = started(item, 2)
    session = stripe.pay(payment.reference)
    bodies = [
        stripe.event("checkout.session.completed", session),
        stripe.event("payment_intent.succeeded", stripe.intent(session)),
        stripe.event("charge.succeeded", stripe.charge(session)),
        stripe.event("payment_intent.payment_failed", stripe.intent(session)),
        stripe.event("customer.created", {"object": "customer", "id": "cus_1"}),
    ]
    random.Random(7).shuffle(calls := bodies * 10)
    with commit():
        assert {post(body) for body in calls} == {204}
    assert WebhookEvent.objects.count() == 5
    assert (status(order), books(item)) == (OrderStatus.PAID, (3, 0))
    assert [mail.kind for mail in mails.about(order)] == ["order_paid"]
    assert not Refund.objects.exists()


@pytest.mark.parametrize("first", range(3))
def test_any_of_the_three_good_events_alone_is_enough(stripe: StripeServer, commit: Commit, first: int) -> None:
    order, payment = started(variant())
    session = stripe.pay(payment.reference)
    kinds = ["checkout.session.completed", "payment_intent.succeeded", "charge.succeeded"]
    things = [session, stripe.intent(session), stripe.charge(session)]
    with commit():
        post(stripe.event(kinds[first], things[first]))
    assert status(order) == OrderStatus.PAID


def test_forged_stale_and_broken_events_are_refused_and_not_stored(stripe: StripeServer) -> None:
    _order, payment = started(variant())
    body = stripe.event("checkout.session.completed", stripe.pay(payment.reference))
    old = signature(body, SECRET, at=int(time.time()) - 3600)
    not_json = b"{"
    assert post(body, "t=1,v1=00") == 400
    assert post(body, signature(body, "whsec_other")) == 400
    assert post(body, old) == 400
    assert post(body + b" ", signature(body, SECRET)) == 400
    assert post(not_json) == 400
    assert post(b'{"object": "event"}') == 400
    assert post(b"\xff\xfe") == 400
    assert Client().post("/payments/stripe/webhook/", body, content_type="application/json").status_code == 400
    assert not WebhookEvent.objects.exists()


def test_without_its_secret_the_webhook_does_not_exist(client: Client) -> None:
    assert client.post("/payments/stripe/webhook/", b"{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize("wrong", [{"amount_total": 1}, {"currency": "usd"}, {"amount_total": None}])
def test_a_wrong_sum_is_refunded_at_stripe(stripe: StripeServer, commit: Commit, wrong: dict[str, Any]) -> None:
    order, payment = started(variant())
    with commit():
        post(stripe.event("checkout.session.completed", stripe.pay(payment.reference, **wrong)))
    assert status(order) == OrderStatus.PLACED
    assert len(stripe.refunds) == (0 if wrong.get("amount_total", 1) is None else 1)


def test_the_return_page_settles_before_the_webhook_comes(stripe: StripeServer, client: Client, commit: Commit) -> None:
    order, payment = started(variant())
    client.get(f"/orders/{order.number}/?token={order.token}")
    waiting = client.get(f"/payments/return/{order.number}/")
    assert b"do not pay again" in waiting.content
    stripe.pay(payment.reference)
    assert client.get(f"/payments/return/{order.number}/").url == f"/orders/{order.number}/"
    assert status(order) == OrderStatus.PAID
    with commit():
        post(stripe.event("checkout.session.completed", stripe.sessions[payment.reference]))
    assert order.events.filter(to_status=OrderStatus.PAID).count() == 1


def test_a_bank_debit_that_is_complete_but_not_paid_waits(stripe: StripeServer, commit: Commit) -> None:
    order, payment = started(variant())
    session = stripe.pay(payment.reference, payment_status="unpaid")
    with commit():
        post(stripe.event("checkout.session.completed", session))
    assert status(order) == OrderStatus.PLACED
    with commit():
        post(stripe.event("checkout.session.async_payment_succeeded", session | {"payment_status": "paid"}))
    assert status(order) == OrderStatus.PAID


def test_a_refused_bank_debit_can_be_paid_again(stripe: StripeServer, commit: Commit) -> None:
    order, payment = started(variant())
    with commit():
        post(stripe.event("checkout.session.async_payment_failed", stripe.sessions[payment.reference]))
    assert starting.start(order=order).attempt == 2


def test_a_declined_card_keeps_the_session_and_is_written_down(stripe: StripeServer, commit: Commit) -> None:
    order, payment = started(variant())
    intent = stripe.intent(stripe.sessions[payment.reference])
    intent["last_payment_error"] = {"type": "card_error", "message": "Your card was declined."}
    with commit():
        post(stripe.event("payment_intent.payment_failed", intent))
    payment.refresh_from_db()
    assert (payment.is_open, payment.error) == (True, "Your card was declined.")


def test_stripe_down_keeps_the_order_and_it_is_paid_later(stripe: StripeServer, client: Client) -> None:
    parcel()
    item = variant()
    client.post("/cart/add/", {"sku": "A", "quantity": "1"})
    stripe.down = True
    form = {"email": "a@example.com", "full_name": "A", "line1": "S 1", "city": "Riga", "postal_code": "1"}
    form |= {"country": "LV", "shipping_method": "post", "payment": "stripe", "token": "t1"}
    answer = client.post("/checkout/", form, follow=True)
    assert b"does not answer" in answer.content and b"Pay now" in answer.content
    order = Order.objects.get()
    assert books(item) == (5, 1)
    stripe.down = False
    assert client.post(f"/orders/{order.number}/pay/", {"payment": "stripe"}).url.startswith("https://checkout.stripe")


def test_a_stripe_that_hangs_is_given_up_in_time(stripe: StripeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe_gateway, "TIMEOUT_SECONDS", (0.2, 0.2))
    order = buy((variant(), 1), payment="stripe")
    stripe.slow = 1
    with pytest.raises(PaymentUnavailable):
        starting.start(order=order)
    stripe.slow = 0
    assert starting.start(order=order).url
    assert len(stripe.sessions) == 1


def test_a_wrong_key_is_refused_not_retried(stripe: StripeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe, "make_session", lambda form: (401, {"error": {"message": "Invalid API Key"}}))
    order = buy((variant(), 1), payment="stripe")
    with pytest.raises(PaymentRefused):
        starting.start(order=order)
    assert status(order) == OrderStatus.PLACED


def test_expiring_closes_the_session_first(stripe: StripeServer) -> None:
    item = variant(stock=5)
    order, payment = started(item)
    overdue(order)
    expiry.expire_unpaid()
    assert stripe.sessions[payment.reference]["status"] == "expired"
    assert (status(order), books(item)) == (OrderStatus.EXPIRED, (5, 0))


def test_an_order_paid_at_the_last_moment_is_not_expired(stripe: StripeServer) -> None:
    order, payment = started(variant())
    stripe.pay(payment.reference)
    overdue(order)
    expiry.expire_unpaid()
    assert status(order) == OrderStatus.PAID


def test_goods_stay_held_while_stripe_is_down_but_not_for_ever(stripe: StripeServer) -> None:
    item = variant(stock=5)
    order, _payment = started(item)
    overdue(order)
    stripe.down = True
    expiry.expire_unpaid()
    assert (status(order), books(item)) == (OrderStatus.PLACED, (5, 1))
    overdue(order, timedelta(hours=4))
    expiry.expire_unpaid()
    assert (status(order), books(item)) == (OrderStatus.EXPIRED, (5, 0))


def overdue(order: Order, by: timedelta = timedelta(seconds=1)) -> None:
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now() - by)


def test_a_webhook_that_never_comes_is_made_up_for(stripe: StripeServer) -> None:
    order, payment = started(variant())
    stripe.pay(payment.reference)
    starting.reconcile()
    assert status(order) == OrderStatus.PLACED, "too early to ask"
    Payment.objects.update(checked_at=timezone.now() - timedelta(minutes=5))
    starting.reconcile()
    assert status(order) == OrderStatus.PAID


def test_a_refund_goes_through_stripe_once_even_if_it_was_down(stripe: StripeServer, commit: Commit) -> None:
    order, payment = started(variant())
    with commit():
        post(stripe.event("checkout.session.completed", stripe.pay(payment.reference)))
    stripe.down = True
    with commit():
        refunds.refund_order(order=order, actor="s@example.com", reason="Broken")
    assert status(order) == OrderStatus.PAID
    stripe.down = False
    Refund.objects.update(next_try_at=timezone.now())
    sending.send_waiting()
    sending.send_waiting()
    assert status(order) == OrderStatus.REFUNDED
    (refund,) = stripe.refunds.values()
    assert refund["amount"] == int(order.total * 100)
    with commit():
        for kind in ("refund.created", "refund.updated", "charge.refunded"):
            thing = refund if kind != "charge.refunded" else stripe.charge(stripe.sessions[payment.reference])
            post(stripe.event(kind, thing))
    assert Refund.objects.count() == 1


def test_a_refund_that_the_bank_takes_its_time_for_is_done_by_its_event(stripe: StripeServer, commit: Commit) -> None:
    stripe.refund_status = "pending"
    order, payment = started(variant())
    with commit():
        post(stripe.event("checkout.session.completed", stripe.pay(payment.reference)))
    with commit():
        refunds.refund_order(order=order, actor="s@example.com", reason="Broken")
    assert status(order) == OrderStatus.PAID
    with commit():
        post(stripe.event("refund.updated", stripe.refunds["re_1"] | {"status": "succeeded"}))
    assert status(order) == OrderStatus.REFUNDED


def test_a_refund_made_in_stripes_dashboard_is_taken_over(stripe: StripeServer, commit: Commit) -> None:
    order, payment = started(variant())
    with commit():
        post(stripe.event("checkout.session.completed", session := stripe.pay(payment.reference)))
    thing = stripe.example("refund", id="re_x", amount=session["amount_total"], currency="eur", status="succeeded")
    thing["payment_intent"] = f"pi_{payment.reference}"
    with commit():
        post(stripe.event("refund.created", thing))
    assert status(order) == OrderStatus.REFUNDED


def test_a_failed_refund_is_staffs_to_see(stripe: StripeServer, commit: Commit) -> None:
    order, payment = started(variant())
    with commit():
        post(stripe.event("checkout.session.completed", stripe.pay(payment.reference)))
    stripe.refund_status = "failed"
    with commit():
        refunds.refund_order(order=order, actor="s@example.com", reason="Broken")
    assert Refund.objects.get().status == Refund.Status.FAILED
    assert order.events.filter(code="refund_failed").exists()


def test_disputes_are_marked(stripe: StripeServer, commit: Commit) -> None:
    order, payment = started(variant())
    with commit():
        post(stripe.event("checkout.session.completed", stripe.pay(payment.reference)))
    dispute = stripe.example("dispute", payment_intent=f"pi_{payment.reference}")
    with commit():
        post(stripe.event("charge.dispute.created", dispute))
    payment.refresh_from_db()
    assert payment.disputed
    with commit():
        post(stripe.event("charge.dispute.closed", dispute | {"status": "won"}))
    payment.refresh_from_db()
    assert not payment.disputed


def test_late_success_after_expiry_in_any_order_of_events(stripe: StripeServer, commit: Commit) -> None:
    for number, order_of_events in enumerate(itertools.permutations(["expired", "completed"])):
        item = variant(f"V{number}", stock=1)
        order, payment = started(item)
        session = stripe.pay(payment.reference)
        for kind in order_of_events:
            thing = session if kind == "completed" else session | {"status": "expired", "payment_status": "unpaid"}
            with commit():
                post(stripe.event(f"checkout.session.{kind}", thing))
        assert status(order) == OrderStatus.PAID


def test_events_of_other_shops_are_stored_and_ignored(stripe: StripeServer, commit: Commit) -> None:
    started(variant())
    foreign = stripe.example("checkout.session", id="cs_other", metadata={"payment": "x" * 40})
    with commit():
        assert post(stripe.event("checkout.session.completed", foreign)) == 204
        assert post(stripe.event("price.created", stripe.example("price"))) == 204
    assert all(row.result.startswith("Ignored") and row.processed_at for row in WebhookEvent.objects.all())
    assert orders.Order.objects.get().status == OrderStatus.PLACED


def test_yen_are_not_multiplied(stripe: StripeServer, settings: Any) -> None:
    settings.STORE_CURRENCY = "JPY"
    started(variant(price="1149.00"))
    assert next(iter(stripe.sessions.values()))["amount_total"] == 1154


def test_the_payload_is_kept_as_it_came(stripe: StripeServer) -> None:
    body = stripe.event("price.created", stripe.example("price"))
    post(body)
    assert WebhookEvent.objects.get().payload == json.loads(body)
