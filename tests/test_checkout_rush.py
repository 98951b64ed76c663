"""Everybody at once, against the running server: the last item, the last coupons, ten clicks on one button."""

import http.client
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.running_site import RunningSite

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("server")]

SHIPPING = "from store.models import ShippingMethod as S; S.objects.create(code='post', name='Post', price=5); "
BOOKS = "from store.models import *; print(Order.objects.count(), *Stock.objects.values_list('reserved', 'on_hand')[0])"


def call(site: RunningSite, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any, str]:
    """Status, decoded body and the cart's key."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    headers = {"Content-Type": "application/json", **headers}
    connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or b"null"), answer.headers.get("X-Cart", "")


def order(number: int, **more: str) -> dict[str, Any]:
    return {
        "email": f"buyer{number}@example.com",
        "full_name": "A Buyer",
        "phone": "+37120000000",
        "address": {"line1": "Street 1", "city": "Riga", "postal_code": "LV-1001", "country": "LV"},
        "shipping_method": "post",
        "payment": "test",
        **more,
    }


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What `act(0)` … `act(count - 1)` answer, all started at the same moment."""
    start, answers = threading.Barrier(count), [None] * count

    def one(number: int) -> None:
        start.wait(120)
        answers[number] = act(number)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def open_shop(site: RunningSite, stock: int, more: str = "") -> None:
    product = {"sku": "LAST-1", "name": "The last one", "brand": "Tarn", "categories": ["Things"], "price": 10}
    catalogue = Path(site.var / "catalogue.json")
    catalogue.write_text(json.dumps([product]))
    site.manage("import_products", str(catalogue), "--stock", str(stock))
    site.manage("shell", "-c", SHIPPING + more)
    site.environment["WEB_CONCURRENCY"] = "2"
    site.start("web")


def carts_for(site: RunningSite, count: int) -> list[str]:
    return [call(site, "POST", "/cart/items", {"sku": "LAST-1", "quantity": 1})[2] for _number in range(count)]


def test_of_all_buyers_of_the_last_item_one_gets_it_and_the_others_read_that_it_is_sold_out(
    empty_site: RunningSite,
) -> None:
    site = empty_site
    # SQLite has one writer at a time: there a hundred would only wait for each other.
    buyers = 100 if site.environment["DATABASE_URL"] else 20
    open_shop(site, stock=1)
    keys = carts_for(site, buyers)

    def buy(number: int) -> tuple[int, Any, str]:
        return call(
            site, "POST", "/checkout", order(number), **{"X-Cart": keys[number], "Idempotency-Key": f"b{number}"}
        )

    answers = at_once(buyers, buy)
    assert sorted(status for status, _body, _key in answers) == [201] + [409] * (buyers - 1), answers
    refused = [body for status, body, _key in answers if status == 409]
    assert {body["type"] for body in refused} == {"sold_out"}
    assert all("LAST-1" in json.dumps(body) for body in refused)
    assert site.manage("shell", "-v0", "-c", BOOKS).split() == ["1", "1", "1"]


def test_a_coupon_with_ten_uses_is_used_ten_times(empty_site: RunningSite) -> None:
    site = empty_site
    buyers = 100 if site.environment["DATABASE_URL"] else 20
    coupon = "from store.models import Coupon as C; C.objects.create(code='TEN', value=10, max_uses=10)"
    open_shop(site, stock=1000, more=coupon)
    keys = carts_for(site, buyers)

    def buy(number: int) -> tuple[int, Any, str]:
        return call(site, "POST", "/checkout", order(number, coupon="ten"), **{"X-Cart": keys[number]})

    answers = at_once(buyers, buy)
    assert sorted(status for status, _body, _key in answers) == [201] * 10 + [422] * (buyers - 10), answers
    assert {body["type"] for status, body, _key in answers if status == 422} == {"coupon_refused"}
    uses = "from store.models import *; print(Coupon.objects.get().used, CouponUse.objects.count())"
    assert site.manage("shell", "-v0", "-c", uses).split() == ["10", "10"]
    assert site.manage("shell", "-v0", "-c", BOOKS).split() == ["10", "10", "1000"]


def test_ten_parallel_clicks_make_one_order_and_lead_to_it(empty_site: RunningSite) -> None:
    site = empty_site
    open_shop(site, stock=10)
    (key,) = carts_for(site, 1)

    def click(number: int) -> tuple[int, Any, str]:
        return call(site, "POST", "/checkout", order(1), **{"X-Cart": key, "Idempotency-Key": f"call-{number}"})

    def same(_number: int) -> tuple[int, Any, str]:
        return call(site, "POST", "/checkout", order(1), **{"X-Cart": key, "Idempotency-Key": "same"})

    answers = at_once(10, same)
    # The idempotency key answers 409 `in_progress` while the first call runs: its caller tries again.
    answers = [same(0) if status == 409 else (status, body, sent) for status, body, sent in answers]
    assert {status for status, _body, _key in answers} == {201}
    assert len({body["number"] for _status, body, _key in answers}) == 1
    assert site.manage("shell", "-v0", "-c", BOOKS).split() == ["1", "1", "10"]
    assert {status for status, _body, _key in at_once(3, click)} == {409}
