"""Lists as shoppers and search engines see them."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store import listing, pictures
from store.models import Category, Product, ProductPicture
from store.tests.factories import BrandFactory, CategoryFactory, ProductFactory, VariantFactory, picture

pytestmark = pytest.mark.django_db


def names(response: Any) -> list[str]:
    return [card.name for card in response.context["products"]]


@pytest.fixture
def shop() -> dict[str, Any]:
    """Two shelves in one department, three brands, four products."""
    phones = CategoryFactory(name_en="Phones", name_ru="Телефоны", slug="phones")
    cases = CategoryFactory(name_en="Cases", slug="cases", parent=phones)
    acme, bolt = BrandFactory(name="Acme", slug="acme"), BrandFactory(name="Bolt", slug="bolt")
    return {
        "phone": ProductFactory(
            name_en="Phone One", name_ru="Телефон", category=phones, brand=acme, price=Decimal(499), popularity=9
        ),
        "cheap": ProductFactory(
            name_en="Phone Two", category=phones, brand=bolt, price=Decimal(99), stock=0, popularity=5
        ),
        "case": ProductFactory(name_en="Leather Case", category=cases, brand=acme, price=Decimal(19), popularity=7),
        "cover": ProductFactory(
            name_en="Glass Cover", category=cases, brand=bolt, price=Decimal("49.50"), stock=2, popularity=1
        ),
    }


def test_the_shop_lists_everything_that_is_for_sale_the_popular_first(client: Client, shop: Any) -> None:
    ProductFactory(name_en="Hidden", active=False)
    ProductFactory(name_en="Nothing to buy", variant=None)
    assert names(client.get("/store/")) == ["Phone One", "Leather Case", "Phone Two", "Glass Cover"]


def test_a_category_shows_what_stands_in_it_and_below(client: Client, shop: Any) -> None:
    assert len(names(client.get("/store/c/phones/"))) == 4
    response = client.get("/store/c/cases/")
    assert names(response) == ["Leather Case", "Glass Cover"]
    assert [crumb["label"] for crumb in response.context["crumbs"]] == ["Shop", "Phones", "Cases"]


def test_a_category_introduces_itself_until_the_list_is_narrowed(client: Client, shop: Any) -> None:
    Category.objects.filter(slug="cases").update(intro_en="Cork and leather.", intro_ru="Пробка и кожа.")
    assert "Cork and leather." in client.get("/store/c/cases/").content.decode()
    assert "Пробка и кожа." in client.get("/ru/store/c/cases/").content.decode()
    assert "Cork and leather." not in client.get("/store/c/cases/?brand=acme").content.decode().partition("<main")[2]


def test_the_head_of_a_category_shows_its_picture_in_its_size(client: Client, shop: Any) -> None:
    image = picture("cases.png", size=(1400, 1000))
    pictures.make_missing(image_ids=[image.pk])
    Category.objects.filter(slug="cases").update(intro_en="Cork and leather.", image=image)
    page = client.get("/store/c/cases/").content.decode()
    tag = re.search(r'<picture class="category-picture">.*?</picture>', page).group(0)  # type: ignore[union-attr]
    assert 'width="1200" height="857"' in tag
    assert "image/avif" in tag
    head = page.partition("</head>")[0]
    assert re.search(r'<meta property="og:image" content="http[^"]+\.webp">', head)
    assert '<meta property="og:description" content="Cork and leather.">' in head
    assert '<meta name="description" content="Cork and leather. ' in head
    narrowed = client.get("/store/c/cases/?in_stock=1").content.decode()
    assert "category-picture" not in narrowed
    assert "og:image" in narrowed


def test_further_pages_of_a_category_begin_with_their_products(client: Client, shop: Any) -> None:
    Category.objects.filter(slug="cases").update(intro_en="Cork and leather.")
    for number in range(25):
        ProductFactory(name_en=f"Case {number}", category=Category.objects.get(slug="cases"))
    first = client.get("/store/c/cases/")
    assert "category-head" in first.content.decode()
    second = client.get(first.context["next_url"]).content.decode()
    assert "category-head" not in second
    assert "<h1" in second


def test_an_unknown_category_is_not_found(client: Client, shop: Any) -> None:
    assert client.get("/store/c/no-such/").status_code == 404
    assert client.get("/store/c/телефоны/").status_code == 404


def test_filters_narrow_the_list_and_stand_in_the_address(client: Client, shop: Any) -> None:
    assert names(client.get("/store/?brand=acme")) == ["Phone One", "Leather Case"]
    assert names(client.get("/store/?brand=acme&brand=bolt&price=0-20")) == ["Leather Case"]
    assert names(client.get("/store/?price=20-50&price=150-500")) == ["Phone One", "Glass Cover"]
    assert names(client.get("/store/?in_stock=1")) == ["Phone One", "Leather Case", "Glass Cover"]
    response = client.get("/store/?brand=acme&in_stock=1")
    assert [chip["label"] for chip in response.context["chips"]] == ["Acme", "In stock"]
    assert [chip["url"] for chip in response.context["chips"]] == ["/store/?in_stock=1", "/store/?brand=acme"]


def test_each_facet_is_counted_as_if_nothing_were_chosen_in_it(client: Client, shop: Any) -> None:
    facets = client.get("/store/?brand=acme&in_stock=1").context["facets"]
    assert facets.count == 2
    assert {(choice.value, choice.count, choice.chosen) for choice in facets.brands} == {
        ("acme", 2, True),
        ("bolt", 1, False),
    }
    assert [(choice.value, choice.count) for choice in facets.prices] == [("0-20", 1), ("150-500", 1)]
    assert [(shelf.slug, number) for shelf, number in facets.categories] == [("phones", 2)]
    facets = client.get("/store/c/phones/?price=0-20").context["facets"]
    assert [choice.count for choice in facets.prices] == [1, 1, 1, 1]
    assert [(shelf.slug, number) for shelf, number in facets.categories] == [("cases", 1)]


@pytest.mark.parametrize(
    "query",
    [
        "brand=no-such",
        "price=5-6&price=&price=x",
        "in_stock=yes",
        "sort=random()",
        "brand=%00",
        "brand=" + "x" * 3000,
        "category=no-such",
        "utm_source=%F0%9F%98%80",
        "&".join(f"brand=b{n}" for n in range(300)),
    ],
)
def test_nonsense_in_the_address_is_never_an_error(client: Client, shop: Any, query: str) -> None:
    assert client.get(f"/store/?{query}").status_code == 200


def test_a_category_among_the_parameters_is_said_in_the_path(client: Client, shop: Any) -> None:
    response = client.get("/store/?category=cases&brand=acme")
    assert (response.status_code, response["Location"]) == (302, "/store/c/cases/?brand=acme")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("price", ["Leather Case", "Glass Cover", "Phone Two", "Phone One"]),
        ("-price", ["Phone One", "Phone Two", "Glass Cover", "Leather Case"]),
        ("newest", ["Glass Cover", "Leather Case", "Phone Two", "Phone One"]),
    ],
)
def test_the_order_is_chosen_and_remembered(client: Client, shop: Any, sort: str, expected: list[str]) -> None:
    assert names(client.get(f"/store/?sort={sort}")) == expected
    assert names(client.get("/store/")) == expected
    assert client.cookies["sort"].value == sort


def test_a_cookie_with_nonsense_is_ignored(client: Client, shop: Any) -> None:
    client.cookies["sort"] = "'; drop"
    assert names(client.get("/store/"))[0] == "Phone One"


@pytest.mark.parametrize("sort", ["popular", "newest", "price", "-price"])
def test_pages_join_without_gap_or_repetition_forwards_and_back(client: Client, sort: str) -> None:
    shelf, brand = CategoryFactory(), BrandFactory()
    for number in range(60):
        # Many equal values: only the tie-breaker tells them apart.
        ProductFactory(category=shelf, brand=brand, popularity=number % 3, price=Decimal(5 + number % 2))
    url, seen, pages = f"/store/?sort={sort}", [], 0
    responses = []
    while url:
        response = client.get(url)
        responses.append([card.pk for card in response.context["products"]])
        seen += responses[-1]
        url, pages = response.context["next_url"], pages + 1
        last = response
    assert (len(seen), len(set(seen)), pages) == (60, 60, 3)
    back = client.get(last.context["previous_url"])
    assert [card.pk for card in back.context["products"]] == responses[1]
    assert back.context["next_url"]
    first = client.get(back.context["previous_url"])
    assert (first.status_code, "before" in first["Location"]) == (302, False)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "W10",
        "WzEsMl0x",
        "bnVsbA",
        "WyJ4IiwxXQ",
        "WzEsIngiXQ",
        "WzEsLTFd",
        "WzFlNDAwLDFd",
        "WzEsOTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ",
        "WzEwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAsMV0",
        "W3RydWUsMV0",
    ],
)
@pytest.mark.parametrize("sort", ["popular", "newest", "price"])
def test_a_cursor_that_we_did_not_give_out_leads_to_the_first_page(
    client: Client, shop: Any, cursor: str, sort: str
) -> None:
    for name in ("cursor", "before"):
        response = client.get("/store/", {name: cursor, "sort": sort})
        assert response.status_code in (200, 302)


def test_search_engines_get_canonical_addresses_and_links_to_follow(client: Client) -> None:
    shelf = CategoryFactory(slug="shelf")
    for _number in range(25):
        ProductFactory(category=shelf)
    page = client.get("/store/c/shelf/").content.decode()
    assert re.search(r'<link rel="canonical" href="http[^"]+/store/c/shelf/">', page)
    assert 'rel="next" href="/store/c/shelf/?cursor=' in page
    assert "noindex" not in page
    assert "noindex" in client.get("/store/c/shelf/?in_stock=1").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page).group(1))  # type: ignore[union-attr]
    assert data["@type"] == "BreadcrumbList"


def test_an_empty_list_says_so_and_offers_a_way_on(client: Client, shop: Any) -> None:
    page = client.get("/store/?brand=acme&price=20-50").content.decode()
    assert "Nothing fits all these filters." in page
    assert 'href="/store/"' in page
    assert "We found nothing for" in client.get("/store/search/?q=zeppelin").content.decode()


def test_a_misspelt_brand_is_put_right(client: Client, shop: Any) -> None:
    page = client.get("/store/search/?q=acmee").content.decode()
    assert "Nobody here sells “acmee”" in page
    assert sorted(names(client.get("/store/search/?q=acmee"))) == ["Leather Case", "Phone One"]


def test_the_same_list_in_russian(client: Client, shop: Any) -> None:
    response = client.get("/ru/store/c/phones/")
    assert names(response)[:2] == ["Телефон", "Leather Case"]
    assert response.context["heading"] == "Телефоны"


def test_names_cannot_break_out_of_the_page(client: Client) -> None:
    shelf = CategoryFactory(name_en="</script><script>alert(1)</script>", slug="bad")
    ProductFactory(name_en="<b>\"'</b></script><script>alert(2)</script>", slug="bad", category=shelf)
    for url in ("/store/", "/store/c/bad/", "/store/p/bad/", "/store/search/?q=<script>alert(3)</script>"):
        assert "<script>alert" not in client.get(url).content.decode()


def test_anonymous_lists_are_cached_but_choices_and_searches_are_not(shop: Any) -> None:
    caches["local"].clear()
    plain = Client().get("/store/")
    assert "s-maxage" in plain["Cache-Control"] or "max-age=0" in plain["Cache-Control"]
    shop["phone"].name_en = "Renamed"
    shop["phone"].save()
    assert b"Renamed" not in Client().get("/store/").content
    assert b"Renamed" in Client().get("/store/?brand=acme").content


@pytest.mark.parametrize(
    ("path", "most"),
    [("/store/", 6), ("/store/c/phones/", 6), ("/store/?brand=acme&in_stock=1", 6), ("/store/search/?q=phone", 5)],
)
def test_a_list_costs_few_queries_however_long_it_is(client: Client, shop: Any, path: str, most: int) -> None:
    for number in range(24):
        product = ProductFactory(
            name_en=f"Phone {number + 10}", category=shop["phone"].category, brand=shop["phone"].brand
        )
        ProductPicture.objects.create(product=product, image=picture(f"{number}.png"), sort_order=0)
        listing.refresh(product_ids=[product.pk])
    Category.objects.filter(slug="phones").update(intro_en="To call with.", image=picture("phones.png"))
    # The frame, the tree and the pictures are warm, as in use; the facets of this list are not.
    client.get("/store/search/?q=nothing+at+all")
    client.get("/store/?sort=newest")
    client.cookies.clear()
    client.cookies["sessionid"] = "x" * 32
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200
    assert len(response.context["products"]) >= 2
    assert len(queries) <= most, [query["sql"] for query in queries]


def test_pictures_come_in_several_widths_with_their_size(client: Client, shop: Any) -> None:
    ProductPicture.objects.create(product=shop["phone"], image=picture("big.png", size=(1400, 1000)), sort_order=0)
    listing.refresh(product_ids=[shop["phone"].pk])
    pictures.prepare(product_ids=[shop["phone"].pk])
    page = client.get("/store/").content.decode()
    tag = re.search(r"<img[^>]+srcset[^>]+>", page).group(0)  # type: ignore[union-attr]
    assert 'width="640" height="457"' in tag
    assert "320w" in tag
    assert ".webp" in tag


def test_a_picture_whose_file_is_gone_does_not_lose_the_page(client: Client, shop: Any) -> None:
    lost = picture("lost.png")
    lost.file.storage.delete(lost.file.name)
    ProductPicture.objects.create(product=shop["phone"], image=lost, sort_order=0)
    listing.refresh(product_ids=[shop["phone"].pk])
    assert client.get("/store/").status_code == 200
    assert client.get(shop["phone"].get_absolute_url()).status_code == 200


def test_a_card_tells_discount_novelty_and_the_last_pieces(client: Client, shop: Any) -> None:
    variant = shop["phone"].variants.get()
    variant.compare_at_price = Decimal("599.00")
    variant.save()
    VariantFactory(product=shop["case"], price=Decimal(25))
    listing.refresh(product_ids=[shop["phone"].pk, shop["case"].pk])
    cards = {card.name: card for card in client.get("/store/").context["products"]}
    assert cards["Phone One"].discount_percent == 16
    assert cards["Leather Case"].price_varies
    assert (cards["Glass Cover"].is_low, cards["Glass Cover"].stock_left) == (True, 2)
    assert not cards["Phone Two"].in_stock


def test_moving_a_category_takes_its_products_along(client: Client, shop: Any) -> None:
    Category.objects.get(slug="cases").move(CategoryFactory(slug="other"), "last-child")
    listing.refresh(product_ids=Product.objects.values_list("pk", flat=True))
    caches["local"].clear()
    assert len(names(client.get("/store/c/phones/"))) == 2
    assert len(names(client.get("/store/c/other/"))) == 2
