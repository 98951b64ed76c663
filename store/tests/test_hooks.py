"""Outgoing webhooks: found in the books, signed, retried, given up, never into a private network."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.tests.factories import UserFactory
from notifications.models import Notice
from store import fulfilment, orders, stock
from store.hooks import endpoints, events, sending
from store.models import HookDelivery, HookEndpoint, HookEvent, Order, OrderStatus
from store.tests.shopping import buy, variant

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[None]]
ALL = [event.value for event in endpoints.CHOOSABLE]


class Receiver:
    """What takes the webhooks: answers with `status`, keeps what it got."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(outer.status)
                if outer.status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(b"thanks")

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?from=shop"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.server.shutdown()
    found.server.server_close()


def endpoint(receiver: Receiver, *chosen: str) -> HookEndpoint:
    return endpoints.create(url=receiver.url, events=chosen or ALL)


def kinds(receiver: Receiver) -> list[str]:
    return [json.loads(body)["type"] for _headers, body in receiver.got]


def again(delivery: HookDelivery) -> bool:
    HookDelivery.objects.filter(pk=delivery.pk).update(next_try_at=timezone.now())
    return sending.send(delivery_id=delivery.pk)


def manager(role: str = "Shop managers") -> Client:
    user, client = UserFactory(), Client()
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    client.get("/fragments/header")
    return client


def test_an_orders_life_is_told_once_each(receiver: Receiver, commit: Commit) -> None:
    endpoint(receiver)
    item = variant(stock=50)
    with commit():
        order = buy((item, 2))
    assert kinds(receiver) == ["order.placed"]
    with commit():
        orders.mark_paid(order=orders.locked(order.pk))
    for status in (OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED):
        fulfilment.advance(order=order, to=status, actor="")
    sending.run()
    sending.run()
    assert kinds(receiver) == ["order.placed", "order.paid", "order.packed", "order.shipped", "order.delivered"]
    told = json.loads(receiver.got[1][1])["data"]["order"]
    assert (told["number"], told["total"], told["lines"][0]["quantity"]) == (order.number, str(order.total), 2)


def test_only_chosen_events_are_told_and_nothing_from_before(receiver: Receiver) -> None:
    buy((variant(), 1))
    endpoint(receiver, HookEvent.CANCELLED)
    sending.run()
    order = buy((variant("B"), 1))
    orders.cancel(order=order)
    sending.run()
    assert kinds(receiver) == ["order.cancelled"]


def test_stock_that_runs_low_is_told_when_it_crosses_the_threshold(receiver: Receiver) -> None:
    item = variant("A", stock=50)
    endpoint(receiver, HookEvent.STOCK_LOW)
    stock.set_on_hand(sku="A", on_hand=6)
    stock.set_on_hand(sku="A", on_hand=4)
    stock.set_on_hand(sku="A", on_hand=3)
    sending.run()
    assert [json.loads(body)["data"]["available"] for _headers, body in receiver.got] == [4]
    assert item.sku == "A"


def test_the_signature_is_that_of_standard_webhooks(receiver: Receiver) -> None:
    made = endpoint(receiver)
    delivery = sending.send_test(endpoint=made)
    assert sending.send(delivery_id=delivery.pk) is True
    headers, body = receiver.got[0]
    key = base64.b64decode(made.secret.removeprefix("whsec_"))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-id"] == delivery.event_id
    # The example of the specification.
    secret, event_id = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signed = sending.signature(secret, event_id, "1614265330", b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_not_taken_is_tried_again_with_growing_pauses_and_the_same_id(receiver: Receiver) -> None:
    receiver.status = 500
    delivery = sending.send_test(endpoint=endpoint(receiver))
    pauses = []
    for _try in range(3):
        assert again(delivery) is False
        delivery.refresh_from_db()
        pauses.append((delivery.next_try_at - timezone.now()).total_seconds())
    assert pauses == sorted(pauses) and pauses[0] < 11 < 100 < pauses[2]
    receiver.status = 204
    assert again(delivery) is True
    delivery.refresh_from_db()
    assert delivery.status == HookDelivery.Status.DELIVERED
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    assert [attempt.status_code for attempt in delivery.attempts.all()] == [500, 500, 500, 204]
    delivery.endpoint.refresh_from_db()
    assert delivery.endpoint.failing_since is None


def test_it_is_given_up_at_last_and_sent_again_by_hand(receiver: Receiver) -> None:
    receiver.status = 500
    delivery = sending.send_test(endpoint=endpoint(receiver))
    HookDelivery.objects.filter(pk=delivery.pk).update(tries=len(sending.PAUSES))
    again(delivery)
    delivery.refresh_from_db()
    assert delivery.status == HookDelivery.Status.FAILED
    assert again(delivery) is False
    receiver.status = 200
    sending.send_again(delivery=delivery)
    assert sending.send(delivery_id=delivery.pk) is True


def test_a_waiting_delivery_is_claimed_by_one_worker_only(receiver: Receiver) -> None:
    delivery = sending.send_test(endpoint=endpoint(receiver))
    assert sending.send(delivery_id=delivery.pk) is True
    assert sending.send(delivery_id=delivery.pk) is False
    assert len(receiver.got) == 1


def test_redirects_are_not_followed(receiver: Receiver) -> None:
    receiver.status = 302
    assert again(sending.send_test(endpoint=endpoint(receiver))) is False
    assert len(receiver.got) == 1


def test_an_endpoint_that_fails_for_days_is_switched_off_and_says_why(receiver: Receiver) -> None:
    receiver.status = 500
    made = endpoint(receiver)
    keeper, russian = UserFactory(groups=["Shop managers"]), UserFactory(groups=["Shop managers"], language="ru")
    UserFactory(groups=["Content managers"])
    UserFactory(groups=["Shop managers"], is_active=False)
    HookEndpoint.objects.update(failing_since=timezone.now() - timedelta(days=6))
    again(sending.send_test(endpoint=made))
    made.refresh_from_db()
    assert made.active is False and "five days" in made.disabled_reason
    # Somebody else's worker comes to the same end: they are told once.
    sending.switch_off(made, "Again.")
    assert {notice.user_id: notice.text for notice in Notice.objects.all()} == {
        keeper.pk: f"The webhook “{made}” was switched off: Nothing was taken for five days.",
        russian.pk: Notice.objects.get(user=russian).text,
    }
    buy((variant(), 1))
    assert events.collect() == 0


def test_a_failing_endpoint_does_not_hold_up_the_others(receiver: Receiver) -> None:
    dead, alive = endpoints.create(url="http://127.0.0.1:9/", events=ALL), endpoint(receiver)
    for _number in range(3):
        sending.send_test(endpoint=dead)
    HookEndpoint.objects.filter(pk=dead.pk).update(failing_since=timezone.now())
    sending.send_test(endpoint=alive)
    assert len(sending.due()) == 2
    assert sending.run() == 1


def test_gone_is_never_tried_again(receiver: Receiver) -> None:
    receiver.status = 410
    made = endpoint(receiver)
    delivery = sending.send_test(endpoint=made)
    again(delivery)
    delivery.refresh_from_db()
    made.refresh_from_db()
    assert (delivery.status, made.active) == (HookDelivery.Status.FAILED, False)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[64:ff9b:1::a00:1]/",
        "https://[::10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.1.2.3/",
        "https://localhost/",
        "https://user:password@example.com/",
        "ftp://example.com/",
        "https://example.com:99999/",
        "javascript:alert(1)",
        "https://exa mple.com/",
        "https://example.com/\x00",
        "",
    ],
)
def test_private_and_strange_addresses_are_refused(settings: Any, url: str) -> None:
    settings.DEBUG = False
    with pytest.raises(endpoints.BadEndpoint):
        endpoints.create(url=url, events=ALL)


def test_a_name_that_leads_inside_is_not_connected_to(settings: Any, receiver: Receiver) -> None:
    made = endpoint(receiver)
    settings.DEBUG = False
    HookEndpoint.objects.filter(pk=made.pk).update(url="https://localhost.localdomain/")
    delivery = sending.send_test(endpoint=made)
    assert sending.send(delivery_id=delivery.pk) is False
    assert receiver.got == [] and delivery.attempts.get().status_code is None


def test_orders_without_endpoints_queue_nothing(commit: Commit, django_capture_on_commit_callbacks: Any) -> None:
    with commit():
        order = buy((variant(), 1))
    assert Order.objects.filter(pk=order.pk).exists()
    assert not HookDelivery.objects.exists()


def test_a_manager_makes_one_and_sees_its_secret_once(receiver: Receiver) -> None:
    client = manager()
    data = {"url": receiver.url, "events": ["order.paid"], "description": "ERP", "active": "on"}
    page = client.post("/admin/store/hooks/new/", data, follow=True).content.decode()
    made = HookEndpoint.objects.get()
    assert made.secret in page
    assert made.secret not in client.get("/admin/store/hooks/").content.decode()
    client.post(f"/admin/store/hooks/{made.pk}/test/")
    delivery = HookDelivery.objects.get()
    sending.send(delivery_id=delivery.pk)
    page = client.get(f"/admin/store/hook-deliveries/inspect/{delivery.pk}/").content.decode()
    assert "thanks" in page and "It works." in page
    client.post(f"/admin/store/hook-deliveries/{delivery.pk}/again/")
    delivery.refresh_from_db()
    assert delivery.status == HookDelivery.Status.WAITING
    bad = client.post("/admin/store/hooks/new/", data | {"url": "nonsense"})
    assert "begins with https" in bad.content.decode() and HookEndpoint.objects.count() == 1
    client.post(f"/admin/store/hooks/edit/{made.pk}/", data | {"events": ["order.paid", "order.placed"]})
    made.refresh_from_db()
    assert made.events == ["order.paid", "order.placed"]


def test_what_was_switched_off_is_listed_with_its_reason_and_switched_on_again(receiver: Receiver) -> None:
    made, client = endpoint(receiver), manager()
    url = f"/admin/store/hooks/{made.pk}/switch_on/"
    assert url not in client.get("/admin/store/hooks/").content.decode()
    HookEndpoint.objects.update(failing_since=timezone.now() - timedelta(days=6))
    sending.switch_off(made, sending.SILENT)
    page = client.get("/admin/store/hooks/").content.decode()
    assert url in page and "five days" in page
    assert "five days" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    made.refresh_from_db()
    assert (made.active, made.failing_since, made.disabled_reason) == (True, None, "")
    delivery = sending.send_test(endpoint=made)
    assert sending.send(delivery_id=delivery.pk)
    assert manager("Content managers").post(url).status_code in (302, 403)


def test_the_api_manages_them_for_staff_only(receiver: Receiver) -> None:
    body = {"url": receiver.url, "events": ["order.paid"]}
    shopper = Client()
    shopper.force_login(UserFactory())
    shopper.get("/fragments/header")
    assert shopper.post("/api/v1/webhooks", body, content_type="application/json").status_code == 403
    client = manager()
    made = client.post("/api/v1/webhooks", body, content_type="application/json")
    assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
    pk = made.json()["id"]
    assert "secret" not in client.get("/api/v1/webhooks").json()["items"][0]
    bad = client.post("/api/v1/webhooks", body | {"events": ["order.eaten"]}, content_type="application/json")
    assert (bad.status_code, bad.json()["type"]) == (422, "bad_endpoint")
    changed = client.put(f"/api/v1/webhooks/{pk}", body | {"active": False}, content_type="application/json")
    assert changed.json()["active"] is False
    assert client.post(f"/api/v1/webhooks/{pk}/test").status_code == 202
    assert client.get(f"/api/v1/webhooks/{pk}/deliveries").json()["items"][0]["event"] == "test"
    assert client.delete(f"/api/v1/webhooks/{pk}").status_code == 204
