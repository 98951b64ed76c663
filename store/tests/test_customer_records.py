"""Customers in the admin: their figures, their page, notes, export."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from store import corrections, customer_records
from store.models import CustomerNote, CustomerRecord, Order
from store.payments import refunds, sandbox_cards, starting
from store.tests.shopping import CUSTOMER, buy, variant
from store.tests.test_order_list import paid, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/store/customers/"
Commit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def shop() -> Client:
    return staff("shop@example.com", "Shop managers")


def record(email: str = "ann@example.com") -> CustomerRecord:
    customer_records.catch_up()
    return CustomerRecord.objects.get(email=email)


def test_the_figures_follow_an_order_from_placing_to_refund(commit: Commit) -> None:
    item = variant(stock=9)
    order = buy((item, 2))
    found = record()
    assert (found.orders, found.paid_orders, found.spent) == (1, 0, 0)
    with commit():
        sandbox_cards.pay(payment=starting.start(order=order), card="4242424242424242")
    assert (record().paid_orders, record().spent) == (1, Decimal("25.00"))
    with commit():
        order.refresh_from_db()
        refunds.refund_order(order=order, actor="shop", reason="Broken")
    assert (record().orders, record().spent) == (1, 0)


def test_one_customer_however_the_address_is_typed_with_the_latest_name() -> None:
    item = variant(stock=9)
    buy((item, 1))
    buy((item, 1), customer=replace(CUSTOMER, email="ANN@Example.com", full_name="Ann Lee-Berg"))
    assert (record().orders, record().full_name) == (2, "Ann Lee-Berg")


def test_a_guests_orders_belong_to_the_account_that_confirmed_the_address() -> None:
    buy((variant(), 1))
    user = User.objects.create_user("ann@example.com")
    address = EmailAddress.objects.create(user=user, email="ann@example.com", verified=False)
    assert record().user is None
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    assert record().user == user


def test_orders_of_the_account_under_another_address_stand_on_the_same_page(shop: Client) -> None:
    user = User.objects.create_user("ann@example.com")
    EmailAddress.objects.create(user=user, email="ann@example.com", verified=True)
    item = variant(stock=9)
    buy((item, 1), user=user)
    other = buy((item, 1), user=user, customer=replace(CUSTOMER, email="work@example.com"))
    page = shop.get(f"{LIST}inspect/{record().pk}/").content.decode()
    assert other.number in page


def test_an_order_whose_address_was_mended_goes_to_the_right_customer() -> None:
    item = variant(stock=9)
    order = buy((item, 1))
    assert record().orders == 1
    corrections.correct(order=order, customer=replace(CUSTOMER, email="anne@example.com"), actor="shop@example.com")
    assert record("anne@example.com").orders == 1
    assert not CustomerRecord.objects.filter(email="ann@example.com").exists()


def test_rebuilding_gives_the_same_figures_and_forgets_who_has_no_orders() -> None:
    item = variant(stock=9)
    paid(item)
    before = CustomerRecord.objects.filter(pk=record().pk).values(*customer_records.FIGURES).get()
    CustomerRecord.objects.update(spent=999, orders=5)
    CustomerRecord.objects.create(email="gone@example.com", last_order_at=Order.objects.get().placed_at)
    call_command("rebuild_customers", stdout=io.StringIO())
    assert CustomerRecord.objects.values(*customer_records.FIGURES).get() == before


def test_catching_up_looks_only_at_what_is_new(django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        buy((variant(f"S{number}"), 1), customer=replace(CUSTOMER, email=f"c{number}@example.com"))
    with django_assert_max_num_queries(16):
        assert customer_records.catch_up() == 5


def test_customers_are_found_sorted_and_narrowed(shop: Client) -> None:
    item = variant(stock=9)
    paid(item)
    buy((item, 1), customer=replace(CUSTOMER, email="bob@example.com", full_name="Bob", country="LT"))

    def emails(**query: str) -> list[str]:
        return [found.email for found in shop.get(LIST, query).context["object_list"]]

    assert emails() == ["bob@example.com", "ann@example.com"]
    assert emails(q="ANN") == ["ann@example.com"]
    assert emails(q="bo") == ["bob@example.com"]
    assert emails(ordering="-spent") == ["ann@example.com", "bob@example.com"]
    assert emails(bought="never") == ["bob@example.com"]
    assert emails(bought="once", account="no") == ["ann@example.com"]
    assert emails(country="LT") == ["bob@example.com"]
    assert shop.get(LIST, {"q": "\x00", "country": "ZZ"}).status_code == 200


def test_the_page_shows_orders_addresses_and_what_the_mailings_know(shop: Client) -> None:
    order = paid(variant())
    page = shop.get(f"{LIST}inspect/{record().pk}/").content.decode()
    for expected in (order.number, "€15.00", "Brīvības iela 1", "guest", "has not agreed"):
        assert expected in page, expected


def test_a_note_is_kept_with_its_author_and_deleted(shop: Client) -> None:
    buy((variant(), 1))
    url = f"{LIST}inspect/{record().pk}/"
    assert shop.post(url, {"text": "  "}).status_code == 200
    assert not CustomerNote.objects.exists()
    assert shop.post(url, {"text": "Rings at noon"}).url == url
    note = CustomerNote.objects.get()
    assert (note.text, note.author.email, note.email) == ("Rings at noon", "shop@example.com", "ann@example.com")
    assert "Rings at noon" in shop.get(url).content.decode()
    shop.post(f"{LIST}{record().pk}/notes/{note.pk}/delete/")
    assert not CustomerNote.objects.exists()


def test_a_note_of_another_customer_cannot_be_deleted_from_here(shop: Client) -> None:
    buy((variant(), 1))
    note = CustomerNote.objects.create(email="bob@example.com", text="x")
    assert shop.post(f"{LIST}{record().pk}/notes/{note.pk}/delete/").status_code == 404


def test_the_export_takes_the_filter_along_and_runs_no_formula(shop: Client) -> None:
    item = variant(stock=9)
    paid(item)
    buy((item, 1), customer=replace(CUSTOMER, email="bob@example.com", full_name="+1+1", country="LT"))
    answer = shop.get(f"{LIST}export/?kind=csv&country=LT")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [(row["email"], row["full_name"], row["orders"]) for row in rows] == [("bob@example.com", "'+1+1", "1")]
    assert shop.get(f"{LIST}export/?kind=xlsx").status_code == 200


def test_an_editor_sees_no_customers() -> None:
    buy((variant(), 1))
    editor = staff("editor@example.com", "Content managers")
    pk = record().pk
    assert editor.get(LIST).status_code == 302
    assert editor.get(f"{LIST}inspect/{pk}/").status_code == 302
    assert editor.get(f"{LIST}export/").status_code == 302
    assert editor.post(f"{LIST}inspect/{pk}/", {"text": "x"}).status_code == 302
    assert not CustomerNote.objects.exists()
