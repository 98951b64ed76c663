"""Stock 1, eight buyers at the same moment, against the running server: one order."""

import http.client
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.running_site import RunningSite

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("server")]

BUYERS = 8
PRODUCT = {"sku": "LAST-1", "name": "The last one", "brand": "Tarn", "categories": ["Things"], "price": 10}
SHIPPING = "from store.models import ShippingMethod as S; S.objects.create(code='post', name='Post', price=5)"


def call(site: RunningSite, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any, str]:
    """Status, decoded body and the cart's key."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {"Content-Type": "application/json", **headers}
    connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or b"null"), answer.headers.get("X-Cart", "")


def buy(site: RunningSite, number: int, start: threading.Barrier, answers: dict[int, tuple[int, Any]]) -> None:
    status, _cart, key = call(site, "POST", "/cart/items", {"sku": "LAST-1", "quantity": 1})
    assert status == 200 or status == 201, status
    order = {
        "email": f"buyer{number}@example.com",
        "full_name": "A Buyer",
        "phone": "+37120000000",
        "address": {"line1": "Street 1", "city": "Riga", "postal_code": "LV-1001", "country": "LV"},
        "shipping_method": "post",
        "payment": "test",
    }
    start.wait(60)
    status, answer, _ = call(site, "POST", "/checkout", order, **{"X-Cart": key, "Idempotency-Key": f"b{number}"})
    answers[number] = (status, answer)


def test_of_eight_buyers_of_the_last_item_one_gets_it_and_the_others_read_why_not(empty_site: RunningSite) -> None:
    catalogue = Path(empty_site.var / "catalogue.json")
    catalogue.write_text(json.dumps([PRODUCT]))
    empty_site.manage("import_products", str(catalogue), "--stock", "1")
    empty_site.manage("shell", "-c", SHIPPING)
    empty_site.environment["WEB_CONCURRENCY"] = "2"
    empty_site.start("web")
    start, answers = threading.Barrier(BUYERS), {}
    buyers = [threading.Thread(target=buy, args=(empty_site, n, start, answers)) for n in range(BUYERS)]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()

    statuses = sorted(status for status, _ in answers.values())
    assert statuses == [201] + [409] * (BUYERS - 1), answers
    for status, answer in answers.values():
        if status == 409:
            assert answer["type"] == "sold_out"
            assert "LAST-1" in json.dumps(answer)
    orders = empty_site.manage(
        "shell", "-v0", "-c", "from store.models import *; print(Order.objects.count(), Stock.objects.get().reserved)"
    )
    assert orders.split() == ["1", "1"]
