"""What is bought together and next: counted once, taken out again, shown only when it can be bought."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from store import copurchases, listing, orders, recommendations, stock
from store.models import (
    CountedBasket,
    Order,
    OrderStatus,
    PairKind,
    Payment,
    Product,
    ProductPair,
    Refund,
    RefundLine,
    Variant,
)
from store.tests.factories import CategoryFactory, ProductFactory
from store.tests.shopping import CUSTOMER, buy, variant

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]


def paid(*items: Variant, email: str = "ann@example.com", days_ago: float = 0) -> Order:
    """An order of these, paid so long ago; counting is the test's own step."""
    order = buy(*((item, 1) for item in items), customer=CUSTOMER.__class__(**{**CUSTOMER.as_dict(), "email": email}))
    at = timezone.now() - timedelta(days=days_ago)
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.PAID, paid_at=at)
    copurchases.recount(order_id=order.pk)
    order.refresh_from_db()
    return order


def shelf(count: int, stock: int = 50) -> list[Variant]:
    category = CategoryFactory()
    return [ProductFactory(sku=f"S{n}", stock=stock, category=category).variants.get() for n in range(count)]


def together(*items: Variant, count: int = 4) -> list[int]:
    found = recommendations.together(product_ids=[item.product_id for item in items], count=count)
    return found.product_ids[: found.counted]


def pairs() -> dict[tuple[str, int, int], int]:
    return {(row.kind, row.product_id, row.other_id): row.count for row in ProductPair.objects.all()}


def test_what_was_bought_together_is_recommended_both_ways() -> None:
    a, b, c = shelf(3)
    paid(a, b)
    assert together(a) == [b.product_id]
    assert together(b) == [a.product_id]
    assert together(c) == []


def test_an_order_counts_once_however_often_its_task_runs() -> None:
    a, b, _c = shelf(3)
    order = paid(a, b)
    before = pairs()
    assert copurchases.recount(order_id=order.pk) is False
    assert pairs() == before
    assert before[PairKind.TOGETHER, a.product_id, b.product_id] == 1


def test_the_worker_counts_a_paid_order(commit: Commit) -> None:
    a, b = variant("A"), variant("B")
    with commit():
        order = buy((a, 1), (b, 1))
    with commit():
        orders.mark_paid(order=orders.locked(order.pk))
    assert together(a) == [b.product_id]


def test_a_refunded_order_leaves_nothing_behind(commit: Commit) -> None:
    a, b, c = shelf(3)
    paid(a, b, email="other@example.com")
    before = pairs()
    order = paid(a, b, c)
    with commit():
        orders.mark_refunded(order=orders.locked(order.pk))
    assert pairs() == before
    assert not CountedBasket.objects.filter(order=order).exists()


def test_an_unpaid_order_is_not_counted() -> None:
    a, b = shelf(2)
    order = buy((a, 1), (b, 1))
    assert copurchases.recount(order_id=order.pk) is False
    assert not ProductPair.objects.exists()


def test_a_new_order_outweighs_an_old_one() -> None:
    a, b, c = shelf(3)
    paid(a, b, email="x@example.com", days_ago=130)
    paid(a, b, email="y@example.com", days_ago=130)
    paid(a, c, email="z@example.com")
    assert together(a) == [c.product_id, b.product_id]


def test_a_pair_weighs_more_than_a_long_list() -> None:
    a, b, c, *rest = shelf(12)
    paid(a, b, *rest, email="x@example.com")
    paid(a, c, email="y@example.com")
    assert together(a)[0] == c.product_id


def test_a_popular_product_does_not_drown_the_cart() -> None:
    """Of two neighbours with the same share, one of a best seller's and one of a rare product's, both are shown."""
    best_seller, rare, with_best, with_rare = shelf(4)
    for number in range(6):
        paid(best_seller, with_best, email=f"b{number}@example.com")
    paid(rare, with_rare, email="r@example.com")
    assert set(together(best_seller, rare)) == {with_best.product_id, with_rare.product_id}
    assert together(best_seller, rare)[0] == with_rare.product_id


def test_only_what_can_be_bought_is_shown() -> None:
    a, sold_out, withdrawn, b = shelf(4)
    paid(a, sold_out, withdrawn, b)
    stock.set_on_hand(sku=sold_out.sku, on_hand=1)
    Product.objects.filter(pk=withdrawn.product_id).update(active=False)
    listing.refresh(product_ids=[withdrawn.product_id, sold_out.product_id])
    assert together(a) == [b.product_id]
    shown = recommendations.together(product_ids=[a.product_id]).product_ids
    assert sold_out.product_id not in shown and withdrawn.product_id not in shown


def test_a_cold_product_gets_its_categorys_best_sellers() -> None:
    a, b, c = shelf(3)
    stranger = ProductFactory(popularity=99)
    Product.objects.filter(pk=c.product_id).update(popularity=7)
    listing.refresh(product_ids=[c.product_id])
    found = recommendations.together(product_ids=[a.product_id], count=3)
    assert found.counted == 0
    assert found.product_ids == [c.product_id, b.product_id, stranger.pk]


def test_what_the_same_customer_bought_later_is_bought_next() -> None:
    a, b, c = shelf(3)
    paid(a, days_ago=20)
    paid(b, days_ago=10)
    paid(c, email="stranger@example.com", days_ago=5)
    found = recommendations.bought_next(product_ids=[a.product_id])
    assert found.product_ids[: found.counted] == [b.product_id]
    # Not the other way round.
    assert recommendations.bought_next(product_ids=[b.product_id]).counted == 0


def test_taking_out_the_first_order_takes_out_what_followed_it(commit: Commit) -> None:
    a, b, _c = shelf(3)
    first = paid(a, days_ago=20)
    paid(b, days_ago=10)
    with commit():
        orders.mark_refunded(order=orders.locked(first.pk))
    assert pairs() == {(PairKind.TOGETHER, b.product_id, b.product_id): 1}


def test_counting_anew_gives_what_counting_one_by_one_gave() -> None:
    a, b, c = shelf(3)
    paid(a, b, days_ago=30)
    paid(b, c, days_ago=20)
    paid(a, c, email="other@example.com", days_ago=3)
    before = {(row.kind, row.product_id, row.other_id): row.score for row in ProductPair.objects.all()}
    call_command("rebuild_recommendations")
    after = {(row.kind, row.product_id, row.other_id): row.score for row in ProductPair.objects.all()}
    assert after == pytest.approx(before)
    assert CountedBasket.objects.count() == 3
    # And what was rebuilt can be taken out again.
    for basket in list(CountedBasket.objects.all()):
        Order.objects.filter(pk=basket.pk).update(status=OrderStatus.REFUNDED)
        copurchases.recount(order_id=basket.pk)
    assert not ProductPair.objects.exists()


def test_a_forgotten_order_is_counted_by_the_schedule() -> None:
    a, b = shelf(2)
    order = buy((a, 1), (b, 1))
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.PAID, paid_at=timezone.now())
    assert copurchases.recount_forgotten() == 1
    assert copurchases.recount_forgotten() == 0
    assert together(a) == [b.product_id]


def test_what_has_faded_away_is_dropped() -> None:
    a, b, c = shelf(3)
    paid(a, b, days_ago=900, email="old@example.com")
    paid(a, c)
    copurchases.forget_faded()
    assert together(a) == [c.product_id]
    assert not ProductPair.objects.filter(other=b.product_id).exists()


def test_a_wholesale_order_writes_no_ten_thousand_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    items = shelf(3)
    order = buy(*((item, 1) for item in items))
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.PAID, paid_at=timezone.now())
    monkeypatch.setattr(copurchases, "MOST_PRODUCTS", 2)
    assert copurchases.recount(order_id=order.pk) is False
    assert not ProductPair.objects.exists()


def test_the_row_on_the_product_page_shows_what_was_bought_with_it(client: Client) -> None:
    a, b, c = shelf(3)
    paid(a, b, c)
    page = client.get(a.product.get_absolute_url())
    url = f"{a.product.get_absolute_url()}together/"
    assert url in page.content.decode()
    row = client.get(url)
    assert b.product.name in row.content.decode() and c.product.name in row.content.decode()
    assert a.product.name not in row.content.decode()


def test_the_row_is_empty_when_orders_say_nothing(client: Client) -> None:
    a, _b = shelf(2)
    assert client.get(f"{a.product.get_absolute_url()}together/").content.strip() == b""


def test_the_row_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    a, *others = shelf(6)
    paid(a, *others)
    client.get(f"{a.product.get_absolute_url()}together/")
    caches["local"].delete_many(["page:"])
    with django_assert_max_num_queries(5):
        client.get(f"{a.product.get_absolute_url()}together/?x=1")


def test_the_cart_and_the_order_have_their_rows(client: Client) -> None:
    a, b, c = shelf(3)
    paid(a, b, days_ago=9)
    paid(c, days_ago=1)
    client.post("/cart/add/", {"sku": a.sku})
    assert b.product.name in client.get("/cart/goes-with/").content.decode()
    order = paid(a, email="eve@example.com")
    row = client.get(f"/orders/{order.number}/next/?token={order.token}").content.decode()
    assert c.product.name in row
    assert client.get(f"/orders/{order.number}/next/").status_code == 404


def test_the_api_says_what_goes_together_and_what_comes_next(client: Client) -> None:
    a, b, c = shelf(3)
    paid(a, b, days_ago=9)
    paid(c, days_ago=1)
    url = f"/api/v1/products/{a.product.slug}/recommendations"
    answer = client.get(f"{url}?count=2").json()
    assert [item["sku"] for item in answer["items"]] == [b.sku, c.sku]
    assert answer["counted"] == 1
    assert client.get(f"{url}?kind=next").json()["items"][0]["sku"] == c.sku
    assert client.get(f"{url}?kind=never").status_code == 422
    assert client.get("/api/v1/products/nothing/recommendations").status_code == 404


def test_a_product_given_back_is_taken_out_of_its_order() -> None:
    a, b, c = shelf(3)
    order = paid(a, b, c)
    line = order.lines.get(variant=b)
    payment = Payment.objects.create(order=order, gateway="test", attempt=9, amount=10, currency="EUR")
    refund = Refund.objects.create(payment=payment, amount=10, currency="EUR", reason="-", status="succeeded")
    RefundLine.objects.create(refund=refund, order_line=line, quantity=1, amount=10)
    assert copurchases.recount_forgotten() == 1
    assert together(a) == [c.product_id]
    assert not ProductPair.objects.filter(product=b.product_id).exists()
