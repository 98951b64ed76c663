"""Products and categories in pages and posts: chosen by id, as they are at the time."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText, expand_db_html

from blog.models import BlogPage
from blog.tests.factories import journal
from home.models import HomePage
from store import products, shelves
from store.models import Category, Product
from store.tests.factories import CategoryFactory, ProductFactory
from store.tests.test_catalogue_admin import member

pytestmark = pytest.mark.django_db

FEATURES = ["product-link", "category-link"]


def link(row: Product | Category, kind: str) -> str:
    return f'<p>See <a linktype="{kind}" id="{row.pk}">this</a>.</p>'


@pytest.fixture
def lamp() -> Product:
    return ProductFactory(name_en="Lamp", slug="lamp", category=CategoryFactory(name_en="Lamps", slug="lamps"))


def post(*body: tuple[str, Any]) -> BlogPage:
    blog = journal()
    page = BlogPage(title="A post", slug="a-post", body=list(body))
    blog.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_a_link_follows_its_product_to_a_new_address_and_into_each_language(lamp: Product) -> None:
    text = link(lamp, "product")
    assert '<a href="/store/p/lamp/">this</a>' in expand_db_html(text)
    lamp.slug = "desk-lamp"
    lamp.save()
    assert '<a href="/store/p/desk-lamp/">' in expand_db_html(text)
    with translation.override("ru"):
        assert '<a href="/ru/store/p/desk-lamp/">' in expand_db_html(text)


def test_a_link_to_what_is_no_longer_sold_is_plain_text(lamp: Product) -> None:
    text = link(lamp, "product")
    products.archive(product=lamp)
    assert expand_db_html(text) == "<p>See <a>this</a>.</p>"
    products.publish(product=lamp)
    assert "href" in expand_db_html(text)
    lamp.delete()
    assert expand_db_html(text) == "<p>See <a>this</a>.</p>"


@pytest.mark.parametrize("odd", ["", "0", "x", "-1", "٣", "99999999999999999999999"])
def test_an_odd_id_harms_nobody(odd: str) -> None:
    assert expand_db_html(f'<a linktype="product" id="{odd}">a</a>') == "<a>a</a>"
    assert expand_db_html('<a linktype="category">a</a>') == "<a>a</a>"


def test_a_link_follows_its_category(lamp: Product) -> None:
    shelf = lamp.category
    assert '<a href="/store/c/lamps/">' in expand_db_html(link(shelf, "category"))
    shelf.slug = "light"
    shelf.save()
    shelves.forget()
    assert '<a href="/store/c/light/">' in expand_db_html(link(shelf, "category"))


def test_many_links_of_a_text_cost_one_query(lamp: Product, django_assert_num_queries: Any) -> None:
    text = "".join(link(ProductFactory(), "product") for _number in range(5)) + link(lamp.category, "category")
    shelves.tree()
    with django_assert_num_queries(1):
        assert expand_db_html(text).count("href") == 6


def test_the_editor_keeps_links_as_they_were_stored(lamp: Product) -> None:
    converter = ContentstateConverter(features=FEATURES)
    for row, kind in ((lamp, "product"), (lamp.category, "category")):
        state = converter.from_database_format(link(row, kind))
        (entity,) = json.loads(state)["entityMap"].values()
        assert entity == {
            "mutability": "MUTABLE",
            "type": kind.upper(),
            "data": {"id": row.pk, "title": str(row)},
        }
        assert f'linktype="{kind}"' in converter.to_database_format(state)
        assert f'id="{row.pk}"' in converter.to_database_format(state)


def test_the_admin_knows_which_posts_link_to_a_product(lamp: Product) -> None:
    page = post(("paragraph", RichText(link(lamp, "product"))))
    found = ReferenceIndex.get_references_to(lamp)
    assert [reference.object_id for reference in found] == [str(page.pk)]


def test_chosen_products_stand_in_a_post_in_their_order(client: Client, lamp: Product) -> None:
    chair = ProductFactory(name_en="Chair")
    gone = ProductFactory(name_en="Gone", active=False)
    page = post(("products", {"title": "To read by", "products": [chair, gone, lamp]}))
    html = client.get(page.get_url()).content.decode()
    goods = html.partition("To read by")[2]
    assert 0 < goods.index("Chair") < goods.index("Lamp")
    assert "Gone" not in html


def test_a_shelf_shows_what_the_category_has_at_the_time(client: Client, lamp: Product) -> None:
    ProductFactory(name_en="Candle", category=lamp.category, popularity=9)
    ProductFactory(name_en="Torch", category=lamp.category, popularity=5, stock=0)
    page = post(("shelf", {"title": "", "category": lamp.category, "order": "popular", "count": 2}))
    html = client.get(page.get_url()).content.decode()
    assert "<h2>Lamps</h2>" in html
    assert html.index("Candle") < html.index("/store/p/lamp/")
    assert "Torch" not in html
    assert 'href="/store/c/lamps/"' in html


@pytest.mark.parametrize(("order", "first"), [("newest", "Second"), ("popular", "First"), ("rating", "First")])
def test_a_shelf_has_three_orders(client: Client, order: str, first: str) -> None:
    shelf = CategoryFactory()
    ProductFactory(name_en="First", category=shelf, popularity=5)
    Product.objects.update(created_at="2026-01-01T00:00Z")
    ProductFactory(name_en="Second", category=shelf, price=Decimal(5))
    listings = shelf.products.get(name_en="First").listing
    listings.created_at, listings.rating_rank = shelf.products.get(name_en="First").created_at, 9
    listings.save()
    page = post(("shelf", {"title": "Here", "category": shelf, "order": order, "count": 1}))
    html = client.get(page.get_url()).content.decode()
    assert first in html.partition("Here")[2].partition("</section>")[0]


def test_an_empty_shelf_and_products_that_are_gone_leave_no_gap(client: Client) -> None:
    empty = CategoryFactory()
    page = post(
        ("shelf", {"title": "Nothing", "category": empty, "order": "newest", "count": 4}),
        ("shelf", {"title": "Lost", "category": None, "order": "newest", "count": 4}),
        ("products", {"title": "None", "products": [ProductFactory(active=False)]}),
    )
    html = client.get(page.get_url()).content.decode()
    for words in ("Nothing", "Lost", "<h2>None"):
        assert words not in html
    assert "goods" not in html.partition("<main")[2]


def test_the_front_page_shows_a_shelf_over_its_full_width(client: Client, lamp: Product) -> None:
    journal()
    home = HomePage.objects.get(locale__language_code="en")
    home.body = [("shelf", {"title": "Light", "category": lamp.category, "order": "newest", "count": 4})]
    home.save_revision().publish()
    html = client.get("/").content.decode()
    assert "front-prose" not in html
    assert "<h2>Light</h2>" in html


def test_editors_find_the_choosers_in_the_toolbar() -> None:
    page = post(("paragraph", RichText("<p>x</p>")))
    html = member("Content managers").get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "js/shop_links.js" in html
    assert "/admin/product_chooser/" in html
    assert "/admin/category_chooser/" in html
