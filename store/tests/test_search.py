"""Words find products, in English and Russian, on both databases."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from store import listing, search
from store.models import Product, ProductListing
from store.tests.factories import BrandFactory, CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods() -> None:
    audio = CategoryFactory(name_en="Audio", name_ru="Звук")
    aria = BrandFactory(name="Northwind", slug="northwind")
    ProductFactory(
        name_en="Aria 700 over-ear headphones", name_ru="Наушники Aria 700", category=audio, brand=aria, sku="AR-700"
    )
    ProductFactory(name_en="Slate laptop", description_en="<p>Comes with headphones.</p>", sku="SL-14", popularity=500)
    ProductFactory(name_en="USB-C cable, 2 m", name_ru="Кабель USB-C", sku="4984700")


def found(words: str) -> list[str]:
    words = search.clean(words)
    ids = search.ranked(search.matching(ProductListing.objects.all(), words), words)
    products = Product.objects.in_bulk(ids)
    return [products[pk].name_en.split()[0] for pk in ids]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("aria", ["Aria"]),
        ("ARIA", ["Aria"]),
        ("head", ["Aria", "Slate"]),
        ("headphone", ["Aria", "Slate"]),
        ("headphones aria", ["Aria"]),
        ("northwind", ["Aria"]),
        ("audio head", ["Aria"]),
        ("наушники", ["Aria"]),
        ("науш", ["Aria"]),
        ("звук", ["Aria"]),
        ("4984700", ["USB-C"]),
        ("498", ["USB-C"]),
        ("usb-c", ["USB-C"]),
        ('"slate laptop"', ["Slate"]),
        ('"laptop slate"', []),
        ("headphones -slate", ["Aria"]),
        ("zeppelin", []),
        ("laptop zeppelin", []),
    ],
)
def test_words_find_products(goods: None, words: str, expected: list[str]) -> None:
    assert found(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "'",
        '"',
        '""',
        "\\",
        "()",
        "a'b",
        "*",
        ":*",
        "-",
        "--",
        "& | !",
        "AND",
        "OR NOT",
        "NEAR(a b)",
        "name:x",
        "😀",
        "%",
        "a\x00b",
        "x" * 500,
        'half "open',
        "^",
        "{a}",
        "the",
        "<->",
        "-only -minus",
        "ы" * 199 + " я",
    ],
)
def test_no_words_break_the_search(goods: None, client: Client, words: str) -> None:
    assert client.get("/store/search/", {"q": words}).status_code in (200, 302)


def test_no_words_at_all_lead_to_the_shop(client: Client) -> None:
    assert client.get("/store/search/?q=+")["Location"] == "/store/"
    assert client.get("/store/search/")["Location"] == "/store/"


def test_a_name_counts_more_than_a_description_and_popularity_does_not_change_that(goods: None, client: Client) -> None:
    response = client.get("/store/search/?q=headphones")
    assert [card.name for card in response.context["products"]] == ["Aria 700 over-ear headphones", "Slate laptop"]
    response = client.get("/store/search/?q=headphones&sort=popular")
    assert response.context["products"][0].name == "Slate laptop"


def test_found_products_can_be_narrowed_by_category_and_brand(goods: None, client: Client) -> None:
    response = client.get("/store/search/?q=headphones&brand=northwind")
    assert len(response.context["products"]) == 1
    [(shelf, url, number)] = [
        entry for entry in client.get("/store/search/?q=headphones").context["shelves"] if entry[0].name == "Audio"
    ]
    assert (number, url) == (1, f"/store/search/?q=headphones&category={shelf.slug}")
    response = client.get(url)
    assert [card.name for card in response.context["products"]] == ["Aria 700 over-ear headphones"]
    assert [chip["label"] for chip in response.context["chips"]] == ["Audio"]


def test_pages_by_relevance_join_and_end(client: Client) -> None:
    shelf = CategoryFactory()
    for number in range(30):
        ProductFactory(name_en=f"Lamp {number}", category=shelf)
    first = client.get("/store/search/?q=lamp")
    second = client.get(first.context["next_url"])
    pks = [card.pk for response in (first, second) for card in response.context["products"]]
    assert (len(pks), len(set(pks))) == (30, 30)
    assert second.context["next_url"] == ""
    assert second.context["previous_url"] == "/store/search/?q=lamp"


def test_renaming_and_removing_change_what_is_found(goods: None) -> None:
    row = ProductListing.objects.get(product__name_en__startswith="Slate")
    product = row.product
    product.name_en = "Granite laptop"
    product.save()
    listing.refresh(product_ids=[product.pk])
    assert (found("slate"), found("granite")) == ([], ["Granite"])
    product.active = False
    product.save()
    listing.refresh(product_ids=[product.pk])
    assert found("granite") == []


def test_facets_count_what_the_words_found(goods: None, client: Client) -> None:
    ProductFactory(name_en="Other headphones", price=Decimal(400))
    caches["local"].clear()
    facets: Any = client.get("/store/search/?q=headphones").context["facets"]
    assert facets.count == 3
    assert [(choice.value, choice.count) for choice in facets.prices] == [("0-20", 2), ("150-500", 1)]
