"""What customers do with their orders on the site, and everybody by the API."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from store import corrections, fulfilment
from store.models import Order, OrderStatus, Return
from store.tests.shopping import books, variant
from store.tests.test_refunds import line, paid

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]
STAFF = "shop@example.com"


def seen(client: Client, order: Order, path: str = "") -> str:
    """The page as the guest with the link sees it."""
    client.get(f"/orders/{order.number}/", {"token": order.token})
    return client.get(f"/orders/{order.number}/{path}").content.decode()


def sent(*quantities: Any, **options: Any) -> Order:
    order = paid(*quantities, **options)
    fulfilment.ship(order=order, actor=STAFF, tracking_number="RR1", tracking_url="https://post.example/RR1")
    return order


def shop() -> Client:
    client = Client()
    user = User.objects.create_user(STAFF, is_staff=True)
    user.groups.add(Group.objects.get(name="Shop managers"))
    client.force_login(user)
    return client


def call(client: Client, path: str, body: Any = None, **headers: str) -> Any:
    return client.post(f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", headers=headers)


def test_the_page_shows_the_parcel_and_what_the_shop_wrote_but_nothing_internal(client: Client) -> None:
    order = sent((variant(), 1))
    corrections.write(order=order, text="We packed a gift", actor=STAFF, to_customer=True)
    corrections.write(order=order, text="Difficult customer", actor=STAFF)
    page = seen(client, order)
    assert "https://post.example/RR1" in page and "We packed a gift" in page
    assert "Difficult" not in page
    body = client.get(f"/api/v1/orders/{order.number}?token={order.token}").json()
    assert "Difficult" not in json.dumps(body)
    assert (body["lines"][0]["shipped"], body["shipments"][0]["tracking_number"]) == (1, "RR1")


def test_a_customer_cancels_what_is_paid_and_not_packed(client: Client, commit: Commit) -> None:
    item = variant(stock=5)
    order = paid((item, 1))
    assert "Yes, cancel it" in seen(client, order)
    with commit():
        client.post(f"/orders/{order.number}/cancel/")
    order.refresh_from_db()
    assert (order.status, books(item)) == (OrderStatus.REFUNDED, (5, 0))


def test_a_packed_order_is_not_cancelled_by_its_customer(client: Client) -> None:
    order = paid((variant(), 1))
    fulfilment.pack(order=order, actor=STAFF)
    assert "Yes, cancel it" not in seen(client, order)
    assert call(client, f"orders/{order.number}/cancel?token={order.token}").status_code == 409


def test_a_return_is_asked_for_on_the_site(client: Client) -> None:
    order = sent((variant(), 2))
    assert "Send something back" in seen(client, order)
    url, field = f"/orders/{order.number}/return/", f"line_{line(order).pk}"
    for form in ({field: "3", "reason": "x"}, {field: "", "reason": "x"}, {field: "1", "reason": ""}):
        assert client.post(url, form).status_code == 422
    assert client.post(url, {field: "2", "reason": "Too small 😀"}).status_code == 302
    assert "Asked for" in seen(client, order)
    assert client.get(url).status_code == 302, "nothing is left to send back"


def test_somebody_elses_order_is_not_there(client: Client) -> None:
    order = sent((variant(), 1))
    for path in ("return/", "again/", "cancel/"):
        assert client.post(f"/orders/{order.number}/{path}", {}).status_code == 404
    for path in ("return", "reorder", "cancel"):
        body = {"lines": [{"sku": "A", "quantity": 1}], "reason": "x"}
        assert call(client, f"orders/{order.number}/{path}", body).status_code == 404
    for path in ("refund", "shipments", "notes"):
        assert call(client, f"orders/{order.number}/{path}", {"text": "x"}).status_code == 401
    assert not Return.objects.exists()


def test_ordering_again_fills_the_cart(client: Client) -> None:
    order = sent((variant(), 2))
    seen(client, order)
    answer = client.post(f"/orders/{order.number}/again/", follow=True)
    assert "Product" in answer.content.decode() and "in the cart" in answer.content.decode()


def test_the_page_costs_the_same_however_much_happened(client: Client, django_assert_max_num_queries: Any) -> None:
    order = sent(*[(variant(sku), 1) for sku in "ABCDEF"])
    seen(client, order)
    with django_assert_max_num_queries(30):
        client.get(f"/orders/{order.number}/")


def test_staff_do_it_all_by_the_api(commit: Commit) -> None:
    order, staff = paid((variant("A"), 2), (variant("B"), 1)), shop()
    path = f"orders/{order.number}"
    assert call(staff, f"{path}/shipments", {"lines": [{"sku": "A", "quantity": 1}]}).status_code == 201
    with commit():
        body = call(staff, f"{path}/refund", {"lines": [{"sku": "B", "quantity": 1}], "reason": "Gone"}).json()
    assert [row["refunded"] for row in body["lines"]] == [0, 1]
    assert call(staff, f"{path}/shipments").json()["status"] == "shipped"
    assert call(staff, f"{path}/notes", {"text": "Check"}).status_code == 201
    wish = call(Client(), f"{path}/return?token={order.token}", {"lines": [{"sku": "A", "quantity": 1}], "reason": "x"})
    assert wish.status_code == 201
    key = wish.json()["id"]
    assert call(Client(), f"returns/{key}/approve").status_code == 401
    for step, status in (("approve", "approved"), ("receive", "received"), ("refund", "refunded")):
        assert call(staff, f"returns/{key}/{step}").json()["status"] == status
    assert staff.get("/api/v1/returns?status=refunded").json()["items"][0]["order"] == order.number
    order.refresh_from_db()
    assert order.payments.get().given_back == 20


@pytest.mark.parametrize(
    "body",
    [
        {"amount": "NaN"},
        {"amount": "1e30"},
        {"amount": "-1"},
        {"amount": "99"},
        {"lines": [{"sku": "A", "quantity": 0}]},
        {"lines": [{"sku": "A", "quantity": 5}]},
        {"lines": "x"},
        {"shipping": "6"},
    ],
)
def test_refunds_that_cannot_be_are_refused_with_a_sentence(body: Any) -> None:
    order = paid((variant(), 1))
    answer = call(shop(), f"orders/{order.number}/refund", body)
    assert answer.status_code == 422 and answer.json()["detail"]
    assert order.payments.get().given_back == 0


def test_an_unknown_sku_and_nul_are_refused(client: Client) -> None:
    order, staff = sent((variant(), 1)), shop()
    body = {"lines": [{"sku": "\x00", "quantity": 1}], "reason": "\x00"}
    assert call(staff, f"orders/{order.number}/return", body).status_code in (409, 422)
    assert call(staff, "returns/99999999999999999999/approve").status_code in (404, 422)


def test_the_link_by_mail_answers_alike_whether_there_is_an_order_or_not(client: Client, commit: Commit) -> None:
    order = paid((variant(), 1))
    answers = []
    for number in (order.number, "AAAAA-AAAAA"):
        page = client.post("/orders/track/", {"number": number, "email": order.email})
        answers.append((page.status_code, page.content.decode().count("on its way to that address")))
    assert answers[0] == answers[1] == (200, 1)
