"""What staff do through the API: find orders and customers, read sales, order for a customer."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from store import periods
from store.models import CustomerNote, Order, Refund
from store.tests.shopping import ADDRESS, CUSTOMER, buy, parcel, variant
from store.tests.test_buying_api import call
from store.tests.test_order_list import paid, staff

pytestmark = pytest.mark.django_db
PHONE = {
    "goods": [{"sku": "A", "quantity": 2}],
    "email": "bob@example.com",
    "full_name": "Bob Ray",
    "address": ADDRESS,
    "shipping_method": "post",
    "payment": "test",
}


class Api(Client):
    """A session client whose unsafe calls carry the CSRF token."""

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        self.get("/account/")
        token = self.cookies["csrftoken"].value if "csrftoken" in self.cookies else ""
        return call(method, path, body, client=self, X_CSRFToken=token, **headers)


def api(role: str = "Shop managers", email: str = "shop@example.com") -> Api:
    client = Api()
    client.cookies = staff(email, role).cookies
    return client


def numbers(client: Api, query: str) -> set[str]:
    return {item["number"] for item in client.ask("GET", f"/orders?everybody=true&{query}").json()["items"]}


def test_staff_find_orders_by_what_a_customer_says() -> None:
    shop = api()
    one, other = paid(variant("LAMP")), buy((variant("CHAIR"), 1))
    assert numbers(shop, "q=lee") == {one.number, other.number}
    assert numbers(shop, "q=lamp") == {one.number}
    assert numbers(shop, "q=lee&status=placed") == {other.number}
    assert numbers(shop, "country=lv") == {one.number, other.number}
    assert numbers(shop, f"placed_from={periods.today().isoformat()}") == {one.number, other.number}
    assert numbers(shop, "placed_until=2020-01-01") == set()
    assert numbers(shop, "attention=true") == set()
    assert shop.ask("GET", "/orders?everybody=true&q=%00&placed_from=0001-01-01").status_code == 200


def test_a_customer_searches_only_their_own() -> None:
    buy((variant(), 1))
    shopper = Api()
    shopper.force_login(User.objects.create_user("bob@example.com"))
    assert shopper.ask("GET", "/orders?q=lee").json()["items"] == []
    assert shopper.ask("GET", "/orders?q=lee&everybody=true").status_code == 403


def test_customers_are_listed_paged_and_read() -> None:
    shop = api()
    order = paid(variant())
    answer = shop.ask("GET", "/customers?q=ann&sort=spent").json()
    (item,) = answer["items"]
    assert item | {"email": "ann@example.com", "orders": 1, "spent": "15.00", "has_account": False} == item
    detail = shop.ask("GET", "/customers/ANN@example.com").json()
    assert [row["number"] for row in detail["order_list"]] == [order.number]
    assert shop.ask("GET", "/customers/nobody@example.com").status_code == 404
    assert shop.ask("GET", "/customers?cursor=x").status_code == 422


def test_a_note_is_added() -> None:
    shop = api()
    buy((variant(), 1))
    shop.ask("GET", "/customers")
    answer = shop.ask("POST", "/customers/ann@example.com/notes", {"text": "Rings at noon"})
    assert answer.status_code == 201, answer.content
    assert CustomerNote.objects.get().author.email == "shop@example.com"
    assert shop.ask("POST", "/customers/ann@example.com/notes", {"text": ""}).status_code == 422


def test_the_sales_of_a_period_are_read() -> None:
    shop = api()
    paid(variant())
    answer = shop.ask("GET", "/reports/sales?days=7").json()
    assert answer["figures"] | {"revenue": "15.00", "orders": 1, "average": "15.00"} == answer["figures"]
    assert (len(answer["days"]), answer["best_sellers"][0]["sku"]) == (7, "A")
    for query in ("days=-5", "days=99999999", "start=0001-01-01&end=9999-12-31"):
        assert shop.ask("GET", f"/reports/sales?{query}").status_code == 200, query


def test_an_order_is_placed_for_a_customer_once_per_key() -> None:
    parcel()
    variant("A", "10.00")
    shop = api()
    discount = {"amount": "4.00", "reason": "Late last time"}
    body = PHONE | {"hold_days": 9, "discount": discount}
    first = shop.ask("POST", "/phone-orders", body, Idempotency_Key="k")
    assert first.status_code == 201, first.content
    order = Order.objects.get()
    assert (first.json()["number"], first.json()["total"]) == (order.number, "21.00")
    assert order.token in first.json()["url"]
    assert shop.ask("POST", "/phone-orders", body, Idempotency_Key="k").json()["number"] == order.number
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"goods": []}, 422),
        ({"goods": [{"sku": "NONE"}]}, 404),
        ({"goods": [{"sku": "A", "quantity": 0}]}, 422),
        ({"goods": [{"sku": "A", "quantity": 99}]}, 409),
        ({"email": "x"}, 422),
        ({"shipping_method": "teleport"}, 422),
        ({"payment": "gold"}, 422),
        ({"address": ADDRESS | {"country": "LVA"}}, 422),
        ({"address": ADDRESS | {"country": "\x00"}}, 422),
        ({"hold_days": 400}, 422),
        ({"discount": {"amount": "NaN", "reason": "x"}}, 422),
    ],
)
def test_what_cannot_be_ordered_is_refused_with_a_reason(changes: dict[str, Any], status: int) -> None:
    parcel()
    variant("A", stock=5)
    answer = api().ask("POST", "/phone-orders", PHONE | changes)
    assert answer.status_code == status, answer.content
    assert answer.json()["detail"]
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/customers"),
        ("GET", f"/customers/{CUSTOMER.email}"),
        ("GET", "/reports/sales"),
        ("POST", f"/customers/{CUSTOMER.email}/notes"),
        ("POST", "/phone-orders"),
    ],
)
def test_others_are_kept_out(method: str, path: str) -> None:
    buy((variant("A"), 1))
    body = {"text": "x"} if path.endswith("notes") else PHONE if method == "POST" else None
    assert api("Content managers", "editor@example.com").ask(method, path, body).status_code == 403
    assert call(method, path, body).status_code == 401
    assert Order.objects.count() == 1


def test_money_is_a_decimal_string() -> None:
    shop = api()
    paid(variant())
    assert Decimal(shop.ask("GET", "/reports/sales").json()["figures"]["net"]) == 15


def test_a_refund_sent_twice_is_one_refund() -> None:
    shop, order = api(), paid(variant(), 3)
    body = {"lines": [{"sku": "A", "quantity": 1}], "token": "return-17"}
    for _twice in range(2):
        assert shop.ask("POST", f"/orders/{order.number}/refund", body).status_code == 200
    rows = shop.ask("GET", f"/orders/{order.number}/refunds").json()["items"]
    assert [(row["amount"], row["lines"]) for row in rows] == [
        ("10.00", [{"sku": "A", "quantity": 1, "amount": "10.00"}])
    ]
    for _twice in range(2):
        assert shop.ask("POST", f"/orders/{order.number}/refund", {"token": "rest"}).status_code == 200
    assert Refund.objects.filter(payment__order=order).count() == 2
    assert shop.ask("POST", f"/orders/{order.number}/refund", {"token": "more"}).status_code == 409
    # The same word for another order is another refund.
    other = paid(variant("B"), 1)
    assert shop.ask("POST", f"/orders/{other.number}/refund", {"token": "return-17"}).status_code == 200
    assert Refund.objects.filter(payment__order=other).count() == 1


def test_refunds_are_for_staff() -> None:
    order = paid(variant(), 1)
    stranger = api("Campaign owners", "owner@example.com")
    assert stranger.ask("GET", f"/orders/{order.number}/refunds").status_code == 403
    assert stranger.ask("POST", f"/orders/{order.number}/refund", {"token": "x"}).status_code == 403
    shop = api()
    assert shop.ask("GET", "/orders/NOTHING/refunds").status_code == 404
    for wrong in ({"token": "x" * 201}, {"amount": "NaN"}, {"lines": [{"sku": "A", "quantity": 0}]}, {"token": {}}):
        assert shop.ask("POST", f"/orders/{order.number}/refund", wrong).status_code == 422, wrong
    assert shop.ask("POST", f"/orders/{order.number}/refund", {"token": "\x00", "amount": "1"}).status_code == 200
    assert Refund.objects.count() == 1


def test_a_parcel_sent_twice_is_one_parcel() -> None:
    shop, order = api(), paid(variant(), 2)
    body = {"lines": [{"sku": "A", "quantity": 1}], "token": "p1"}
    for _twice in range(2):
        assert shop.ask("POST", f"/orders/{order.number}/shipments", body).status_code == 201
    assert order.shipments.count() == 1
