"""The staff's list of orders: what finds them, what narrows them, what is done with many."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from accounts.models import User
from company.money import format_money
from store import order_search
from store.models import OfflineMethod, Order, OrderLine, OrderStatus, Payment
from store.payments import refunds, sandbox_cards, starting
from store.tests.shopping import CUSTOMER, buy, variant
from store.viewsets.order_bulk import PackAction

pytestmark = pytest.mark.django_db
LIST = "/admin/store/orders/"


def staff(email: str, role: str) -> Client:
    user = User.objects.create_user(email, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def shop() -> Client:
    return staff("shop@example.com", "Shop managers")


def paid(item: Any, count: int = 1) -> Order:
    order = buy((item, count))
    sandbox_cards.pay(payment=starting.start(order=order), card="4242424242424242")
    order.refresh_from_db()
    return order


def numbers(client: Client, **query: str) -> set[str]:
    return {order.number for order in client.get(LIST, query).context["object_list"]}


@pytest.mark.parametrize("words", ["an", "Ann L", "lee", "ann@example", "example.com", "+371 2000", "020000000", "A-1"])
def test_an_order_is_found_by_what_its_customer_can_say(words: str) -> None:
    order = buy((variant("A-1"), 1))
    assert list(order_search.search(Order.objects.all(), words)) == [order]


def test_an_order_is_found_by_its_number_in_any_case_and_once_although_two_lines_match() -> None:
    order = buy((variant("A-1"), 1), (variant("A-2"), 1))
    assert list(order_search.search(Order.objects.all(), order.number.lower()[:7])) == [order]
    assert list(order_search.search(Order.objects.all(), "a-")) == [order]


def test_of_a_great_many_matches_the_newest_are_listed_and_all_can_be_chosen(
    shop: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_search, "LISTED", 2)
    item = variant("A-1", stock=9)
    first, *newer = [buy((item, 1)) for _order in range(3)]
    for words in ("lee", "A-1"):
        answer = shop.get(LIST, {"q": words})
        assert {order.number for order in answer.context["object_list"]} == {order.number for order in newer}
        assert "More than 2 orders match" in answer.content.decode()
        assert len(table(export(shop, "orders", "csv", query=f"q={words}"))) == 3
    Order.objects.filter(pk=first.pk).update(country="DE")
    answer = shop.get(LIST, {"q": "lee", "country": "DE"})
    assert [order.number for order in answer.context["object_list"]] == [first.number]
    assert "More than" not in answer.content.decode()


def test_searching_costs_the_same_statements_for_any_number_of_orders(
    shop: Client, django_assert_max_num_queries: Any
) -> None:
    item = variant(stock=50)
    for count in (1, 11):
        for _order in range(count):
            buy((item, 1))
        shop.get(f"{LIST}results/", {"q": "lee"})
        with django_assert_max_num_queries(14):
            shop.get(f"{LIST}results/", {"q": "lee"})


@pytest.mark.parametrize("words", ["\x00", "%", "_", "'; drop", "x" * 5000, "😀", "12345678901234567890"])
def test_nonsense_finds_nothing_or_everything_but_breaks_nothing(shop: Client, words: str) -> None:
    buy((variant(), 1))
    assert shop.get(LIST, {"q": words}).status_code == 200


def test_the_list_is_narrowed_by_payment_delivery_country_and_refund(shop: Client) -> None:
    item = variant(stock=9)
    one, other = paid(item), buy((item, 1), payment="offline")
    assert numbers(shop, paid="yes") == {one.number}
    assert numbers(shop, paid="no") == {other.number}
    assert numbers(shop, gateway="offline") == {other.number}
    assert numbers(shop, country="LV", shipping_code="post") == {one.number, other.number}
    assert numbers(shop, country="DE") == set()
    assert numbers(shop, refund="yes") == set()
    refunds.refund_order(order=one, actor="shop", reason="Broken")
    assert numbers(shop, refund="yes") == {one.number}
    assert numbers(shop, refund="no") == {other.number}


def test_what_waits_too_long_or_is_disputed_needs_attention(shop: Client) -> None:
    item = variant(stock=9)
    fresh, late, disputed = paid(item), paid(item), paid(item)
    Order.objects.filter(pk=late.pk).update(paid_at=timezone.now() - order_search.TOO_LONG_AT_HOME)
    Payment.objects.filter(order=disputed).update(disputed=True)
    assert numbers(shop, attention="yes") == {late.number, disputed.number}
    assert fresh.number in numbers(shop)


def test_the_status_stands_there_as_word_and_colour(shop: Client) -> None:
    paid(variant())
    assert "order-status--paid" in shop.get(LIST).content.decode()


def test_a_step_for_the_ticked_ones_is_asked_about_and_then_done(shop: Client) -> None:
    item = variant(stock=9)
    ticked, left = paid(item), paid(item)
    asked = shop.post(f"{LIST}bulk/pack/", {"select": [str(ticked.pk)]})
    assert ticked.number in asked.content.decode()
    assert left.number not in asked.content.decode()
    ticked.refresh_from_db()
    assert ticked.status == OrderStatus.PAID
    assert shop.post(f"{LIST}bulk/pack/", {"select": [str(ticked.pk)], "confirmed": "1"}).status_code == 302
    assert set(Order.objects.values_list("number", "status")) == {(ticked.number, "packed"), (left.number, "paid")}
    assert ticked.events.get(to_status="packed").actor == "shop@example.com"


def test_money_that_came_is_noted_for_many_at_once(shop: Client) -> None:
    item = variant(stock=9)
    owed, has = buy((item, 1)), paid(item)
    form = {"select": [owed.pk, has.pk], "confirmed": "1"}
    assert f"{has.number}</a>: This order cannot be paid" in shop.post(f"{LIST}bulk/paid/", form).content.decode()
    owed.refresh_from_db()
    assert (owed.status, owed.payments.get().received) == (OrderStatus.PAID, owed.total)


def test_what_could_not_is_named_with_its_reason_and_does_not_stop_the_others(shop: Client) -> None:
    item = variant(stock=9)
    good, bad = paid(item), buy((item, 1))
    answer = shop.post(f"{LIST}bulk/ship/", {"select": [good.pk, bad.pk], "confirmed": "1"})
    text = answer.content.decode()
    assert "1 could not" in text
    assert bad.number in text
    assert "Awaiting payment" in text
    good.refresh_from_db()
    assert good.status == OrderStatus.SHIPPED


def test_everything_means_what_the_filter_shows_at_the_time_of_the_question(shop: Client) -> None:
    item = variant(stock=9)
    first, unpaid = paid(item), buy((item, 1))
    form = {"everything": "1", "query": "status=paid"}
    asked = shop.post(f"{LIST}bulk/pack/", form)
    assert asked.context["count"] == 1
    later = paid(item)
    shop.post(f"{LIST}bulk/pack/", form | {"upto": str(asked.context["upto"]), "confirmed": "1"})
    found = dict(Order.objects.values_list("pk", "status"))
    assert found == {first.pk: "packed", unpaid.pk: "placed", later.pk: "paid"}


@pytest.mark.parametrize(
    "form", [{}, {"select": ["x", "-1", "9" * 40]}, {"everything": "1", "query": "status=refunded"}]
)
def test_nothing_chosen_is_said(shop: Client, form: dict[str, Any]) -> None:
    buy((variant(), 1))
    answer = shop.post(f"{LIST}bulk/pack/", form, follow=True)
    assert "tick some first" in answer.content.decode()


def test_too_many_for_one_step_are_refused(shop: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(PackAction, "most", 1)
    item = variant(stock=9)
    paid(item), paid(item)
    answer = shop.post(f"{LIST}bulk/pack/", {"everything": "1", "confirmed": "1"}, follow=True)
    assert "Narrow the list" in answer.content.decode()
    assert not Order.objects.filter(status="packed").exists()


@pytest.mark.parametrize("action", ["paid", "pack", "ship", "deliver", "slips", "export"])
def test_who_may_not_see_orders_does_nothing_with_them(action: str) -> None:
    order = paid(variant())
    for client in (staff("editor@example.com", "Content managers"), Client()):
        answer = client.post(f"{LIST}bulk/{action}/", {"select": [order.pk], "confirmed": "1"})
        assert answer.status_code == 302
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_a_bulk_action_that_does_not_exist_is_not_found(shop: Client) -> None:
    assert shop.post(f"{LIST}bulk/burn/").status_code == 404
    assert shop.get(f"{LIST}bulk/pack/").url == LIST


def export(client: Client, rows: str, kind: str, **query: str) -> Any:
    form = {"everything": "1", "confirmed": "1", "rows": rows, "kind": kind, **query}
    return client.post(f"{LIST}bulk/export/", form)


def table(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_orders_are_exported_with_what_was_given_back_and_no_formula(shop: Client) -> None:
    order = buy((variant(), 2), customer=replace(CUSTOMER, full_name="=HYPERLINK(1)"))
    row = table(export(shop, "orders", "csv"))[0]
    assert row["number"] == order.number
    assert (row["total"], row["refunded"], row["items"]) == ("25.00", "0", "2")
    assert row["full_name"] == "'=HYPERLINK(1)"


def test_lines_are_exported_one_per_product_and_only_of_what_the_filter_shows(shop: Client) -> None:
    item = variant(stock=9)
    order = paid(item, 2)
    buy((item, 1))
    rows = table(export(shop, "lines", "csv", query="status=paid"))
    assert [(row["number"], row["sku"], row["quantity"]) for row in rows] == [(order.number, "A", "2")]


def test_an_excel_file_has_numbers_and_times(shop: Client) -> None:
    order = paid(variant())
    answer = export(shop, "orders", "xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    heading, row = list(sheet.iter_rows(values_only=True))
    found = dict(zip(heading, row, strict=True))
    assert found["number"] == order.number
    assert found["total"] == 15
    assert found["placed_at"].year == timezone.localtime().year


def test_an_export_is_written_down(shop: Client) -> None:
    paid(variant())
    export(shop, "orders", "csv")
    entry = ModelLogEntry.objects.get(action="store.export")
    assert entry.data == {"rows": "orders", "kind": "csv", "count": 1}


def test_an_export_of_many_orders_takes_few_statements(shop: Client, django_assert_max_num_queries: Any) -> None:
    item = variant(stock=50)
    for _order in range(12):
        buy((item, 1))
    with django_assert_max_num_queries(20):
        assert len(table(export(shop, "orders", "csv"))) == 12


def test_packing_slips_stand_in_the_order_of_the_shelves_and_in_the_orders_language(shop: Client) -> None:
    one = buy((variant("Z-9"), 1), (variant("B-2"), 3))
    two = buy((variant("C"), 1), language="ru")
    answer = shop.post(f"{LIST}bulk/slips/", {"select": [one.pk, two.pk], "confirmed": "1", "file": "pictures"})
    text = answer.content.decode()
    assert text.index("B-2") < text.index("Z-9")
    assert text.count('class="qr-code"') == 2
    assert '<article class="slip" lang="ru">' in text
    english = shop.post(f"{LIST}bulk/slips/", {"select": [two.pk], "confirmed": "1", "language": "en", "file": "page"})
    assert '<article class="slip" lang="en">' in english.content.decode()


def pages(answer: Any) -> list[str]:
    assert answer["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_packing_slips_are_a_pdf_with_each_order_on_its_own_page(shop: Client) -> None:
    OfflineMethod.objects.create(code="cash", kind="delivery", name_en="Cash")
    one = buy((variant("Z-9"), 1), (variant("B-2"), 3), payment="cash")
    two = buy((variant("#panic()"), 1), language="ru")
    chosen = {"select": [one.pk, two.pk], "confirmed": "1", "file": "pdf"}
    first, second = pages(shop.post(f"{LIST}bulk/slips/", chosen))
    assert first.index("B-2") < first.index("Z-9") and one.number in first
    assert f"To collect: {format_money(one.total)}" in first
    assert "#panic()" in second and two.number in second and "Упаковочный" not in first
    (single,) = pages(shop.get(f"{LIST}{two.pk}/packing-slip/"))
    assert "Packing slip" in single
    assert shop.get(f"{LIST}999999/packing-slip/").status_code == 404
    editor = staff("e@example.com", "Content managers")
    assert editor.get(f"{LIST}{two.pk}/packing-slip/").status_code in (302, 403)


def test_three_hundred_lines_fit_on_as_many_pages_as_they_take(shop: Client) -> None:
    order = buy((variant(), 1))
    line = {"name": "W" * 90, "quantity": 2, "price": 1, "total": 2}
    rows = [OrderLine(order=order, sku=f"S-{number:03}", **line) for number in range(300)]
    OrderLine.objects.bulk_create(rows)
    texts = pages(shop.get(f"{LIST}{order.pk}/packing-slip/"))
    assert len(texts) > 5 and re.findall(r"S-(\d+)", " ".join(texts)) == [f"{number:03}" for number in range(300)]
    assert all(f"page {number}" in text for number, text in enumerate(texts, start=1))
    assert "Pieces in all: 601" in texts[-1]
