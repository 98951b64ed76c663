"""Coupons through the API: what staff can do with them, and what others and nonsense get."""

from decimal import Decimal
from typing import Any

import pytest

from store import coupons
from store.models import Coupon, CouponUse, Order
from store.tests.factories import BrandFactory, CategoryFactory
from store.tests.shopping import CUSTOMER, buy, cart_with, variant
from store.tests.test_staff_api import Api

pytestmark = pytest.mark.django_db
SPRING = {"code": "Spring", "kind": "percent", "value": "15"}


@pytest.fixture
def shop() -> Api:
    return Api("Shop managers")


def test_a_coupon_is_made_found_changed_and_switched_off(shop: Api) -> None:
    brand, shelf = BrandFactory(), CategoryFactory()
    made = shop("post", "/coupons", {**SPRING, "max_uses": 3, "targets": [{"brand": brand.slug}]})
    assert (made.status_code, made.json()["used"]) == (201, 0), made.content
    pk = made.json()["id"]
    assert made.json()["targets"] == [{"product": None, "category": None, "brand": brand.slug}]
    assert [item["id"] for item in shop("get", "/coupons?q=sPrI&active=true").json()["items"]] == [pk]
    assert shop("get", "/coupons?active=false").json()["items"] == []
    changes = {"value": "20.50", "max_uses": None, "targets": [{"category": shelf.slug}, {"brand": brand.slug}]}
    changed = shop("patch", f"/coupons/{pk}", changes).json()
    assert (changed["value"], changed["max_uses"], changed["code"], len(changed["targets"])) == (
        "20.50",
        None,
        "Spring",
        2,
    )
    for _twice in range(2):
        assert shop("post", f"/coupons/{pk}/switch-off").json()["active"] is False
    assert shop("get", f"/coupons/{pk}").json()["targets"] == changed["targets"]
    assert shop("patch", f"/coupons/{pk}", {"targets": [], "active": True}).json()["targets"] == []


def test_its_uses_are_listed_with_what_was_given_back(shop: Api) -> None:
    coupon = Coupon.objects.create(code="Ten", kind="percent", value=Decimal(10))
    order = place(coupon)
    items = shop("get", f"/coupons/{coupon.pk}/uses").json()["items"]
    assert [(item["order"], item["email"], item["amount"]) for item in items] == [
        (order.number, CUSTOMER.email, "1.00")
    ]
    assert items[0]["released_at"] is None
    refused = shop("patch", f"/coupons/{coupon.pk}", {"max_uses": 0})
    assert refused.status_code == 422
    assert CouponUse.objects.count() == 1


def place(coupon: Coupon) -> Order:
    item = variant()
    cart = cart_with((item, 1))
    coupons.put_in(cart=cart, code=coupon.code)
    return buy((item, 1), cart=cart)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"value": "101"}, ""),
        ({"value": "0"}, ""),
        ({"value": "-1"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1e99"}, "value"),
        ({"kind": "gift"}, "kind"),
        ({"code": ""}, "code"),
        ({"code": "\x00 "}, "code"),
        ({"code": "x" * 41}, "code"),
        ({"code": "sPRING"}, "code"),
        ({"max_uses": 2**40}, "max_uses"),
        ({"starts_at": "2027-01-02T00:00Z", "ends_at": "2027-01-01T00:00Z"}, ""),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, ""),
        ({"targets": [{}]}, ""),
        ({"minimum": {}}, "minimum"),
        ({"active": None}, "active"),
    ],
)
def test_what_cannot_be_is_a_422_with_a_sentence(shop: Api, body: dict[str, Any], field: str) -> None:
    Coupon.objects.create(code="Spring", kind="percent", value=Decimal(5))
    answer = shop("post", "/coupons", {**SPRING, "code": "Other", **body})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json"), answer.content
    assert answer.json()["errors"][0]["message"]
    assert not field or answer.json()["errors"][0]["field"] == field
    assert Coupon.objects.count() == 1


def test_a_target_that_is_not_in_the_shop_is_named(shop: Api) -> None:
    answer = shop("post", "/coupons", {**SPRING, "targets": [{"brand": "nobody"}]})
    assert (answer.status_code, "nobody" in answer.json()["detail"]) == (409, True)
    assert not Coupon.objects.exists()


def test_fewer_uses_than_there_are_is_refused(shop: Api) -> None:
    coupon = Coupon.objects.create(code="Ten", kind="percent", value=Decimal(10), used=3)
    answer = shop("patch", f"/coupons/{coupon.pk}", {"max_uses": 2})
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (422, "It has been used more often already.")


def test_others_neither_see_nor_change_them() -> None:
    coupon = Coupon.objects.create(code="Ten", kind="percent", value=Decimal(10))
    for caller in (Api(), Api("Content managers"), Api("Campaign owners")):
        for method, path, body in (
            ("get", "/coupons", None),
            ("post", "/coupons", SPRING),
            ("get", f"/coupons/{coupon.pk}", None),
            ("patch", f"/coupons/{coupon.pk}", {"value": "99"}),
            ("post", f"/coupons/{coupon.pk}/switch-off", None),
            ("get", f"/coupons/{coupon.pk}/uses", None),
        ):
            assert caller(method, path, body).status_code == 403, (method, path)
    shop = Api("Shop managers")
    for number in (coupon.pk + 1, 2**70):
        assert shop("get", f"/coupons/{number}").status_code == 404
    assert shop.client.logout() is None and shop("get", "/coupons").status_code == 401
