"""Stock moves only through its verbs, and never below what is there."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from store import stock
from store.errors import SoldOut, StockBelowReserved, StockMismatch, StoreError, UnknownSku
from store.models import ProductListing, Stock, Variant
from store.tests.factories import ProductFactory, VariantFactory

pytestmark = pytest.mark.django_db


def variant(sku: str = "A", pieces: int = 3) -> Variant:
    return ProductFactory(sku=sku, stock=pieces).variants.get()


def books(item: Variant) -> tuple[int, int]:
    row = Stock.objects.get(variant=item)
    return row.on_hand, row.reserved


def test_reserving_holds_pieces_without_taking_them_off_the_shelf() -> None:
    item = variant()
    stock.reserve(items=[(item.pk, 2)])
    assert books(item) == (3, 2)


def test_more_than_available_is_refused_and_names_the_sku() -> None:
    item = variant()
    stock.reserve(items=[(item.pk, 2)])
    with pytest.raises(SoldOut) as caught:
        stock.reserve(items=[(item.pk, 2)])
    assert (caught.value.sku, caught.value.available) == ("A", 1)
    assert caught.value.extra == {"sku": "A", "available": 1}
    assert books(item) == (3, 2)


def test_a_basket_is_held_whole_or_not_at_all() -> None:
    plenty, scarce = variant("A", 9), variant("B", 1)
    with pytest.raises(SoldOut):
        stock.reserve(items=[(plenty.pk, 5), (scarce.pk, 2)])
    assert books(plenty) == (9, 0)


def test_the_same_variant_named_twice_is_added_up() -> None:
    item = variant(pieces=3)
    with pytest.raises(SoldOut):
        stock.reserve(items=[(item.pk, 2), (item.pk, 2)])
    stock.reserve(items=[(item.pk, 2), (item.pk, 1)])
    assert books(item) == (3, 3)


def test_rows_are_taken_in_variant_order_whatever_the_basket_says() -> None:
    first, second = variant("A"), variant("B")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        stock.reserve(items=[(second.pk, 1), (first.pk, 1)])
    updates = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    taken = [int(re.search(r'"variant_id" = (\d+)', update).group(1)) for update in updates]  # type: ignore[union-attr]
    assert taken == [first.pk, second.pk]


def test_release_gives_back_and_commit_takes_off_the_shelf() -> None:
    item = variant(pieces=5)
    stock.reserve(items=[(item.pk, 4)])
    stock.release(items=[(item.pk, 1)])
    stock.commit(items=[(item.pk, 3)])
    assert books(item) == (2, 0)
    stock.put_back(items=[(item.pk, 1)])
    assert books(item) == (3, 0)


@pytest.mark.parametrize("verb", [stock.release, stock.commit])
def test_nothing_is_given_back_or_taken_that_was_not_reserved(verb: Any) -> None:
    item = variant(pieces=5)
    with pytest.raises(StockMismatch):
        verb(items=[(item.pk, 1)])
    assert books(item) == (5, 0)


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_quantity_below_one_is_refused(quantity: int) -> None:
    item = variant()
    with pytest.raises(StoreError):
        stock.reserve(items=[(item.pk, quantity)])


def test_a_variant_without_a_stock_row_or_without_existence_cannot_be_reserved() -> None:
    item = variant()
    Stock.objects.all().delete()
    with pytest.raises(SoldOut):
        stock.reserve(items=[(item.pk, 1)])
    with pytest.raises(UnknownSku):
        stock.reserve(items=[(987654, 1)])


def test_the_count_is_set_but_not_below_what_orders_hold() -> None:
    item = variant(pieces=5)
    stock.reserve(items=[(item.pk, 4)])
    assert stock.set_on_hand(sku="A", on_hand=4).available == 0
    with pytest.raises(StockBelowReserved) as caught:
        stock.set_on_hand(sku="A", on_hand=3)
    assert caught.value.reserved == 4
    assert books(item) == (4, 4)


@pytest.mark.parametrize("count", [-1, 10**10])
def test_an_impossible_count_is_refused(count: int) -> None:
    variant()
    with pytest.raises(StoreError):
        stock.set_on_hand(sku="A", on_hand=count)


def test_an_unknown_sku_is_named() -> None:
    with pytest.raises(UnknownSku, match="no-such"):
        stock.set_on_hand(sku="no-such", on_hand=1)


def test_a_variant_without_a_stock_row_gets_one_when_counted() -> None:
    item = variant()
    Stock.objects.all().delete()
    stock.set_on_hand(sku="A", on_hand=7)
    assert books(item) == (7, 0)


@pytest.mark.parametrize("row", [{"on_hand": -1}, {"reserved": -1}, {"on_hand": 1, "reserved": 2}])
def test_the_database_itself_refuses_impossible_books(row: dict[str, int]) -> None:
    item = variant()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.filter(variant=item).update(**row)


def test_lists_learn_of_sold_out_and_of_new_stock(django_capture_on_commit_callbacks: Any) -> None:
    item = variant(pieces=2)
    with django_capture_on_commit_callbacks(execute=True):
        stock.reserve(items=[(item.pk, 2)])
    assert not ProductListing.objects.get().in_stock
    with django_capture_on_commit_callbacks(execute=True):
        stock.release(items=[(item.pk, 1)])
    row = ProductListing.objects.get()
    assert (row.in_stock, row.stock_left) == (True, 1)


def test_a_product_is_in_stock_while_one_of_its_variants_is(django_capture_on_commit_callbacks: Any) -> None:
    item = variant(pieces=1)
    VariantFactory(product=item.product, sku="B", price=Decimal(5), stock=2)
    with django_capture_on_commit_callbacks(execute=True):
        stock.reserve(items=[(item.pk, 1)])
    row = ProductListing.objects.get()
    assert (row.in_stock, row.stock_left) == (True, 2)


def test_the_lists_row_is_not_written_while_there_is_plenty(django_capture_on_commit_callbacks: Any) -> None:
    item = variant(pieces=1000)
    with CaptureQueriesContext(connection) as queries, django_capture_on_commit_callbacks(execute=True):
        stock.reserve(items=[(item.pk, 2)])
    assert not [query for query in queries if query["sql"].startswith('UPDATE "store_productlisting"')]
