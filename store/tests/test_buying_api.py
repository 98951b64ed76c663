"""The shapes of contract.md, and what the API withstands."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from store.models import Cart, Order, OrderStatus, Product
from store.tests.shopping import BODY, books, buy, cart_with, home_tax, parcel, variant

pytestmark = pytest.mark.django_db


def call(method: str, path: str, body: object = None, client: Client | None = None, **headers: str) -> Any:
    data = json.dumps(body) if body is not None else ""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return (client or Client()).generic(method, f"/api/v1{path}", data, "application/json", headers=headers)


def filled_cart(sku: str = "A", quantity: int = 1) -> str:
    answer = call("POST", "/cart/items", {"sku": sku, "quantity": quantity})
    assert answer.status_code == 200, answer.content
    return answer["X-Cart"]


def checkout(key: str, body: Any = BODY, idempotency: str = "k1") -> Any:
    return call("POST", "/checkout", body, X_Cart=key, Idempotency_Key=idempotency)


def test_a_guest_carries_the_cart_by_its_header() -> None:
    home_tax()
    parcel()
    variant(price="10.00")
    key = filled_cart(quantity=2)
    cart = call("GET", "/cart", X_Cart=key).json()
    (item,) = cart["items"]
    assert item | {"sku": "A", "quantity": 2, "price": "10.00", "total": "20.00"} == item
    assert cart | {"subtotal": "20.00", "shipping": "5.00", "discount": "0.00", "total": "25.00"} == cart
    assert (cart["tax"], cart["currency"]) == ("4.34", "EUR")
    call("PATCH", "/cart/items/A", {"quantity": 3}, X_Cart=key)
    assert call("DELETE", "/cart/items/A", X_Cart=key).json()["items"] == []


def test_adding_to_a_cart_costs_at_most_six_statements() -> None:
    parcel()
    variant()
    key = filled_cart()
    with CaptureQueriesContext(connection) as captured:
        call("POST", "/cart/items", {"sku": "A", "quantity": 1}, X_Cart=key)
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 6, "\n".join(statements)


def test_order_and_start_of_payment_cost_few_statements() -> None:
    parcel()
    variant()
    key = filled_cart()
    with CaptureQueriesContext(connection) as captured:
        assert checkout(key, BODY | {"payment": "offline"}).status_code == 201
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 28, "\n".join(statements)


def test_a_guest_buys_and_pays_with_the_first_card() -> None:
    parcel()
    item = variant(stock=2)
    key = filled_cart()
    answer = checkout(key)
    placed = answer.json()
    assert answer.status_code == 201, placed
    assert (placed["status"], placed["total"], placed["currency"]) == ("placed", "15.00", "EUR")
    assert placed["payment"]["url"].startswith("http")
    paid = call("POST", f"/orders/{placed['number']}/pay", {"card": "4242424242424242"}, X_Cart=key)
    assert paid.json() == {"status": "paid"}
    again = call("POST", f"/orders/{placed['number']}/pay", {"card": "4242424242424242"}, X_Cart=key)
    assert again.json() == {"status": "paid"}
    order = call("GET", f"/orders/{placed['number']}", X_Cart=key).json()
    assert order["status"] == "paid"
    (line,) = order["lines"]
    assert line | {"sku": "A", "quantity": 1, "price": "10.00", "total": "10.00", "shipped": 0, "refunded": 0} == line
    assert [event["status"] for event in order["timeline"]] == ["placed", "paid"]
    assert books(item) == (1, 0)


@pytest.mark.parametrize(("card", "status"), [("4000000000000002", "failed"), ("4000002500003155", "requires_action")])
def test_the_other_cards_say_so(card: str, status: str) -> None:
    parcel()
    variant()
    number = checkout(key := filled_cart()).json()["number"]
    assert call("POST", f"/orders/{number}/pay", {"card": card}, X_Cart=key).json() == {"status": status}
    paid = call("POST", f"/orders/{number}/pay", {"card": "4242 4242 4242 4242"}, X_Cart=key)
    assert paid.json() == {"status": "paid"}


def test_the_same_key_is_the_same_order_even_without_the_stored_answer() -> None:
    parcel()
    item = variant()
    key = filled_cart()
    first = checkout(key)
    assert checkout(key).json() == first.json()
    from api.models import IdempotentCall

    IdempotentCall.objects.all().delete()
    assert checkout(key).json()["number"] == first.json()["number"]
    assert books(item) == (5, 1)


def test_sold_out_is_a_409_that_names_the_sku() -> None:
    parcel()
    item = variant(stock=1)
    key = filled_cart()
    buy((item, 1))
    answer = checkout(key)
    assert (answer.status_code, answer.json()["type"], answer.json()["sku"]) == (409, "sold_out", "A")
    more = call("POST", "/cart/items", {"sku": "A", "quantity": 1})
    assert (more.status_code, more.json()["type"]) == (409, "sold_out")


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"email": "nobody"}, 422, "email"),
        ({"phone": "1"}, 422, "phone"),
        ({"address": {**BODY["address"], "country": "XX"}}, 422, "address.country"),  # type: ignore[dict-item]
        ({"address": {"city": "Riga"}}, 422, "address.country"),
        ({"address": {"city": "Riga", "country": "LV"}}, 422, "address.line1"),
        ({"shipping_method": "x"}, 422, None),
        ({"payment": "stripe"}, 422, None),
        ({"coupon": "FREE"}, 422, None),
        ({"full_name": "\x00"}, 422, "full_name"),
        ({"full_name": "x" * 100_000}, 422, "full_name"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], status: int, field: str | None) -> None:
    parcel()
    variant()
    answer = checkout(filled_cart(), {**BODY, **change})
    assert answer.status_code == status, answer.content
    if field:
        assert field in [error["field"] for error in answer.json()["errors"]]
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("sku", "quantity", "status"),
    [("none", 1, 404), ("A\x00", 1, 404), ("A", 0, 422), ("A", -1, 422), ("A", 10**40, 422), ("A", "many", 422)],
)
def test_impossible_items_are_refused(sku: str, quantity: Any, status: int) -> None:
    variant()
    assert call("POST", "/cart/items", {"sku": sku, "quantity": quantity}).status_code == status


def test_an_empty_cart_cannot_be_ordered() -> None:
    parcel()
    variant()
    assert checkout("").json()["type"] == "empty_cart"
    key = filled_cart()
    call("DELETE", "/cart/items/A", X_Cart=key)
    assert checkout(key).json()["type"] == "empty_cart"


def test_shipping_methods_of_a_country() -> None:
    parcel("local", "1.00", countries=["LV"])
    parcel("post", "5.00")
    codes = [item["code"] for item in call("GET", "/shipping-methods?country=DE").json()["items"]]
    assert codes == ["post"]
    items = call("GET", "/shipping-methods?country=lv").json()["items"]
    assert items[0] | {"code": "local", "name": "Parcel", "price": "1.00", "currency": "EUR"} == items[0]
    unknown = call("GET", "/shipping-methods?country=XX")
    assert (unknown.status_code, unknown.json()["type"]) == (422, "unknown_country")


def test_delivery_that_costs_nothing_is_still_written_as_money() -> None:
    parcel("free", "5.00", free_from="1.00")
    variant(price="10.00")
    answer = call("GET", "/shipping-methods?country=DE", X_Cart=filled_cart())
    assert [item["price"] for item in answer.json()["items"]] == ["0.00"]


def test_a_card_that_the_test_gateway_does_not_know_is_refused_and_the_order_stays() -> None:
    parcel()
    variant()
    number = checkout(key := filled_cart()).json()["number"]
    answer = call("POST", f"/orders/{number}/pay", {"card": "4111111111111111"}, X_Cart=key)
    assert (answer.status_code, answer.json()["type"]) == (422, "unknown_card")
    assert call("POST", f"/orders/{number}/pay", {"card": "4242424242424242"}, X_Cart=key).json() == {"status": "paid"}


def test_anothers_order_is_absent() -> None:
    parcel()
    variant()
    number = checkout(filled_cart()).json()["number"]
    for method, path in (("GET", ""), ("POST", "/pay"), ("POST", "/cancel"), ("POST", "/payment")):
        body = {"card": "4242424242424242"} if method == "POST" else None
        assert call(method, f"/orders/{number}{path}", body, X_Cart="someone").status_code == 404
    assert call("GET", "/orders/nothing").status_code == 404
    assert call("GET", f"/orders/{number}?token=x").status_code == 404


def test_the_orders_token_opens_it() -> None:
    parcel()
    variant()
    placed = checkout(filled_cart()).json()
    assert call("GET", f"/orders/{placed['number']}?token={placed['token']}").status_code == 200
    cancelled = call("POST", f"/orders/{placed['number']}/cancel", X_Order_Token=placed["token"])
    assert cancelled.json()["status"] == "cancelled"
    again = call("POST", f"/orders/{placed['number']}/cancel", X_Order_Token=placed["token"])
    assert (again.status_code, again.json()["type"]) == (409, "wrong_status")


def test_the_test_gateway_is_gone_without_debug(settings: Any) -> None:
    parcel()
    variant()
    number = checkout(key := filled_cart()).json()["number"]
    settings.DEBUG = False
    answer = call("POST", f"/orders/{number}/pay", {"card": "4242424242424242"}, X_Cart=key)
    assert answer.status_code == 404


def member(client: Client, *permissions: str) -> User:
    user = User.objects.create_user(f"{len(permissions)}@example.com", "x")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return user


def test_lists_show_ones_own_orders_and_staff_everybodys(client: Client) -> None:
    item = variant(stock=9)
    assert call("GET", "/orders").status_code == 401
    user = member(client)
    mine = buy((item, 1), user=user)
    other = buy((item, 1))
    listed = client.get("/api/v1/orders?page_size=1").json()
    assert [order["number"] for order in listed["items"]] == [mine.number]
    assert client.get("/api/v1/orders?everybody=1").status_code == 403
    staff = Client()
    member(staff, "view_order", "process_order")
    first = staff.get("/api/v1/orders?everybody=1&page_size=1").json()
    second = staff.get(f"/api/v1/orders?everybody=1&page_size=1&cursor={first['next_cursor']}").json()
    assert [page["items"][0]["number"] for page in (first, second)] == [other.number, mine.number]


def test_staff_work_an_order_and_others_may_not(client: Client) -> None:
    order = buy((variant(), 1), payment="offline")
    staff = Client(enforce_csrf_checks=False)
    member(staff, "view_order", "process_order", "refund_order")
    member(client)
    for path, body in (("mark-paid", {}), ("advance", {"status": "packed"}), ("refund", {"reason": "x"})):
        denied = call("POST", f"/orders/{order.number}/{path}", body, client=client)
        assert denied.status_code == 403
        done = call("POST", f"/orders/{order.number}/{path}", body, client=staff)
        assert done.status_code == 200, done.content
    assert order.events.filter(to_status=OrderStatus.PACKED).exists()


def test_who_may_only_see_orders_changes_none() -> None:
    item = variant()
    order = buy((item, 1))
    viewer = Client()
    member(viewer, "view_order")
    ask = {"lines": [{"sku": "A", "quantity": 1}], "reason": "x"}
    calls: dict[str, Any] = {"cancel": {}, "payment": {}, "pay": {"card": "4242424242424242"}, "return": ask}
    for path, body in calls.items():
        assert call("POST", f"/orders/{order.number}/{path}", body, client=viewer).status_code == 403, path
    assert call("GET", f"/orders/{order.number}", client=viewer).status_code == 200
    order.refresh_from_db()
    assert order.status == OrderStatus.PLACED and not order.payments.exists()


def test_staff_review_nothing_with_a_customers_order() -> None:
    order = buy((variant(), 1))
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.DELIVERED, paid_at=timezone.now())
    staff = Client()
    member(staff, "view_order")
    product = Product.objects.get().slug
    body = {"product": product, "stars": 1, "text": "Not mine to say at all.", "order": order.number}
    assert call("POST", "/reviews", body, client=staff).status_code == 404
    assert call("POST", "/reviews", body | {"token": order.token}).status_code == 201


def test_a_member_orders_from_the_accounts_cart(client: Client) -> None:
    parcel()
    item = variant()
    guest = cart_with((item, 2))
    user = member(client)
    call("POST", "/cart/items", {"sku": "A", "quantity": 1}, client=client, X_Cart=guest.key)
    assert Cart.objects.get().user == user
    answer = call("POST", "/checkout", BODY, client=client)
    assert answer.status_code == 201
    assert Order.objects.get().user == user
