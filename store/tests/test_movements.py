"""The ledger: every change of stock leaves a line, and the lines add up to the stock."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from store import movements, stock
from store.errors import SoldOut, StockBelowReserved, StoreError, UnknownSku
from store.models import MovementReason, Stock, StockMovement, Variant
from store.movements import Cause
from store.tests.factories import ProductFactory
from store.tests.shopping import buy

pytestmark = pytest.mark.django_db


def variant(sku: str = "A", pieces: int = 5) -> Variant:
    return ProductFactory(sku=sku, stock=pieces).variants.get()


def lines(sku: str = "A") -> list[tuple[Any, ...]]:
    """Reason, change on hand and reserved, both after; the oldest first."""
    fields = ("reason", "on_hand_change", "reserved_change", "on_hand", "reserved")
    return list(StockMovement.objects.filter(sku=sku).order_by("pk").values_list(*fields))


def test_every_verb_leaves_a_line_with_before_and_after() -> None:
    item = variant()
    stock.reserve(items=[(item.pk, 3)])
    stock.release(items=[(item.pk, 1)])
    stock.commit(items=[(item.pk, 2)])
    stock.put_back(items=[(item.pk, 1)])
    stock.set_on_hand(sku="A", on_hand=9)
    stock.adjust(sku="A", change=-2, reason=MovementReason.DAMAGED)
    assert lines() == [
        ("opening", 5, 0, 5, 0),
        ("reserved", 0, 3, 5, 3),
        ("released", 0, -1, 5, 2),
        ("sold", -2, -2, 3, 0),
        ("returned", 1, 0, 4, 0),
        ("counted", 5, 0, 9, 0),
        ("damaged", -2, 0, 7, 0),
    ]
    last = StockMovement.objects.latest("pk")
    assert (last.on_hand_before, last.reserved_before) == (9, 0)
    assert movements.mismatches() == []


def test_a_line_says_who_why_and_for_which_order() -> None:
    item = variant()
    order = buy((item, 1))
    stock.put_back(items=[(item.pk, 1)], reason=MovementReason.CORRECTED, actor="a@example.com", order=order, note="x")
    line = StockMovement.objects.latest("pk")
    assert (line.reason, line.actor, line.order, line.note) == ("corrected", "a@example.com", order, "x")


def test_what_is_refused_leaves_no_line() -> None:
    first, second = variant("A", 5), variant("B", 1)
    with pytest.raises(SoldOut):
        stock.reserve(items=[(first.pk, 1), (second.pk, 2)])
    stock.reserve(items=[(first.pk, 4)])
    with pytest.raises(StockBelowReserved):
        stock.set_on_hand(sku="A", on_hand=3)
    with pytest.raises(StockBelowReserved):
        stock.adjust(sku="A", change=-2, reason=MovementReason.DAMAGED)
    assert [line[0] for line in lines()] == ["opening", "reserved"]
    assert len(lines("B")) == 1
    assert movements.mismatches() == []


def test_a_count_that_confirms_the_books_leaves_no_line() -> None:
    variant()
    stock.set_on_hand(sku="A", on_hand=5)
    assert len(lines()) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [(0, "received"), (-1, "received"), (1, "damaged"), (1, "sold"), (1, ""), (2 * 10**9, "received"), (-6, "damaged")],
)
def test_nonsense_is_not_booked(change: int, reason: str) -> None:
    variant()
    with pytest.raises(StoreError):
        stock.adjust(sku="A", change=change, reason=reason)
    assert len(lines()) == 1


def test_goods_of_an_unknown_sku_are_not_received() -> None:
    with pytest.raises(UnknownSku):
        stock.adjust(sku="no-such", change=1, reason="received")


def test_many_counts_are_set_at_once_and_the_impossible_ones_named() -> None:
    first, second, third = variant("A", 5), variant("B", 1), variant("C", 2)
    stock.reserve(items=[(first.pk, 4)])
    refused = stock.set_many(
        counts={first.pk: 3, second.pk: 7, third.pk: -1}, cause=Cause(MovementReason.IMPORTED, note="list.csv")
    )
    assert sorted(refused) == [first.pk, third.pk]
    assert lines("B")[-1] == ("imported", 6, 0, 7, 0)
    assert [row.on_hand for row in Stock.objects.order_by("variant__sku")] == [5, 7, 2]


def test_an_order_of_ten_goods_needs_two_queries_more_than_its_ten_updates() -> None:
    items = [(variant(f"S-{number}").pk, 1) for number in range(10)]
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        stock.reserve(items=items)
    statements = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert statements == ["SELECT", *["UPDATE"] * 10, "INSERT"]


def test_an_order_leaves_its_movements(django_capture_on_commit_callbacks: Any) -> None:
    item = variant()
    order = buy((item, 2))
    assert [line.reason for line in order.stock_movements.all()] == ["reserved"]
    assert order.stock_movements.get().actor == ""


def test_books_that_do_not_add_up_are_found() -> None:
    item = variant()
    call_command("check_stock")
    Stock.objects.filter(variant=item).update(on_hand=4)
    found = movements.mismatches()
    assert [(row.sku, row.on_hand, row.ledger_on_hand) for row in found] == [("A", 4, 5)]
    with pytest.raises(CommandError):
        call_command("check_stock")


def test_the_history_outlives_the_product() -> None:
    variant().product.delete()
    assert StockMovement.objects.get().sku == "A"


def test_stock_from_before_the_ledger_gets_an_opening_line() -> None:
    variant("A"), variant("B", 0)
    StockMovement.objects.all().delete()
    migration = importlib.import_module("store.migrations.0004_carry_over")
    migration.open_ledger(apps, None)
    assert lines() == [("opening", 5, 0, 5, 0)]
    assert movements.mismatches() == []


@pytest.mark.parametrize("row", [{}, {"on_hand_change": 1, "on_hand": -1}, {"reserved_change": 1, "reserved": 2}])
def test_the_database_refuses_impossible_lines(row: dict[str, int]) -> None:
    fields = {"on_hand": 1, "reserved": 0} | row
    with pytest.raises(IntegrityError), transaction.atomic():
        StockMovement.objects.create(sku="A", reason="counted", **fields)
