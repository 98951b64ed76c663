"""Many at the same moment: nothing is sold, settled or expired twice. (The same through the server: tests/.)"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from store import carts, expiry, orders
from store.checkout import place_order
from store.errors import EmptyCart, SoldOut, StoreError
from store.models import Order, OrderStatus, Payment, PaymentStatus, Refund
from store.payments import starting
from store.payments.base import Outcome
from store.payments.settle import settle
from store.tests.shopping import CUSTOMER, books, buy, cart_with, parcel, variant

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="threads share SQLite's in-memory database"),
]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run them all at the same moment; what each returned, or the StoreError it raised."""
    start, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        start.wait(30)
        try:
            results[number] = work()
        except Exception as error:
            results[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def placing(cart: Any, token: str) -> Callable[[], Order]:
    return lambda: place_order(
        cart=cart, customer=CUSTOMER, shipping_method="post", payment="test", token=token, language="en"
    )


def paid(payment: Payment) -> Outcome:
    return Outcome(PaymentStatus.SUCCEEDED, int(payment.amount * 100), payment.currency, f"ch_{payment.pk}")


def test_eight_buyers_of_the_last_piece_make_one_order() -> None:
    parcel()
    item = variant(stock=1)
    carts_of_all = [cart_with((item, 1)) for _buyer in range(8)]
    results = at_once(*[placing(cart, f"t{number}") for number, cart in enumerate(carts_of_all)])
    assert sum(isinstance(result, Order) for result in results) == 1
    assert sum(isinstance(result, SoldOut) for result in results) == 7, results
    assert books(item) == (1, 1)


def test_eight_clicks_with_one_token_make_one_order() -> None:
    parcel()
    item = variant(stock=8)
    cart = cart_with((item, 1))
    results = at_once(*[placing(cart, "one") for _click in range(8)])
    assert {result.pk for result in results} == {Order.objects.get().pk}, results
    assert books(item) == (8, 1)


def test_two_tabs_with_their_own_tokens_order_one_cart_once() -> None:
    parcel()
    item = variant(stock=8)
    cart = cart_with((item, 1))
    results = at_once(*[placing(cart, f"tab{number}") for number in range(4)])
    assert sum(isinstance(result, Order) for result in results) == 1
    assert sum(isinstance(result, EmptyCart) for result in results) == 3, results
    assert books(item) == (8, 1)


def test_crossed_carts_do_not_wait_for_each_other() -> None:
    parcel()
    one, two = variant("A", stock=50), variant("B", stock=50)
    all_carts = [cart_with((one, 1), (two, 1)) if number % 2 else cart_with((two, 1), (one, 1)) for number in range(8)]
    results = at_once(*[placing(cart, f"t{number}") for number, cart in enumerate(all_carts)])
    assert all(isinstance(result, Order) for result in results), results
    assert (books(one), books(two)) == ((50, 8), (50, 8))


def test_webhook_return_page_and_reconciling_settle_once() -> None:
    item = variant(stock=5)
    order = buy((item, 2))
    payment = starting.start(order=order)
    at_once(*[lambda: settle(payment_id=payment.pk, outcome=paid(payment)) for _report in range(8)])
    order.refresh_from_db()
    assert (order.status, books(item)) == (OrderStatus.PAID, (3, 0))
    assert order.events.filter(to_status=OrderStatus.PAID).count() == 1
    assert not Refund.objects.exists()


def test_paying_expiring_and_cancelling_at_once_end_in_one_truth() -> None:
    for number in range(5):
        item = variant(f"V{number}", stock=5)
        order = buy((item, 1))
        payment = starting.start(order=order)
        Order.objects.filter(pk=order.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        order.refresh_from_db()
        results = at_once(
            lambda: settle(payment_id=payment.pk, outcome=paid(payment)),  # noqa: B023
            lambda: expiry.expire(order=order),  # noqa: B023
            lambda: orders.cancel(order=order),  # noqa: B023
        )
        faults = [result for result in results if isinstance(result, Exception)]
        assert all(isinstance(fault, StoreError) for fault in faults), faults
        order.refresh_from_db()
        if order.status == OrderStatus.PAID:
            assert books(item) == (4, 0)
        else:
            assert order.status in (OrderStatus.CANCELLED, OrderStatus.EXPIRED)
            assert books(item) == (5, 0)
            assert Refund.objects.filter(payment=payment).exists()


def test_starting_at_once_is_one_payment() -> None:
    order = buy((variant(), 1))
    results = at_once(*[lambda: starting.start(order=order) for _click in range(6)])
    assert {result.pk for result in results} == {Payment.objects.get().pk}, results


def test_adding_at_once_makes_one_line() -> None:
    variant(stock=50)
    cart = carts.get_or_create()
    at_once(*[lambda: carts.add(cart=cart, sku="A") for _click in range(6)])
    assert cart.lines.count() == 1
