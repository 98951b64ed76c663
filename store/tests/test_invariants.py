"""Whatever people do, in whatever order: goods, money and coupons add up."""

import contextlib
import secrets
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from store import cancelling, carts, coupons, expiry, fulfilment, orders
from store.checkout import place_order
from store.errors import StoreError
from store.models import (
    Cart,
    Coupon,
    CouponUse,
    OfflineMethod,
    Order,
    OrderStatus,
    Payment,
    PaymentStatus,
    Refund,
    Stock,
    StockMovement,
    TaxRate,
)
from store.payments import refunds, sandbox_cards, sending, starting
from store.tests.shopping import CUSTOMER, parcel, variant

SKUS = ("A", "B", "C")
PRICES = ("3.33", "10.00", "0.01")
HOLDING = (OrderStatus.PLACED,)
SOLD = (OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)


class Shop(RuleBasedStateMachine):
    """One cart, three products, two coupons; refusals are part of the game, faults are not."""

    cart: Cart

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()

    def teardown(self) -> None:
        """Each sequence begins with an empty shop."""
        transaction.set_rollback(True)
        self.sandbox.__exit__(None, None, None)

    @initialize(rate=st.sampled_from(["0", "12", "21"]), included=st.booleans())
    def open(self, rate: str, included: bool) -> None:
        parcel()
        TaxRate.objects.create(country="LV", rate=Decimal(rate), included=included, is_home=True)
        for sku, price in zip(SKUS, PRICES, strict=True):
            variant(sku, price, stock=4)
        OfflineMethod.objects.create(code="cash", kind="delivery", name_en="Cash")
        Coupon.objects.create(code="THIRD", value=Decimal("33.33"), max_uses=2)
        Coupon.objects.create(code="FIVE", kind="amount", value=Decimal(5), max_uses_each=2)
        self.cart = carts.get_or_create()

    def pick(self, position: int) -> Order | None:
        found = list(Order.objects.order_by("pk"))
        return found[position % len(found)] if found else None

    @rule(sku=st.sampled_from(SKUS), quantity=st.integers(0, 6))
    def put(self, sku: str, quantity: int) -> None:
        with contextlib.suppress(StoreError):
            carts.add(cart=self.cart, sku=sku, quantity=quantity)

    @rule(sku=st.sampled_from(SKUS), quantity=st.integers(0, 6))
    def change(self, sku: str, quantity: int) -> None:
        with contextlib.suppress(StoreError):
            carts.set_quantity(cart=self.cart, sku=sku, quantity=quantity)

    @rule(code=st.sampled_from(["third", "FIVE", "none"]))
    def coupon(self, code: str) -> None:
        with contextlib.suppress(StoreError):
            coupons.put_in(cart=self.cart, code=code)

    @rule(sku=st.sampled_from(SKUS), payment=st.sampled_from(["test", "cash"]))
    def place(self, sku: str, payment: str) -> None:
        with contextlib.suppress(StoreError):
            carts.add(cart=self.cart, sku=sku)
            place_order(
                cart=Cart.objects.get(pk=self.cart.pk),
                customer=CUSTOMER,
                shipping_method="post",
                payment=payment,
                token=secrets.token_hex(8),
            )
        self.cart.refresh_from_db()

    @rule(position=st.integers(0, 9), card=st.sampled_from([sandbox_cards.PAYS, sandbox_cards.DECLINED]))
    def pay(self, position: int, card: str) -> None:
        if order := self.pick(position):
            with contextlib.suppress(StoreError):
                sandbox_cards.pay(payment=starting.start(order=order, gateway="test"), card=card)

    @rule(position=st.integers(0, 9), to=st.sampled_from(["packed", "shipped", "delivered"]))
    def send(self, position: int, to: str) -> None:
        if order := self.pick(position):
            with contextlib.suppress(StoreError):
                fulfilment.advance(order=order, to=to, actor="shop@example.com")

    @rule(position=st.integers(0, 9))
    def take_the_money(self, position: int) -> None:
        if order := self.pick(position):
            with contextlib.suppress(StoreError):
                starting.paid_by_hand(order=order, actor="shop@example.com")

    @rule(position=st.integers(0, 9))
    def refuse(self, position: int) -> None:
        """At the door, or called off by the shop before that."""
        if order := self.pick(position):
            with contextlib.suppress(StoreError):
                cancelling.call_off(order=order, actor="shop@example.com")
            for row in Refund.objects.filter(payment__order=order):
                sending.send(refund_id=row.pk)

    @rule(position=st.integers(0, 9))
    def cancel(self, position: int) -> None:
        if order := self.pick(position):
            with contextlib.suppress(StoreError):
                orders.cancel(order=order)

    @rule(position=st.integers(0, 9))
    def expire(self, position: int) -> None:
        if (order := self.pick(position)) and order.status == OrderStatus.PLACED:
            Order.objects.filter(pk=order.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
            order.refresh_from_db()
            expiry.expire_unpaid()
            order.refresh_from_db()
            assert order.status == (OrderStatus.PLACED if order.goods_first else OrderStatus.EXPIRED)

    @rule(position=st.integers(0, 9))
    def refund(self, position: int) -> None:
        if order := self.pick(position):
            with contextlib.suppress(StoreError):
                for row in refunds.refund_order(order=order, actor="shop@example.com", reason="Sent back"):
                    sending.send(refund_id=row.pk)

    @invariant()
    def goods_add_up(self) -> None:
        for stock in Stock.objects.all():
            lines = [line for order in Order.objects.all() for line in order.lines.all() if line.variant_id == stock.pk]
            held = sum(line.quantity for line in lines if line.order.status in HOLDING)
            gone = sum(line.quantity for line in lines if line.order.status in SOLD)
            # What was sold, paid back, and has not come back.
            gone += sum(line.quantity - line.restocked for line in lines if line.order.status == OrderStatus.REFUNDED)
            assert (stock.reserved, stock.on_hand) == (held, 4 - gone)
            moved = StockMovement.objects.filter(variant=stock.pk).aggregate(
                on_hand=Sum("on_hand_change"), reserved=Sum("reserved_change")
            )
            assert (moved["reserved"] or 0) == stock.reserved
            assert (moved["on_hand"] or 0) in (stock.on_hand, stock.on_hand - 4)

    @invariant()
    def totals_add_up(self) -> None:
        for order in Order.objects.all():
            lines = list(order.lines.all())
            assert order.subtotal == sum(line.total for line in lines)
            assert order.discount == sum(line.discount for line in lines)
            assert order.tax == sum(line.tax for line in lines) + order.shipping_tax
            assert order.tax == sum(part.tax for part in order.tax_parts)
            added = Decimal(0) if order.tax_included else order.tax
            assert order.total == order.subtotal - order.discount + order.shipping + added

    @invariant()
    def money_adds_up(self) -> None:
        came = total(Payment.objects.filter(status__in=[PaymentStatus.SUCCEEDED, PaymentStatus.REFUNDED]), "received")
        back = total(Refund.objects.filter(status=Refund.Status.SUCCEEDED), "amount")
        kept = total(Order.objects.filter(status__in=SOLD, paid_at__isnull=False), "total")
        free = total(Order.objects.filter(status__in=SOLD, paid_at__isnull=False, payments=None), "total")
        assert came == back + kept - free

    @invariant()
    def coupons_add_up(self) -> None:
        for item in Coupon.objects.all():
            uses = CouponUse.objects.filter(coupon=item, released_at=None)
            assert item.used == uses.count()
            live = Order.objects.filter(coupon_code=item.code, status__in=(*HOLDING, *SOLD))
            assert set(live.values_list("pk", flat=True)) <= set(uses.values_list("order", flat=True))
            assert not uses.filter(order__status__in=(OrderStatus.CANCELLED, OrderStatus.EXPIRED)).exists()
            assert item.max_uses is None or item.used <= item.max_uses
            assert item.max_uses_each is None or item.used <= item.max_uses_each


def total(rows: Any, name: str) -> Decimal:
    return rows.aggregate(sum=Sum(name))["sum"] or Decimal(0)


@pytest.mark.django_db
def test_goods_money_and_coupons_add_up_whatever_is_done() -> None:
    run_state_machine_as_test(
        Shop,
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
