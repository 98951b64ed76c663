"""Which posts are taken for the visitor's own."""

import pytest
from django.test import Client

from store.tests.shopping import variant

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def add_to_cart(**headers: str) -> int:
    variant()
    client = Client(enforce_csrf_checks=True)
    return client.post("/cart/add/", {"sku": "A", "quantity": "1"}, headers=headers).status_code


def test_a_cached_pages_form_works_before_a_script_has_brought_its_token() -> None:
    assert add_to_cart(**{"Sec-Fetch-Site": "same-origin", "Origin": HOST}) == 302


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": HOST},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-site", "Origin": HOST},
        {"Sec-Fetch-Site": "cross-site", "Origin": HOST},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere.example"},
    ],
)
def test_another_sites_form_does_not(headers: dict[str, str]) -> None:
    assert add_to_cart(**headers) == 403
