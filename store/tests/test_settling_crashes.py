"""Fifty webhooks at once beside the return page; and processes that die at every step of settling."""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from django_q.models import OrmQ

from notifications.models import OutgoingMail
from store import mails, orders
from store.invoices import issuing
from store.models import Invoice, Order, OrderStatus, Payment, PaymentStatus, WebhookEvent
from store.payments import sandbox_webhook, settle, starting, webhooks
from store.tests.shopping import books, buy, variant
from store.tests.test_buying_at_once import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs real row locks and several connections"),
]
DIED = 77


def told(payment: Payment, event_id: str = "evt_paid", kind: str = "payment.succeeded", **changes: Any) -> WebhookEvent:
    payload = {"reference": payment.reference, "status": "succeeded", "amount": int(payment.amount * 100)}
    payload |= {"currency": payment.currency, "charge": "charge_1", "error": "", **changes}
    return webhooks.store(gateway="test", event_id=event_id, kind=kind, payload=payload)


def recover() -> None:
    """What the schedules do once the processes are up again."""
    WebhookEvent.objects.filter(processed_at=None).update(next_try_at=timezone.now())
    webhooks.process_waiting()
    Payment.objects.update(checked_at=timezone.now() - 2 * starting.SILENT)
    starting.reconcile()
    Order.objects.filter(paid_at__isnull=False).update(paid_at=timezone.now() - 2 * issuing.SLACK)
    issuing.issue_missing()
    mails.send_forgotten()


def assert_whole(order: Order, item: Any) -> None:
    """Paid once, sold once, one confirmation, one invoice."""
    order.refresh_from_db()
    assert (order.status, books(item)) == (OrderStatus.PAID, (4, 0))
    assert order.events.filter(to_status=OrderStatus.PAID).count() == 1
    assert OutgoingMail.objects.filter(kind="order_paid").count() == 1
    assert Invoice.objects.count() == 1 and Invoice.objects.get().sequence == 1


def test_fifty_calls_shuffled_with_their_siblings_race_the_return_page_and_settle_once() -> None:
    item = variant(stock=5)
    order = buy((item, 1))
    payment = starting.start(order=order)

    def sibling(number: int) -> None:
        kinds = [("payment.succeeded", "succeeded"), ("payment.declined", "pending"), ("payment.processing", "pending")]
        kind, status = kinds[number % 3]
        webhooks.process(event_pk=told(payment, f"evt_{number % 3}", kind, status=status, error="").pk)

    def page() -> None:
        starting.refresh(payment=payment)

    def mail() -> None:
        if Order.objects.get(pk=order.pk).is_paid:
            mails.send(order_id=order.pk, kind="order_paid")

    works: list[Callable[[], None]] = [lambda number=number: sibling(number) for number in range(50)]
    works += [page] * 6 + [mail] * 4
    random.Random(11).shuffle(works)
    for start in range(0, len(works), 12):
        results = at_once(*works[start : start + 12])
        assert not [result for result in results if isinstance(result, Exception)], results
    at_once(*[lambda: mails.send(order_id=order.pk, kind="order_paid")] * 8)
    recover()
    assert_whole(order, item)
    assert WebhookEvent.objects.count() == 3


def dying(work: Callable[[], Any]) -> int:
    """Run it in a child process; how that ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die(*_args: Any, **_options: Any) -> None:
    os._exit(DIED)


# Where the process is killed: the module and the name of what it was about to do.
STEPS = [
    (webhooks, "process"),
    (settle, "settle"),
    (orders, "mark_paid"),
    (orders.stock, "commit"),
    (orders, "tell"),
    (orders, "mail"),
    (issuing, "write"),
    (issuing.contents, "of_order"),
    (mails, "queue_mail"),
]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=lambda value: getattr(value, "__name__", value))
def test_killed_at_any_step_nothing_is_lost_and_nothing_done_twice(
    module: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = variant(stock=5)
    order = buy((item, 1))
    payment = starting.start(order=order)

    def work() -> None:
        """Web and worker in one: the call is taken, processed, and what follows from it is done."""
        setattr(module, name, die)
        if name == "settle":
            webhooks.settle = die
        event = told(payment)
        webhooks.process(event_pk=event.pk)
        mails.send(order_id=order.pk, kind="order_paid")

    assert dying(work) == DIED
    recover()
    recover()
    assert_whole(order, item)


def test_killed_before_the_call_was_stored_the_gateway_calls_again_or_is_asked() -> None:
    item = variant(stock=5)
    order = buy((item, 1))
    payment = starting.start(order=order)

    def work() -> None:
        WebhookEvent.objects.get_or_create = die  # type: ignore[method-assign]
        told(payment)

    assert dying(work) == DIED
    assert not WebhookEvent.objects.exists()
    webhooks.process(event_pk=told(payment).pk)
    recover()
    assert_whole(order, item)
    OrmQ.objects.all().delete()
    assert Payment.objects.get().status == PaymentStatus.SUCCEEDED and payment.gateway == sandbox_webhook.CODE
