"""Staff keep the catalogue through the API: products by SKU, imports and exports as jobs."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.tests.factories import UserFactory
from jobs.models import Work
from store import stock
from store.models import Product, ProductListing, Stock, StockMovement
from store.tests.factories import ProductFactory
from store.tests.test_import_jobs import done

pytestmark = pytest.mark.django_db

LAMP = {"name": "Lamp", "category": ["Home", "Lamps"], "price": "19.90", "brand": "Acme", "stock": 4}


class Api:
    """A signed-in caller."""

    def __init__(self, *groups: str) -> None:
        self.client = Client()
        self.client.force_login(UserFactory(groups=groups))
        self.client.defaults["HTTP_X_CSRFTOKEN"] = (
            self.client.get("/accounts/password/change/").cookies["csrftoken"].value
        )

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        call = getattr(self.client, method)
        return call(f"/api/v1{path}", *([] if body is None else [json.dumps(body)]), content_type="application/json")


@pytest.fixture
def keeper() -> Api:
    return Api("Shop managers")


def test_a_product_is_made_once(keeper: Api) -> None:
    answer = keeper("post", "/products", {"sku": "L/1", **LAMP, "specifications": {"Power": "5 W"}})
    assert (answer.status_code, answer.json()["on_hand"], answer.json()["slug"]) == (201, 4, "lamp")
    product = Product.objects.get()
    assert (product.category.name, product.specifications.get().value) == ("Lamps", "5 W")
    assert ProductListing.objects.get().in_stock
    assert StockMovement.objects.get().actor
    again = keeper("post", "/products", {"sku": "L/1", **LAMP})
    assert (again.status_code, again.json()["type"]) == (409, "known_sku")


def test_put_makes_or_changes_what_it_mentions(keeper: Api) -> None:
    assert keeper("put", "/products/sku/L/1", LAMP).status_code == 201
    answer = keeper("put", "/products/sku/L/1", {"price": "15.00", "active": False, "stock": 9})
    assert (answer.status_code, answer.json()["price"], answer.json()["on_hand"]) == (200, "15.00", 9)
    assert Product.objects.get().name == "Lamp" and not ProductListing.objects.exists()
    assert keeper("get", "/products/sku/L/1").json()["active"] is False
    second = keeper("put", "/products/sku/L-2", {"slug": "lamp", "variant": "Blue", "price": "16"})
    assert second.status_code == 201 and Product.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"price": "-1"},
        {"price": "NaN"},
        {"price": "1e30"},
        {"price": {}},
        {"name": "x" * 300},
        {"stock": -1},
        {"category": []},
        {"name": "x", "price": "1"},
        {"name": "\x00", "category": "Home", "price": "1"},
        {"slug": "not a slug", **LAMP},
        {"pictures": ["x"] * 31, **LAMP},
    ],
)
def test_what_cannot_be_sold_is_a_422_with_a_sentence(keeper: Api, body: Any) -> None:
    answer = keeper("put", "/products/sku/A", body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert not Product.objects.exists()


def test_a_count_below_what_orders_hold_is_refused(keeper: Api) -> None:
    item = ProductFactory(sku="A", stock=5).variants.get()
    stock.reserve(items=[(item.pk, 4)])
    answer = keeper("put", "/products/sku/A", {"stock": 1})
    assert answer.status_code == 422 and "4" in answer.json()["detail"]
    assert Stock.objects.get().on_hand == 5


def test_pictures_are_fetched_by_a_job_and_not_in_the_request(keeper: Api) -> None:
    answer = keeper("put", "/products/sku/A", {**LAMP, "pictures": ["http://127.0.0.1/x.png", "file:///etc/passwd"]})
    work = Work.objects.get(pk=answer.json()["pictures_job"])
    assert work.state == "waiting"
    done(work)
    assert (work.refused, work.counts["pictures"]) == (2, 0)
    assert "public" in work.refusals.order_by("pk")[0].reason


def test_an_import_is_started_watched_and_explained(keeper: Api) -> None:
    file = SimpleUploadedFile("x.csv", b"sku,name,category,price\nA,Lamp,Home,5\nB,,Home,5\n")
    answer = keeper.client.post("/api/v1/imports", {"file": file, "dry_run": "true"})
    assert (answer.status_code, answer.json()["status"]) == (202, "waiting"), answer.content
    pk = answer.json()["id"]
    done(Work.objects.get(pk=pk))
    body = keeper("get", f"/imports/{pk}").json()
    assert (body["status"], body["counts"]["created"], body["refused"], body["total"]) == ("done", 1, 1, 2)
    assert keeper("get", f"/imports/{pk}/refused").json()["items"] == [
        {"row": 3, "key": "B", "reason": "The name is missing."}
    ]
    assert keeper("post", f"/imports/{pk}/cancel").status_code == 409
    assert not Product.objects.exists()


def test_an_export_is_made_and_fetched(keeper: Api) -> None:
    ProductFactory(sku="A")
    answer = keeper("post", "/exports", {"what": "catalogue", "format": "json"})
    work = done(Work.objects.get(pk=answer.json()["id"]))
    link = keeper("get", f"/imports/{work.pk}").json()["file"]
    content = b"".join(keeper.client.get(link).streaming_content)  # type: ignore[attr-defined]
    assert json.loads(content)[0]["sku"] == "A"
    assert keeper("post", "/exports", {"what": "passwords"}).status_code == 404
    assert keeper("post", "/exports", {"what": "stock", "format": "exe"}).status_code == 409


def test_others_neither_write_nor_see_anything() -> None:
    ProductFactory(sku="A")
    work = Work.objects.create(kind="store.import_products", title="x")
    for caller, status in ((Api(), 403), (Api("Campaign owners"), 403)):
        assert caller("put", "/products/sku/A", LAMP).status_code == status
        assert caller("post", "/products", {"sku": "B", **LAMP}).status_code == status
        assert caller("get", "/products/sku/A").status_code == status
        assert caller("get", f"/imports/{work.pk}").status_code == 404
        assert caller("post", f"/imports/{work.pk}/cancel").status_code == 404
        assert caller.client.post("/api/v1/imports", {"file": SimpleUploadedFile("x.csv", b"x")}).status_code == status
    assert Client().put("/api/v1/products/sku/A", "{}", content_type="application/json").status_code == 401
    editor = Api("Content managers")
    assert editor("put", "/products/sku/A", {"price": "7"}).status_code == 200
    assert editor("put", "/products/sku/A", {"stock": 7}).status_code == 403
    assert Stock.objects.get().on_hand == 10
