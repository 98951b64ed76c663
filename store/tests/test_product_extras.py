"""Round the product: pictures in two formats, what was looked at, what search engines and social networks read."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

from store import listing, pictures, products
from store.models import Product, ProductPicture
from store.tests.factories import CategoryFactory, ProductFactory, picture
from store.tests.queue import run_queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp() -> Product:
    electric = CategoryFactory(name_en="Electric", slug="electric")
    lamps = CategoryFactory(name_en="Lamps", slug="lamps", parent=electric)
    product = ProductFactory(name_en="Lamp", slug="lamp", category=lamps, description_en="<p>Warm <b>light</b>.</p>")
    ProductPicture.objects.create(product=product, image=picture("lamp.png", size=(1300, 900)), sort_order=0)
    listing.refresh(product_ids=[product.pk])
    return product


def test_a_page_makes_no_picture_and_shows_the_original_meanwhile(
    client: Client, lamp: Product, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        text = client.get("/store/p/lamp/").content.decode()
    assert pictures.Rendition.objects.count() == 0
    assert 'width="1300" height="900"' in text and "/original_images/lamp" in text
    assert [row.task["func"] for row in OrmQ.objects.all()] == ["store.tasks.make_pictures"]


def test_the_worker_makes_every_size_in_both_formats(
    client: Client, lamp: Product, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        products.product_saved(product=lamp)
    assert run_queue(django_capture_on_commit_callbacks) == ["store.tasks.make_pictures"]
    text = client.get("/store/p/lamp/").content.decode()
    source = re.search(r'<source type="image/avif"[^>]+>', text)
    assert source and "640w" in source[0] and "1200w" in source[0] and ".avif" in source[0]
    assert re.search(r'width="1200" height="83\d"', text)
    assert '<source type="image/avif"' in client.get("/store/").content.decode()
    # Nothing is left to do, and nothing is asked for again.
    caches["local"].clear()
    with django_capture_on_commit_callbacks(execute=True):
        products.product_saved(product=lamp)
    assert not OrmQ.objects.exists()


def test_the_clock_makes_what_is_missing_without_queueing_before_the_mails(client: Client, lamp: Product) -> None:
    pictures.prepare(product_ids=[lamp.pk])
    assert "image/avif" not in client.get("/store/p/lamp/").content.decode()
    assert not OrmQ.objects.exists()
    assert (pictures.make_waiting(), pictures.make_waiting()) == (1, 0)
    caches["local"].clear()
    assert "image/avif" in client.get("/store/p/lamp/").content.decode()


def test_sizes_that_exist_are_shown_while_others_are_missing(client: Client, lamp: Product) -> None:
    pictures.make(lamp.pictures.get().image, [pictures.spec(640)])
    text = client.get("/store/p/lamp/").content.decode()
    assert 'width="640" height="443"' in text
    assert "image/avif" not in text


def test_what_was_looked_at_is_shown_the_latest_first(client: Client, lamp: Product) -> None:
    for number in range(6):
        ProductFactory(name_en=f"Seen {number}", slug=f"seen-{number}")
        assert client.get(f"/store/p/seen-{number}/viewed/").status_code == 200
    text = client.get("/store/p/lamp/viewed/").content.decode()
    assert re.findall(r">(Seen \d|Lamp)</a>", text) == ["Seen 5", "Seen 4", "Seen 3", "Seen 2"]
    assert re.findall(r">(Seen \d|Lamp)</a>", client.get("/store/p/seen-5/viewed/").content.decode())[0] == "Lamp"


@pytest.mark.parametrize("cookie", ["x", "-1.2", "9" * 40, "1." * 500, "%00"])
def test_a_spoilt_cookie_is_no_error(client: Client, lamp: Product, cookie: str) -> None:
    client.cookies["viewed"] = cookie
    assert client.get("/store/p/lamp/viewed/").status_code == 200


def test_the_first_product_has_no_row_and_an_unknown_one_is_not_found(client: Client, lamp: Product) -> None:
    assert "product-card" not in client.get("/store/p/lamp/viewed/").content.decode()
    assert client.get("/store/p/nothing/viewed/").status_code == 404


def test_a_page_names_itself_in_every_language(client: Client, lamp: Product) -> None:
    for path in ("/store/p/lamp/", "/ru/store/p/lamp/", "/store/p/lamp/?sku=x"):
        text = client.get(path).content.decode()
        assert re.search(r'hreflang="en" href="http[^"]+[^u]/store/p/lamp/"', text)
        assert re.search(r'hreflang="ru" href="http[^"]+/ru/store/p/lamp/"', text)
        assert 'hreflang="x-default"' in text
    assert "hreflang" not in client.get("/store/?price=0-20").content.decode().partition("</head>")[0]


def test_social_networks_get_picture_text_and_price(client: Client, lamp: Product) -> None:
    text = client.get("/store/p/lamp/").content.decode()
    assert '<meta property="og:description" content="Warm light.">' in text
    assert '<meta property="product:price:amount" content="10.00">' in text
    assert '<meta name="twitter:card" content="summary_large_image">' in text


def test_the_department_above_is_marked_in_the_header(client: Client, lamp: Product) -> None:
    text = client.get("/store/p/lamp/").content.decode()
    assert re.search(r'<a href="/store/c/[^"]+" aria-current="true">(Electric|Lamps)</a>', text)
    assert re.search(r'aria-current="true">(Electric|Lamps)</a>', client.get("/store/c/lamps/").content.decode())


def test_the_fragment_costs_few_queries(client: Client, lamp: Product) -> None:
    client.get("/store/p/lamp/viewed/")
    other = ProductFactory(slug="other")
    client.get("/store/")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/store/p/{other.slug}/viewed/")
    assert len(captured) <= 4, [query["sql"] for query in captured]
