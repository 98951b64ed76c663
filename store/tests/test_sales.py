"""The sales dashboard: right figures in the shop's time zone, for those who may see them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from store import low_stock, periods, sales
from store.models import Order, Refund, Stock
from store.payments import refunds
from store.periods import Period
from store.tests.shopping import CUSTOMER, buy, cart_with, variant
from store.tests.test_order_list import paid, staff
from store.viewsets.sales import asked

pytestmark = pytest.mark.django_db
PAGE = "/admin/store/sales/"
Commit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def shop() -> Client:
    return staff("shop@example.com", "Shop managers")


def fresh(period: Period) -> sales.Report:
    caches["local"].clear()
    return sales.report(period)


def move(order: Order, days: int) -> None:
    when = timezone.now() - timedelta(days=days)
    Order.objects.filter(pk=order.pk).update(placed_at=when, paid_at=when)


def test_revenue_counts_what_was_paid_in_the_period_beside_the_one_before() -> None:
    item = variant(stock=20)
    paid(item, 2)
    move(paid(item), 8)
    move(paid(item), 20)
    buy((item, 1))
    report = fresh(periods.last(7))
    assert (report.now.revenue, report.now.orders, report.now.average) == (Decimal(25), 1, Decimal(25))
    assert (report.before.revenue, report.before.orders) == (Decimal(15), 1)
    assert sum(day.revenue for day in report.days) == Decimal(25)
    assert len(report.days) == len(report.days_before) == 7


def test_a_refund_counts_on_the_day_it_was_given_back(commit: Commit) -> None:
    with commit():
        order = paid(variant())
    with commit():
        refunds.refund_order(order=order, actor="shop", reason="Broken")
    now = fresh(periods.last(1)).now
    assert (now.revenue, now.refunds, now.net, now.refund_count) == (Decimal(15), Decimal(15), 0, 1)
    Refund.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert fresh(periods.last(1)).now.refunds == 0


def test_days_end_at_midnight_of_the_shops_zone(settings: Any) -> None:
    order = paid(variant())
    settings.TIME_ZONE = "Asia/Tokyo"
    Order.objects.filter(pk=order.pk).update(paid_at=datetime(2026, 5, 1, 16, 0, tzinfo=UTC))
    days = {day.day: day.orders for day in fresh(Period(date(2026, 5, 1), date(2026, 5, 3))).days}
    assert days == {date(2026, 5, 1): 0, date(2026, 5, 2): 1, date(2026, 5, 3): 0}


def test_the_way_from_cart_to_paid() -> None:
    item = variant(stock=20)
    paid(item)
    buy((item, 1))
    cart_with((item, 1))
    cart_with()
    now = fresh(periods.last(1)).now
    assert (now.carts, now.placed, now.paid) == (3, 2, 1)
    assert round(now.conversion, 1) == Decimal("33.3")


def test_who_comes_back_is_told_from_who_is_new() -> None:
    item = variant(stock=20)
    move(paid(item), 40)
    paid(item)
    other = buy((item, 1), customer=replace(CUSTOMER, email="bob@example.com"))
    Order.objects.filter(pk=other.pk).update(paid_at=timezone.now(), status="paid")
    now = fresh(periods.last(7)).now
    assert (now.new_customers, now.returning_customers) == (1, 1)


def test_best_sellers_come_by_revenue() -> None:
    cheap, dear = variant("CHEAP", "1.00", stock=20), variant("DEAR", "50.00", stock=20)
    paid(cheap, 9)
    paid(dear, 1)
    found = fresh(periods.last(7)).sellers
    assert [(seller.sku, seller.quantity, seller.revenue) for seller in found] == [
        ("DEAR", 1, Decimal(50)),
        ("CHEAP", 9, Decimal(9)),
    ]


def test_low_stock_goes_by_each_threshold() -> None:
    few, special, plenty = variant("FEW", stock=2), variant("SPECIAL", stock=8), variant("PLENTY", stock=50)
    Stock.objects.filter(variant=special).update(low_at=10)
    assert [row.variant for row in low_stock.low()] == [few, special]
    assert plenty.available == 50


def test_the_page_shows_figures_chart_and_table(shop: Client) -> None:
    paid(variant())
    page = shop.get(PAGE, {"days": "7"}).content.decode()
    for expected in ("€15.00", "<svg", "As a table", "Best sellers", "100.0%"):
        assert expected in page, expected
    assert "style=" not in page.split('class="key-figures"')[1].split("two-columns")[0]


@pytest.mark.parametrize(
    "query",
    [
        "days=x",
        "days=99999999999",
        "start=2026-02-31",
        "start=0001-01-01",
        "start=9999-12-31",
        "end=9999-12-31",
        "start=\x00",
    ],
)
def test_an_odd_range_shows_one_that_can_be(shop: Client, query: str) -> None:
    assert shop.get(f"{PAGE}?{query}").status_code == 200


def test_no_range_lies_in_the_future() -> None:
    for start, end in ((date.max, None), (date.max, date.min), (date.max, date.max)):
        period = periods.between(start, end)
        assert period.days > 0 and period.end <= periods.today()


def test_long_periods_are_shown_by_week_and_by_month(shop: Client) -> None:
    paid(variant())
    today = periods.today()
    for days, most in ((90, 90), (200, 30), (800, 28)):
        start = today - timedelta(days=days - 1)
        shown = shop.get(PAGE, {"start": start.isoformat(), "end": today.isoformat()}).context["rows"]
        assert 10 < len(shown) <= most
        assert sum(row.revenue for row in shown) == Decimal(15)


def test_a_range_typed_backwards_is_turned_round() -> None:
    period, _days = asked({"start": "2026-03-10", "end": "2026-03-01"})
    assert (period.start, period.end) == (date(2026, 3, 1), date(2026, 3, 10))


def test_the_figures_are_exported(shop: Client) -> None:
    paid(variant())
    text = b"".join(shop.get(f"{PAGE}export/?days=7&kind=csv").streaming_content).decode("utf-8-sig")
    assert f"{periods.today().isoformat()},15.00,1" in text
    assert "revenue,15.00,0" in text
    assert shop.get(f"{PAGE}export/?days=7&kind=xlsx").status_code == 200


def test_who_makes_content_sees_no_revenue() -> None:
    editor = staff("editor@example.com", "Content managers")
    assert editor.get(PAGE).status_code == 302
    assert editor.get(f"{PAGE}export/").status_code == 302


def test_the_page_takes_the_same_number_of_statements_however_much_was_sold(
    shop: Client, django_assert_max_num_queries: Any
) -> None:
    item = variant(stock=90)
    for _order in range(6):
        paid(item)
    shop.get(PAGE)
    caches["local"].clear()
    with django_assert_max_num_queries(40):
        shop.get(PAGE)
