"""Bulk edit: worked out, shown, confirmed, and done exactly as it was shown."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import UserFactory
from jobs import work as works
from jobs.models import Work
from store import bulk_job, bulk_products, movements, stock
from store.bulk_prices import PriceRule
from store.bulk_products import Edit
from store.errors import StoreError
from store.models import Product, ProductListing, Stock, StockMovement, Variant
from store.tests.factories import BrandFactory, ProductFactory, VariantFactory
from store.tests.test_import_jobs import done

pytestmark = pytest.mark.django_db

URL = "/admin/store/bulk-edit/"


def client_of(*groups: str) -> Client:
    client = Client()
    client.force_login(UserFactory(groups=groups))
    return client


@pytest.fixture
def keeper() -> Client:
    return client_of("Shop managers")


def prices() -> dict[str, Decimal]:
    return dict(Variant.objects.values_list("sku", "price"))


def digest(page: Any) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page.content.decode())
    assert found is not None
    return found.group(1)


def confirm(client: Client, **data: str) -> Work:
    page = client.post(URL, data)
    assert page.status_code == 200
    answer = client.post(URL, {**data, "digest": digest(page)})
    assert answer.status_code == 302
    return done(Work.objects.latest("pk"))


@pytest.mark.parametrize(
    ("rule", "price", "expected"),
    [
        (PriceRule("set", Decimal(5)), "9", "5.00"),
        (PriceRule("amount", Decimal("-1.50")), "9", "7.50"),
        (PriceRule("percent", Decimal(10)), "9.99", "10.99"),
        (PriceRule("percent", Decimal("-33.33")), "100", "66.67"),
        (PriceRule("percent", Decimal(10), "0.99"), "20", "21.99"),
        (PriceRule("percent", Decimal(0), "0.99"), "20.30", "19.99"),
        (PriceRule("percent", Decimal(0), "0.95"), "20.60", "20.95"),
        (PriceRule("percent", Decimal(0), "0.90"), "0.10", "0.90"),
        (PriceRule("amount", Decimal(0), "0.00"), "20.50", "21.00"),
        (PriceRule(), "9.13", "9.13"),
    ],
)
def test_prices_are_worked_out_to_the_cent(rule: PriceRule, price: str, expected: str) -> None:
    assert rule.apply(Decimal(price)) == Decimal(expected)


@pytest.mark.parametrize("rule", [PriceRule("amount", Decimal(-10)), PriceRule("set", Decimal(10) ** 11)])
def test_impossible_prices_are_refused(rule: PriceRule) -> None:
    with pytest.raises(StoreError):
        rule.apply(Decimal(9))


def test_a_plan_says_before_and_after_and_what_cannot_be() -> None:
    ProductFactory(sku="A", price=Decimal(10), stock=5)
    held = ProductFactory(sku="B", price=Decimal(10), stock=5).variants.get()
    stock.reserve(items=[(held.pk, 4)])
    edit = Edit(price=PriceRule("percent", Decimal(-20)), keep_old_price=True, stock_mode="add", stock_value=-3)
    variants, unknown = bulk_products.variants_of_skus(["A", "B", "nope", "A"])
    plan = bulk_products.work_out(variants=variants, edit=edit, unknown=unknown)
    assert [(change.sku, change.values) for change in plan.changes] == [
        ("A", {"price": (10, 8), "compare_at_price": (None, 10), "on_hand": (5, 2)})
    ]
    assert [change.sku for change in plan.errors] == ["nope", "B"]


def test_a_pasted_list_is_shown_and_then_changed(keeper: Client) -> None:
    for sku in "ABC":
        ProductFactory(sku=sku, price=Decimal(10))
    data = {"skus": "A\n B ;nope", "price_mode": "percent", "price_value": "-10", "rounding": "0.99", "note": "Sale"}
    page = keeper.post(URL, data).content.decode()
    assert "Nothing has this SKU." in page and "<del>" in page and not Work.objects.exists()
    assert set(prices().values()) == {Decimal(10)}
    work = confirm(keeper, **data)
    assert (work.state, work.counts) == ("done", {"changed": 2})
    assert prices() == {"A": Decimal("8.99"), "B": Decimal("8.99"), "C": Decimal(10)}
    assert set(ProductListing.objects.values_list("price", flat=True)) == {Decimal("8.99"), Decimal(10)}


def test_what_the_product_list_shows_is_changed_and_nothing_else(keeper: Client) -> None:
    brand = BrandFactory(name="Acme")
    ProductFactory(sku="A", brand=brand)
    VariantFactory(product=Product.objects.get(), sku="A2")
    ProductFactory(sku="B")
    query = f"brand={brand.pk}"
    listed = keeper.get(reverse("store_products:index") + f"?{query}").content.decode()
    assert f"{URL}?{query}" in listed.replace("&amp;", "&")
    assert "2 variants" in keeper.get(f"{URL}?{query}").content.decode()
    work = confirm(keeper, query=query, visibility="hide", stock_mode="set", stock_value="7")
    assert work.counts == {"changed": 2}
    assert dict(Product.objects.values_list("brand__name", "active"))["Acme"] is False
    assert sorted(Stock.objects.values_list("on_hand", flat=True)) == [7, 7, 10]
    assert ProductListing.objects.count() == 1
    line = StockMovement.objects.filter(sku="A").latest("pk")
    assert (line.reason, line.on_hand_change) == ("corrected", -3) and line.actor
    assert movements.mismatches() == []


def test_what_changed_since_the_preview_is_shown_again(keeper: Client) -> None:
    ProductFactory(sku="A", price=Decimal(10))
    data = {"skus": "A", "price_mode": "percent", "price_value": "10"}
    seen = digest(keeper.post(URL, data))
    Variant.objects.update(price=20)
    page = keeper.post(URL, {**data, "digest": seen})
    assert page.status_code == 200 and b"Something has changed" in page.content
    assert not Work.objects.exists()


def test_a_price_that_changes_while_the_job_waits_is_left_alone_and_named() -> None:
    ProductFactory(sku="A", price=Decimal(10))
    edit = Edit(price=PriceRule("percent", Decimal(10)))
    work = bulk_job.start(plan=bulk_products.work_out(variants=Variant.objects.all(), edit=edit), edit=edit, owner=None)
    Variant.objects.update(price=20)
    done(work)
    assert (prices(), work.refusals.get().key) == ({"A": Decimal(20)}, "A")


def test_a_killed_job_takes_no_percentage_twice(monkeypatch: Any) -> None:
    monkeypatch.setattr(bulk_job, "BATCH", 2)
    monkeypatch.setattr(works, "SLICE_SECONDS", 0)
    for number in range(5):
        ProductFactory(sku=f"S{number}", price=Decimal(100), stock=5)
    edit = Edit(price=PriceRule("percent", Decimal(10)), stock_mode="add", stock_value=1)
    work = bulk_job.start(plan=bulk_products.work_out(variants=Variant.objects.all(), edit=edit), edit=edit, owner=None)
    works.run(work_id=work.pk)
    Work.objects.filter(pk=work.pk).update(claim="dead", leased_until="2020-01-01T00:00Z")
    done(work)
    assert (set(prices().values()), work.counts) == ({Decimal("110.00")}, {"changed": 5})
    assert set(Stock.objects.values_list("on_hand", flat=True)) == {6}


def test_sales_in_between_are_kept_when_pieces_are_added() -> None:
    item = ProductFactory(sku="A", stock=5).variants.get()
    edit = Edit(stock_mode="add", stock_value=10)
    work = bulk_job.start(plan=bulk_products.work_out(variants=Variant.objects.all(), edit=edit), edit=edit, owner=None)
    stock.reserve(items=[(item.pk, 2)])
    stock.commit(items=[(item.pk, 2)])
    done(work)
    assert Stock.objects.get().on_hand == 13


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"price_mode": "set"},
        {"price_mode": "set", "price_value": "NaN"},
        {"price_mode": "set", "price_value": "1e99"},
        {"price_mode": "nonsense", "price_value": "1"},
        {"stock_mode": "set", "stock_value": "9" * 20},
        {"stock_mode": "set"},
    ],
)
def test_nonsense_is_refused_on_the_form(keeper: Client, data: dict[str, str]) -> None:
    ProductFactory(sku="A")
    page = keeper.post(URL, {"skus": "A\x00", **data})
    assert page.status_code == 200 and "digest" not in page.content.decode()


def test_content_managers_change_prices_but_no_stock_and_others_nothing() -> None:
    ProductFactory(sku="A", stock=5)
    editor = client_of("Content managers")
    page = editor.post(URL, {"skus": "A", "stock_mode": "set", "stock_value": "1"})
    assert b"Only shop managers" in page.content
    for client in (Client(), client_of("Campaign owners")):
        assert client.get(URL).status_code == 302
        client.post(URL, {"skus": "A", "visibility": "hide"})
    assert not Work.objects.exists()


def test_a_preview_of_many_costs_the_same(keeper: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        ProductFactory(sku=f"S{number}")
    with django_assert_max_num_queries(30):
        keeper.post(URL, {"price_mode": "percent", "price_value": "10"})
