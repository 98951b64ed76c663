"""What search engines are told to read."""

import re

import pytest
from django.test import Client

from home import sitemaps
from store.tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def test_the_sitemap_names_the_shop_its_shelves_and_goods_in_both_languages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProductFactory(slug="lamp", category=CategoryFactory(slug="lamps"))
    text = client.get("/sitemap.xml").content.decode()
    for path in ("/store/", "/ru/store/", "/store/c/lamps/", "/ru/store/c/lamps/", "/ru/store/p/lamp/"):
        assert re.search(rf"<loc>https?://[^/<]+{path}</loc>", text), path
    assert 'hreflang="ru"' in text and 'hreflang="x-default"' in text
    monkeypatch.setattr(sitemaps, "LIMIT", 2)
    assert "/sitemap-shelves.xml" in client.get("/sitemap.xml").content.decode()


def test_pages_in_the_sitemap_name_their_translations(client: Client) -> None:
    text = client.get("/sitemap-pages.xml").content.decode()
    assert re.search(r'hreflang="ru" href="https?://[^/]+/ru/"', text)
