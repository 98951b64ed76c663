"""Whom the site believes, and what its pages may load."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from config.middleware import TrustedProxyMiddleware


def seen(proxies: int, **meta: str) -> tuple[str, str]:
    """Address and scheme that the site takes a request for."""
    seen_by_view: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen_by_view.append(request)
        return HttpResponse()

    with override_settings(TRUSTED_PROXY_COUNT=proxies):
        TrustedProxyMiddleware(view)(RequestFactory(REMOTE_ADDR="10.0.0.1").get("/", **meta))
    return seen_by_view[0].META["REMOTE_ADDR"], str(seen_by_view[0].scheme)


def test_by_default_nothing_that_a_client_forwards_is_believed() -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "1.2.3.4", "HTTP_X_FORWARDED_PROTO": "https"}
    assert seen(0, **forged) == ("10.0.0.1", "http")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
    ],
)
def test_as_many_entries_are_believed_as_there_are_proxies(proxies: int, forwarded: str, address: str) -> None:
    assert seen(proxies, HTTP_X_FORWARDED_FOR=forwarded)[0] == address


@pytest.mark.parametrize(("forwarded", "scheme"), [("https", "https"), ("javascript", "http"), ("", "http")])
def test_the_scheme_comes_from_the_trusted_proxy_and_is_http_or_https(forwarded: str, scheme: str) -> None:
    assert seen(1, HTTP_X_FORWARDED_PROTO=forwarded)[1] == scheme


@pytest.mark.django_db
def test_pages_allow_no_inline_script_and_the_admin_has_a_policy_of_its_own(client: Client) -> None:
    site = client.get("/healthz")["Content-Security-Policy"]
    assert "script-src 'self';" in f"{site};"
    assert "'unsafe-inline'" not in site
    assert "https://checkout.stripe.com" in site
    assert "'unsafe-inline'" in client.get("/admin/")["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/%00", "/store/p/%00/", "/orders/a%00b/", "/ru/orders/%00/", "/u/%00/"])
def test_an_address_with_a_nul_is_absent(path: str, client: Client) -> None:
    assert client.get(path).status_code == client.post(path).status_code == 404


@pytest.mark.django_db
def test_in_the_admin_and_the_api_too(admin_client: Client) -> None:
    assert admin_client.get("/admin/jobs/failures/history/%00/").status_code == 404
    answer = admin_client.get("/api/v1/products/%0A%00")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert admin_client.get("/admin/store/stock/edit/x/").status_code == 404
