"""What comes after the money: banks that take days, refunds made at Stripe, disputes; in any order."""

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from notifications.models import Notice, OutgoingMail
from store import expiry, mails
from store.errors import WrongStatus
from store.models import Dispute, Invoice, Order, OrderStatus, Payment, PaymentStatus, Refund, Variant, WebhookEvent
from store.payments import refunds, sending, starting, stripe_units
from store.tests.shopping import books, variant
from store.tests.stripe_server import StripeServer
from store.tests.test_stripe import SECRET, post, started, status

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def stripe(settings: Any, no_stripe: None) -> Iterator[StripeServer]:
    server = StripeServer()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_1", SECRET
    settings.STRIPE_API_BASE = server.url
    yield server
    server.stop()


@pytest.fixture
def boss(django_user_model: Any) -> Any:
    return django_user_model.objects.create_superuser(email="boss@example.com", password="x")


def paid(stripe: StripeServer, commit: Commit, price: str = "10.00") -> tuple[Order, Payment, dict[str, Any]]:
    order, payment = started(variant(price=price))
    session = stripe.pay(payment.reference)
    with commit():
        post(stripe.event("checkout.session.completed", session))
    return order, payment, session


def at_the_bank(stripe: StripeServer, commit: Commit) -> tuple[Order, Payment, dict[str, Any]]:
    order, payment = started(variant(stock=3))
    session = stripe.pay(payment.reference, payment_status="unpaid")
    with commit():
        post(stripe.event("checkout.session.completed", session))
    payment.refresh_from_db()
    order.refresh_from_db()
    return order, payment, session


# ------------------------------------------------------------ banks that take days
def test_while_the_bank_is_at_work_the_goods_wait_and_nobody_pays_twice(
    stripe: StripeServer, commit: Commit, client: Client
) -> None:
    order, payment, _session = at_the_bank(stripe, commit)
    assert payment.status == PaymentStatus.PROCESSING
    assert order.expires_at > timezone.now() + timedelta(days=13)
    for gateway in ("", "offline"):
        with pytest.raises(WrongStatus):
            starting.start(order=order, gateway=gateway)
    page = client.get(f"/orders/{order.number}/?token={order.token}", follow=True).content.decode()
    assert "please do not pay again" in page and "Pay now" not in page


def test_the_bank_says_yes(stripe: StripeServer, commit: Commit) -> None:
    order, _payment, session = at_the_bank(stripe, commit)
    with commit():
        post(stripe.event("checkout.session.async_payment_succeeded", session | {"payment_status": "paid"}))
    assert status(order) == OrderStatus.PAID
    assert Invoice.objects.get().order == order


def test_the_bank_says_no_and_the_shopper_may_pay_in_another_way(stripe: StripeServer, commit: Commit) -> None:
    order, payment, session = at_the_bank(stripe, commit)
    with commit():
        post(stripe.event("payment_intent.payment_failed", stripe.intent(session)))
        post(stripe.event("checkout.session.async_payment_failed", session))
        post(stripe.event("checkout.session.completed", session, event_id="evt_late"))
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.FAILED
    assert [mail.kind for mail in mails.about(order)] == ["payment_failed"]
    assert starting.start(order=Order.objects.get(), gateway="offline").attempt == 2


def test_an_order_at_the_bank_is_not_asked_about_every_minute(stripe: StripeServer, commit: Commit) -> None:
    at_the_bank(stripe, commit)
    Payment.objects.update(checked_at=timezone.now() - timedelta(minutes=10))
    before = len(stripe.calls)
    starting.reconcile()
    assert len(stripe.calls) == before
    Payment.objects.update(checked_at=timezone.now() - timedelta(hours=2))
    starting.reconcile()
    assert len(stripe.calls) == before + 1


def test_when_the_bank_takes_for_ever_the_goods_go_back(stripe: StripeServer, commit: Commit) -> None:
    order, _payment, _session = at_the_bank(stripe, commit)
    Order.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    expiry.expire_unpaid()
    assert status(order) == OrderStatus.EXPIRED


# ------------------------------------------------------------ refunds from Stripe's side
def test_a_part_given_back_in_the_dashboard_is_one_refund_however_it_is_told(
    stripe: StripeServer, commit: Commit
) -> None:
    order, payment, session = paid(stripe, commit)
    refund = stripe.dashboard_refund(session, 1, amount=300, status="pending")
    done = refund | {"status": "succeeded"}
    stripe.refunds[refund["id"]] = done
    bodies = [
        stripe.event("refund.created", refund),
        stripe.event("refund.updated", done),
        stripe.event("charge.refunded", stripe.charge(session, amount_refunded=300, refunds=None)),
        stripe.event("charge.refund.updated", done),
    ]
    with commit():
        for body in bodies * 3:
            post(body)
    row = Refund.objects.get()
    assert (row.amount, row.status, row.reference) == (Decimal("3.00"), "succeeded", refund["id"])
    assert (status(order), Payment.objects.get().status) == (OrderStatus.PAID, PaymentStatus.SUCCEEDED)
    note = Invoice.objects.get(kind="credit_note")
    assert (note.total, note.refund) == (Decimal("3.00"), row)
    assert OutgoingMail.objects.filter(kind="order_refunded").count() == 1
    with commit():
        rest = stripe.dashboard_refund(session, 2, amount=1200)
        post(stripe.event("refund.created", rest))
    assert status(order) == OrderStatus.REFUNDED


def test_where_only_the_charge_is_told_of_stripe_is_asked_for_its_refunds(stripe: StripeServer, commit: Commit) -> None:
    _order, _payment, session = paid(stripe, commit)
    stripe.dashboard_refund(session, 1, amount=100)
    stripe.dashboard_refund(session, 2, amount=200)
    with commit():
        post(stripe.event("charge.refunded", stripe.charge(session, amount_refunded=300, refunds=None)))
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [Decimal("1.00"), Decimal("2.00")]


def test_a_refund_of_ours_is_not_counted_again_when_its_event_is_faster_than_the_answer(
    stripe: StripeServer, commit: Commit
) -> None:
    order, payment, session = paid(stripe, commit)
    row = refunds.refund_order(order=order, actor="s@example.com", reason="")[0]
    body = stripe.dashboard_refund(session, 9, amount=1500, metadata={"refund": str(row.pk)}, id="re_1")
    with commit():
        post(stripe.event("refund.created", body))
    sending.send(refund_id=row.pk)
    assert [(item.pk, item.status) for item in Refund.objects.all()] == [(row.pk, "succeeded")]
    assert status(order) == OrderStatus.REFUNDED


def test_a_refund_before_the_payments_own_event_settles_that_first(stripe: StripeServer, commit: Commit) -> None:
    order, payment = started(variant())
    session = stripe.pay(payment.reference)
    with commit():
        post(stripe.event("refund.created", stripe.dashboard_refund(session, 1, amount=500)))
    assert status(order) == OrderStatus.PAID
    assert Refund.objects.get().payment == payment


def test_a_refund_that_comes_back_from_the_bank_is_staffs_to_mend(
    stripe: StripeServer, commit: Commit, boss: Any
) -> None:
    order, payment, session = paid(stripe, commit)
    refund = stripe.dashboard_refund(session, 1, amount=1500)
    with commit():
        post(stripe.event("refund.created", refund))
        failed = refund | {"status": "failed", "failure_reason": "expired_or_canceled_card"}
        stripe.refunds[refund["id"]] = failed
        post(stripe.event("refund.failed", failed))
        post(stripe.event("refund.updated", refund, event_id="evt_shuffled"))
    assert Refund.objects.get().status == "failed"
    assert Payment.objects.get().status == PaymentStatus.SUCCEEDED
    assert "expired_or_canceled_card" in Notice.objects.get(user=boss).text
    assert OutgoingMail.objects.get(kind="payment_alert").to == boss.email


# ------------------------------------------------------------ disputes
def test_a_dispute_is_flagged_with_its_deadline_and_staff_are_told_once(
    stripe: StripeServer, commit: Commit, boss: Any, client: Client
) -> None:
    order, payment, session = paid(stripe, commit)
    body = stripe.event("charge.dispute.created", stripe.dispute(session))
    with commit():
        for _time in range(5):
            post(body)
    dispute = Dispute.objects.get()
    assert (dispute.amount, dispute.status, dispute.due_at.year) == (Decimal("15.00"), "needs_response", 2030)
    assert Payment.objects.get().disputed
    assert Notice.objects.filter(user=boss).count() == OutgoingMail.objects.filter(kind="payment_alert").count() == 1
    client.force_login(boss)
    assert order.number in client.get("/admin/store/disputes/?open=true").content.decode()
    assert "Dispute over €15.00" in client.get(f"/admin/store/orders/inspect/{order.pk}/").content.decode()


@pytest.mark.parametrize(("end", "withdrawn", "flag"), [("won", False, False), ("lost", True, True)])
def test_a_disputes_events_lead_to_the_same_in_every_order(
    stripe: StripeServer, commit: Commit, end: str, withdrawn: bool, flag: bool
) -> None:
    _order, _payment, session = paid(stripe, commit)
    taken, back = {"amount": -1500}, {"amount": 1500}
    steps = [
        ("created", stripe.dispute(session), 100),
        ("funds_withdrawn", stripe.dispute(session, balance_transactions=[taken]), 101),
        ("updated", stripe.dispute(session, status="under_review", balance_transactions=[taken]), 200),
        ("closed", stripe.dispute(session, status=end, balance_transactions=[taken]), 300),
    ]
    if end == "won":
        steps.append(("funds_reinstated", stripe.dispute(session, status=end, balance_transactions=[taken, back]), 300))
    bodies = [stripe.event(f"charge.dispute.{kind}", thing, at=at) for kind, thing, at in steps]
    for order_of_events in random.Random(5).sample(list(itertools.permutations(bodies)), 6):
        Dispute.objects.all().delete()
        WebhookEvent.objects.exclude(type="checkout.session.completed").delete()
        with commit():
            for body in order_of_events:
                post(body)
        dispute = Dispute.objects.get()
        assert (dispute.status, dispute.withdrawn, bool(dispute.closed_at)) == (end, withdrawn, True)
        assert Payment.objects.get().disputed is flag


# ------------------------------------------------------------ replay
def test_staff_replay_what_failed_one_or_many_and_read_the_result(
    stripe: StripeServer, commit: Commit, admin_client: Client
) -> None:
    order, payment = started(variant())
    session = stripe.pay(payment.reference)
    stripe.down = True
    with commit():
        post(stripe.event("refund.created", stripe.dashboard_refund(session, 1, amount=100)))
        post(stripe.event("price.created", stripe.example("price")))
    failed = WebhookEvent.objects.in_state("failed").get()
    listed = admin_client.get("/admin/store/webhook-events/?state=failed").content.decode()
    assert failed.event_id in listed
    assert WebhookEvent.objects.get(type="price.created").event_id not in listed
    answer = admin_client.post(f"/admin/store/webhook-events/{failed.pk}/again/").content.decode()
    assert "PaymentUnavailable" in answer
    stripe.down = False
    page = admin_client.get("/admin/store/webhook-events/again/?state=failed").content.decode()
    assert "1 event" in page
    with commit():
        answer = admin_client.post("/admin/store/webhook-events/again/?state=failed", follow=True)
    assert "1 event was processed" in answer.content.decode()
    failed.refresh_from_db()
    assert failed.processed_at and order.number in failed.result
    assert (status(order), Refund.objects.count()) == (OrderStatus.PAID, 1)


def test_only_staff_replay(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user(email="x@example.com", password="x"))
    assert client.post("/admin/store/webhook-events/again/").status_code in (302, 403)


# ------------------------------------------------------------ amounts
@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [("10.00", "EUR", 1000), ("1149", "JPY", 1149), ("500", "ISK", 50000), ("1.50", "BHD", 1500), ("7", "XOF", 7)],
)
def test_amounts_go_to_stripe_and_back_as_it_counts_them(amount: str, currency: str, units: int) -> None:
    assert stripe_units.to_stripe(Decimal(amount), currency) == units
    assert stripe_units.from_stripe(units, currency) == Decimal(amount)


def test_a_purchase_in_yen_is_paid_refunded_and_invoiced_in_yen(
    stripe: StripeServer, commit: Commit, settings: Any
) -> None:
    settings.STORE_CURRENCY = "JPY"
    order, _payment, session = paid(stripe, commit, price="1149.00")
    assert (session["amount_total"], status(order)) == (1154, OrderStatus.PAID)
    with commit():
        post(stripe.event("refund.created", stripe.dashboard_refund(session, 1, amount=154)))
    assert Refund.objects.get().amount == Decimal(154)
    assert Invoice.objects.get(kind="credit_note").total == Decimal(154)


# ------------------------------------------------------------ any order of anything
class Shuffled(TestCase):
    """Whatever Stripe sends about one payment, in whatever order and number: the books are right."""

    @pytest.fixture(autouse=True)
    def at_hand(self, stripe: StripeServer, commit: Commit) -> None:
        self.stripe, self.commit = stripe, commit

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_money_in_is_money_kept_and_money_given_back(self, data: st.DataObject) -> None:
        item = variant(f"H-{Variant.objects.count()}-{Payment.objects.count()}", stock=3)
        order, payment = started(item)
        session = self.stripe.pay(payment.reference)
        number = payment.pk * 10
        parts = [self.stripe.dashboard_refund(session, number + n, amount=amount) for n, amount in ((1, 400), (2, 600))]
        self.stripe.refunds = {part["id"]: part for part in parts}
        bodies = [
            self.stripe.event("checkout.session.completed", session),
            self.stripe.event("payment_intent.succeeded", self.stripe.intent(session)),
            self.stripe.event("charge.succeeded", self.stripe.charge(session)),
            self.stripe.event("payment_intent.payment_failed", self.stripe.intent(session)),
            self.stripe.event("charge.refunded", self.stripe.charge(session, amount_refunded=1000, refunds=None)),
            *[self.stripe.event("refund.created", part) for part in parts],
        ]
        mixed = data.draw(st.lists(st.sampled_from(bodies), min_size=3, max_size=12))
        with self.commit():
            for body in [*mixed, *bodies]:
                assert post(body) == 204
        payment.refresh_from_db()
        given_back = sum(row.amount for row in payment.refunds.filter(status="succeeded"))
        assert (payment.received, given_back) == (order.total, Decimal("10.00"))
        assert payment.refunds.count() == 2
        assert (status(order), books(item)) == (OrderStatus.PAID, (2, 0))
        assert order.invoices.filter(kind="invoice").count() == 1
        credited = sum(note.total for note in order.invoices.filter(kind="credit_note"))
        assert credited == given_back
        kinds = [mail.kind for mail in mails.about(order)]
        assert sorted(kinds) == ["order_paid", "order_refunded", "order_refunded"]
