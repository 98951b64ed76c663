"""One product's page."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store import listing, pictures, stock
from store.models import Product, ProductPicture, ProductSpecification
from store.tests.factories import CategoryFactory, ProductFactory, VariantFactory, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp() -> Product:
    """Three options: 5, 2 and 0 pieces; two pictures, the second one the blue option's."""
    shelf = CategoryFactory(name_en="Lamps", slug="lamps", parent=CategoryFactory(name_en="Home", slug="home"))
    product = ProductFactory(name_en="Lamp", name_ru="Лампа", slug="lamp", category=shelf, variant=None)
    red, blue = picture("red.png"), picture("blue.png")
    VariantFactory(
        product=product, sku="RED", name_en="Red", name_ru="Красная", price=Decimal(20), stock=5, sort_order=0
    )
    VariantFactory(product=product, sku="BLUE", name_en="Blue", price=Decimal(18), stock=2, image=blue, sort_order=1)
    VariantFactory(product=product, sku="GONE", name_en="Green", price=Decimal(10), stock=0, sort_order=2)
    ProductPicture.objects.create(product=product, image=red, sort_order=0)
    ProductPicture.objects.create(product=product, image=blue, sort_order=1)
    ProductSpecification.objects.create(product=product, name_en="Height", name_ru="Высота", value_en="40 cm")
    listing.refresh(product_ids=[product.pk])
    return product


def test_the_page_offers_every_option_with_its_price_and_stock(client: Client, lamp: Product) -> None:
    response = client.get("/store/p/lamp/")
    offers = {offer.variant.sku: offer for offer in response.context["offers"]}
    assert response.context["offer"].variant.sku == "RED"
    assert (offers["BLUE"].is_low, offers["GONE"].available) == (True, 0)
    page = response.content.decode()
    assert "Only 2 left" in page
    assert "€18.00" in page
    assert "40 cm" in page


def test_the_first_option_that_can_be_bought_is_chosen(client: Client, lamp: Product) -> None:
    stock.set_on_hand(sku="RED", on_hand=0)
    assert client.get("/store/p/lamp/").context["offer"].variant.sku == "BLUE"


def test_a_sold_out_product_says_so_and_cannot_be_put_into_the_cart(client: Client) -> None:
    ProductFactory(slug="gone", stock=0)
    page = client.get("/store/p/gone/").content.decode()
    assert "Sold out" in page
    assert 'type="submit" form="buy"' not in page


def test_search_engines_read_the_offers_and_the_way_here(client: Client, lamp: Product) -> None:
    page = client.get("/store/p/lamp/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.+?)</script>', page)
    product, crumbs = (json.loads(block) for block in blocks)
    assert product["@type"] == "Product"
    assert [(offer["price"], offer["priceCurrency"], offer["availability"][-10:]) for offer in product["offers"]] == [
        ("20.00", "EUR", "rg/InStock"),
        ("18.00", "EUR", "rg/InStock"),
        ("10.00", "EUR", "OutOfStock"),
    ]
    assert [entry["name"] for entry in crumbs["itemListElement"]] == ["Home", "Lamps", "Lamp"]
    assert '<meta property="og:image" content="http' in page
    assert re.search(r'rel="canonical" href="http[^"]+/store/p/lamp/"', page)


def test_the_page_in_russian(client: Client, lamp: Product) -> None:
    page = client.get("/ru/store/p/lamp/").content.decode()
    assert "Лампа" in page
    assert "Красная" in page
    assert "Высота" in page


@pytest.mark.parametrize("slug", ["no-such", "нет", "a" * 400])
def test_an_unknown_product_is_not_found(client: Client, slug: str) -> None:
    assert client.get(f"/store/p/{slug}/").status_code == 404


def test_what_is_not_for_sale_is_not_found(client: Client) -> None:
    product = ProductFactory(slug="hidden", active=False)
    assert client.get("/store/p/hidden/").status_code == 404
    assert client.get(f"/api/v1/products/{product.slug}").status_code == 404


def test_related_products_are_from_the_same_shelf_and_not_the_product_itself(client: Client, lamp: Product) -> None:
    others = [ProductFactory(category=lamp.category).pk for _number in range(5)]
    ProductFactory()
    related = [card.pk for card in client.get("/store/p/lamp/").context["related"]]
    assert len(related) == 4
    assert set(related) < set(others)


def test_a_product_page_costs_few_queries_however_much_is_on_it(client: Client, lamp: Product) -> None:
    for number in range(6):
        VariantFactory(product=lamp, sku=f"MORE-{number}")
        ProductPicture.objects.create(product=lamp, image=picture(f"more-{number}.png"), sort_order=number)
        ProductSpecification.objects.create(product=lamp, name_en=f"P{number}", value_en="x")
    pictures.prepare(product_ids=[lamp.pk])
    client.get("/store/p/lamp/")
    client.cookies["sessionid"] = "x" * 32
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/store/p/lamp/").status_code == 200
    assert len(queries) <= 6, [query["sql"] for query in queries]


def test_pictures_that_were_prepared_are_not_made_again(lamp: Product) -> None:
    assert pictures.prepare(product_ids=[lamp.pk]) == 2
    with CaptureQueriesContext(connection) as queries:
        pictures.prepare(product_ids=[lamp.pk])
    assert not [query for query in queries if "INSERT" in query["sql"]]


def test_anonymous_visitors_share_the_page_and_it_carries_no_token(lamp: Product) -> None:
    caches["local"].clear()
    first = Client().get("/store/p/lamp/")
    assert "csrfmiddlewaretoken" not in first.content.decode()
    assert not first.cookies
    with CaptureQueriesContext(connection) as queries:
        assert Client().get("/store/p/lamp/").content == first.content
    assert len(queries) == 0


def test_rich_text_is_shown_and_links_work(client: Client, lamp: Product) -> None:
    Product.objects.filter(pk=lamp.pk).update(description_en="<h3>Bright</h3><p>Very <b>bright</b>.</p>")
    assert "<h3>Bright</h3>" in client.get("/store/p/lamp/").content.decode()


def test_the_quantity_cannot_be_more_than_there_is(client: Client, lamp: Product) -> None:
    page: Any = client.get("/store/p/lamp/").content.decode()
    assert 'name="quantity" value="1" min="1" max="5"' in page
