"""The catalogue's API."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from store import stock
from store.models import ProductListing, Stock
from store.tests.factories import BrandFactory, CategoryFactory, ProductFactory, VariantFactory, picture

pytestmark = pytest.mark.django_db


def as_role(*groups: str) -> Client:
    user = User.objects.create_user("someone@example.com", "secret")
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


def put(client: Client, sku: str, body: Any) -> Any:
    client.get("/fragments/header")
    return client.put(f"/api/v1/stock/{sku}", json.dumps(body), content_type="application/json")


def test_a_product_in_the_list_has_the_shape_of_the_contract(client: Client) -> None:
    product = ProductFactory(
        name_en="Lamp", slug="lamp", sku="A", price=Decimal("19.90"), stock=3, brand=BrandFactory(name="Acme")
    )
    VariantFactory(product=product, sku="B", price=Decimal(25), stock=4)
    body = client.get("/api/v1/products").json()
    assert (body["count"], body["next_cursor"]) == (1, None)
    assert body["items"][0] == {
        "sku": "A",
        "slug": "lamp",
        "name": "Lamp",
        "brand": "Acme",
        "price": "19.90",
        "compare_at_price": None,
        "currency": "EUR",
        "available": 7,
        "url": body["items"][0]["url"],
        "image": None,
        "rating": None,
        "rating_count": 0,
    }
    assert body["items"][0]["url"].endswith("/store/p/lamp/")


def test_lists_are_paged_sorted_narrowed_and_searched(client: Client) -> None:
    shelf = CategoryFactory(slug="lamps")
    for number in range(5):
        ProductFactory(name_en=f"Lamp {number}", sku=f"L{number}", price=Decimal(10 + number), category=shelf)
    ProductFactory(name_en="Chair", stock=0)
    skus: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(
            "/api/v1/products", {"category": "lamps", "sort": "-price", "page_size": 2, "cursor": cursor}
        ).json()
        skus += [item["sku"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert skus == ["L4", "L3", "L2", "L1", "L0"]
    assert page["count"] == 5
    assert [item["name"] for item in client.get("/api/v1/products?q=chai").json()["items"]] == ["Chair"]
    assert client.get("/api/v1/products?in_stock=true").json()["count"] == 5
    cursor = client.get("/api/v1/products?q=lamp&page_size=2").json()["next_cursor"]
    assert len(client.get("/api/v1/products", {"q": "lamp", "page_size": 3, "cursor": cursor}).json()["items"]) == 3


def test_a_list_is_narrowed_by_rating_and_price_as_in_the_shop(client: Client) -> None:
    for name, price, stars in (("Good", 15, 4.5), ("Fair", 60, 3.2), ("New", 15, 0)):
        product = ProductFactory(name_en=name, price=Decimal(price))
        ProductListing.objects.filter(pk=product.pk).update(rating=stars, rating_count=2 if stars else 0)

    def found(query: str) -> set[str]:
        body = client.get(f"/api/v1/products?{query}").json()
        names = {item["name"] for item in body["items"]}
        assert body["count"] == len(names)
        assert names == {card.name for card in client.get(f"/store/?{query}").context["products"]}
        return names

    assert found("rating=4") == {"Good"}
    assert found("rating=3") == {"Good", "Fair"}
    assert found("rating=3&price=50-150") == {"Fair"}
    assert found("price=0-20&price=50-150") == {"Good", "Fair", "New"}
    # What makes no sense is left out, as it is in an address of the shop.
    assert len(found("rating=9&price=x")) == 3
    (item,) = client.get("/api/v1/products?rating=4").json()["items"]
    assert (item["rating"], item["rating_count"]) == (4.5, 2)


def test_the_schema_says_what_lists_are_narrowed_by(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    parameters = {each["name"]: each for each in schema["paths"]["/api/v1/products"]["get"]["parameters"]}
    assert "4 or 3" in parameters["rating"]["description"]
    assert "0-20, 20-50" in parameters["price"]["description"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("category=no-such", 404),
        ("cursor=x", 422),
        ("page_size=0", 422),
        ("page_size=101", 422),
        ("sort=x", 200),
        ("q=%00", 200),
    ],
)
def test_bad_questions_get_a_problem_document(client: Client, query: str, status: int) -> None:
    response = client.get(f"/api/v1/products?{query}")
    assert response.status_code == status
    if status != 200:
        assert response["Content-Type"] == "application/problem+json"


def test_one_product_with_its_variants(client: Client) -> None:
    product = ProductFactory(slug="lamp", sku="A", price=Decimal(20), stock=0, description_en="<p>Bright</p>")
    VariantFactory(product=product, sku="B", name_en="Blue", price=Decimal(15), stock=4)
    body = client.get("/api/v1/products/lamp").json()
    assert (body["sku"], body["price"], body["available"], body["description"]) == ("B", "15.00", 4, "<p>Bright</p>")
    assert [(item["sku"], item["available"]) for item in body["variants"]] == [("B", 4), ("A", 0)]
    assert client.get("/api/v1/products/no-such").status_code == 404


def test_the_category_tree(client: Client) -> None:
    CategoryFactory(slug="cases", parent=CategoryFactory(slug="phones", name_en="Phones"))
    body = client.get("/api/v1/categories").json()
    assert [(item["slug"], item["parent"], item["depth"]) for item in body["items"]] == [
        ("phones", None, 1),
        ("cases", "phones", 2),
    ]


def test_a_category_comes_with_its_words_and_picture(client: Client) -> None:
    image = picture("phones.png")
    CategoryFactory(slug="phones", name_en="Phones", intro_en="To call with.", image=image)
    CategoryFactory(slug="cases")
    phones, cases = client.get("/api/v1/categories").json()["items"]
    assert phones["intro"] == "To call with."
    assert phones["image"].endswith(".png")
    assert (cases["intro"], cases["image"]) == ("", None)
    assert client.get("/api/v1/categories/phones").json()["image"] == phones["image"]


def test_a_shop_manager_sees_and_sets_the_stock() -> None:
    variant = ProductFactory(sku="A", stock=5).variants.get()
    stock.reserve(items=[(variant.pk, 2)])
    client = as_role("Shop managers")
    assert client.get("/api/v1/stock/A").json() == {"sku": "A", "on_hand": 5, "reserved": 2, "available": 3}
    token = client.get("/accounts/password/change/").cookies.get("csrftoken")
    assert token is not None
    client.defaults["HTTP_X_CSRFTOKEN"] = token.value
    assert put(client, "A", {"on_hand": 8}).json() == {"sku": "A", "on_hand": 8, "reserved": 2, "available": 6}
    response = put(client, "A", {"on_hand": 1})
    assert (response.status_code, response.json()["type"], response.json()["reserved"]) == (409, "below_reserved", 2)
    for wrong in ({"on_hand": -1}, {"on_hand": "x"}, {}, {"on_hand": 10**12}):
        assert put(client, "A", wrong).status_code == 422
    assert put(client, "no-such", {"on_hand": 1}).status_code == 404
    assert client.get("/api/v1/stock/no-such").status_code == 404
    assert Stock.objects.get().on_hand == 8


def test_a_sku_with_a_slash_has_its_stock_at_its_own_address() -> None:
    ProductFactory(sku="LAMP/2", stock=5)
    assert as_role("Shop managers").get("/api/v1/stock/LAMP/2").json()["on_hand"] == 5


def test_the_stock_is_not_for_everybody(client: Client) -> None:
    ProductFactory(sku="A", stock=5)
    assert client.get("/api/v1/stock/A").status_code == 401
    assert put(client, "A", {"on_hand": 1}).status_code == 401
    shopper = as_role()
    assert shopper.get("/api/v1/stock/A").status_code == 403
    assert put(shopper, "A", {"on_hand": 1}).status_code == 403
    assert Stock.objects.get().on_hand == 5


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ED%A0%80", "%FF", "x" * 3000])
def test_an_odd_slug_or_sku_is_absent_like_any_other(odd: str, client: Client) -> None:
    assert client.get(f"/api/v1/products/{odd}").status_code == 404
    keeper = as_role("Shop managers")
    assert keeper.get(f"/api/v1/stock/{odd}").status_code == 404
    assert put(keeper, odd, {"on_hand": 1}).status_code == 404
