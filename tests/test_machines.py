"""What search engines read, and what visitors see when something is wrong."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from blog.tests.factories import BlogPageFactory
from config import urls
from home import sitemaps

pytestmark = pytest.mark.django_db


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [path("broken/", broken), *urls.urlpatterns]


def test_robots_are_told_where_the_map_is_and_what_is_private(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /cart/" in lines
    assert "Disallow: /ru/cart/" in lines
    assert "Disallow: /blog/" not in lines
    assert lines[-1].startswith("Sitemap: http")


def test_the_map_has_the_live_pages_of_both_languages(client: Client) -> None:
    BlogPageFactory(slug="here")
    BlogPageFactory(slug="draft", live=False)
    text = client.get("/sitemap.xml").content.decode()
    for address in ("/blog/here/</loc>", "/ru/</loc>", "/ru/blog/</loc>"):
        assert address in text
    assert "draft" not in text


def test_a_large_map_is_an_index_of_smaller_ones(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "LIMIT", 1)
    text = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-pages.xml" in text
    assert "<loc>" in client.get("/sitemap-pages.xml").content.decode()
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_an_address_without_a_page_says_so_in_both_languages(client: Client) -> None:
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    assert b"There is no page at this address." in response.content
    assert '<html lang="ru"' in client.get("/ru/nothing-here/").content.decode()


def test_the_error_page_needs_no_database(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert "Something broke on our side" in render_to_string("500.html")


@override_settings(ROOT_URLCONF="tests.test_machines")
def test_a_failure_shows_the_error_page() -> None:
    client = Client(raise_request_exception=False)
    response = client.get("/broken/")
    assert response.status_code == 500
    assert b"Something broke on our side" in response.content


def test_a_form_without_token_gets_a_sentence(rf: RequestFactory) -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert b"This form has grown stale." in response.content
