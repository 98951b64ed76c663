"""Staff keep the catalogue through the API: products by SKU, imports and exports as jobs."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.tests.factories import UserFactory
from jobs.models import Work
from store import stock
from store.models import Attribute, OptionType, Product, ProductListing, Stock, StockMovement, Variant
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


def test_a_sku_of_what_no_database_keeps_is_refused(keeper: Api) -> None:
    assert keeper("post", "/products", {"sku": "\x00", **LAMP}).status_code == 422


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


def test_options_attributes_and_the_rest_are_written_by_slug(keeper: Api) -> None:
    size = OptionType.objects.create(name_en="Shoe size", slug="shoe-size")
    Attribute.objects.create(name_en="Waterproof", slug="waterproof", kind="flag")
    Attribute.objects.create(name_en="Height", slug="height", kind="number")
    body = {**LAMP, "options": {"shoe-size": "42"}, "attributes": {"waterproof": True, "height": "2.5"}, "weight": 300}
    answer = keeper("put", "/products/sku/A", body | {"publish_until": "2031-01-01T00:00:00Z"})
    assert answer.status_code == 201, answer.content
    item = Variant.objects.select_related("product").get()
    assert (item.name_en, item.weight, size.values.get().name_en) == ("42", 300, "42")  # type: ignore[attr-defined]
    assert item.product.expire_at.year == 2031 and item.product.attributes.count() == 2
    for wrong in ({"options": {"colour": "red"}}, {"attributes": {"height": "tall"}}, {"tax_class": "none"}):
        refused = keeper("put", "/products/sku/A", wrong)
        assert (refused.status_code, refused.json()["type"]) == (422, "refused_product")


def test_a_product_goes_through_its_steps(keeper: Api) -> None:
    product = ProductFactory(slug="lamp", sku="A")

    def step(name: str) -> dict[str, Any]:
        answer = keeper("post", f"/products/lamp/{name}")
        assert answer.status_code == 200, answer.content
        return answer.json()  # type: ignore[no-any-return]

    assert step("unpublish")["published"] is False and not ProductListing.objects.exists()
    assert step("publish")["published"] is True and ProductListing.objects.exists()
    for _twice in range(2):
        assert step("archive")["archived_at"]
    assert keeper("get", "/products/sku/A").json()["archived"] is True
    assert keeper("get", "/products/lamp").status_code == 410
    taken_out = step("unarchive")
    assert (taken_out["archived_at"], taken_out["published"]) == (None, False)
    assert keeper("get", "/products/lamp").status_code == 404
    assert step("publish")["published"] is True
    assert ModelLogEntry.objects.filter(object_id=str(product.pk), action="store.unarchive").exists()


def test_an_unpublished_product_of_tomorrow_stays_away(keeper: Api) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    keeper("put", "/products/sku/A", {**LAMP, "slug": "lamp", "publish_from": tomorrow.isoformat()})
    assert keeper("post", "/products/lamp/unpublish").json()["published"] is False
    assert not Product.objects.get().revisions.filter(approved_go_live_at__isnull=False).exists()


def test_steps_of_products_are_for_those_who_may_publish(keeper: Api) -> None:
    ProductFactory(slug="lamp")
    for caller in (Api(), Api("Campaign owners"), Api("Managers")):
        assert caller("post", "/products/lamp/archive").status_code == 403
    assert keeper("post", "/products/nothing/archive").status_code == 404
    assert keeper("post", "/products/%00/archive").status_code == 404
    assert keeper("post", "/products/lamp/burn").status_code == 422
    assert Product.objects.get().archived_at is None


def test_columns_of_an_import_are_said_by_the_caller(keeper: Api) -> None:
    def send(mapping: str) -> Any:
        file = SimpleUploadedFile("x.csv", b"ref,name,category,cost\nA,Lamp,Home,5\n")
        return keeper.client.post("/api/v1/imports", {"file": file, "mapping": mapping})

    answer = send('{"ref": "sku", "cost": "price"}')
    assert answer.status_code == 202, answer.content
    assert done(Work.objects.get()).counts["created"] == 1
    for wrong in ('{"ref": "password"}', '{"ref": "sku", "cost": "sku"}', "{", "[]", '{"ref": 5}'):
        assert send(wrong).status_code == 422, wrong
