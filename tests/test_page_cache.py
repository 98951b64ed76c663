"""The shared cache of anonymous pages keeps what is public and nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.page_cache import AnonymousPageCacheMiddleware


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    caches["local"].clear()


class Site:
    """A page that says how often it was made."""

    def __init__(self, cache_control: str = "public, s-maxage=60", **response: object) -> None:
        self.made = 0
        self.cache_control = cache_control
        self.cookie = response.get("cookie")
        self.status = int(response.get("status", 200))  # type: ignore[call-overload]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        response = HttpResponse(f"made {self.made}", status=self.status, headers={"Cache-Control": self.cache_control})
        if self.cookie:
            response.set_cookie("a", "b")
        return response


def get(site: Site, path: str = "/blog/", cookies: dict[str, str] | None = None, **headers: str) -> HttpResponse:
    request = RequestFactory().get(path, headers=headers)
    request.COOKIES.update(cookies or {})
    request.user = AnonymousUser()
    return AnonymousPageCacheMiddleware(site)(request)


def test_a_public_page_is_made_once_for_all_visitors() -> None:
    site = Site()
    assert get(site).content == get(site).content == b"made 1"


def test_a_browser_is_told_to_ask_again() -> None:
    site = Site()
    for answer in (get(site), get(site)):
        assert "s-maxage" not in answer["Cache-Control"]
        assert "max-age=0" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "site",
    [Site("private"), Site("no-store"), Site(status=404), Site(cookie=True)],
    ids=["private", "no-store", "not found", "sets a cookie"],
)
def test_what_is_not_a_public_page_is_not_kept(site: Site) -> None:
    get(site)
    get(site)
    assert site.made == 2


def test_who_has_a_session_gets_a_page_of_their_own() -> None:
    site = Site()
    get(site)
    assert get(site, cookies={"sessionid": "x"}).content == b"made 2"
    assert get(site, Authorization="Bearer x").content == b"made 3"
    assert get(site).content == b"made 1"


def test_address_host_and_sorting_each_have_their_own_page() -> None:
    site = Site()
    get(site)
    get(site, "/blog/?page=2")
    get(site, "/ru/blog/")
    get(site, Host="localhost")
    get(site, cookies={"sort": "price"})
    assert site.made == 5
