"""Errors that ninja and Django answer by themselves are problem documents too."""

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k1"}])
def test_a_method_that_an_address_does_not_have_is_a_problem(client: Client, headers: dict[str, str]) -> None:
    for _repeat in range(2):
        answer = client.put("/api/v1/categories", {}, content_type="application/json", headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
        assert answer.json()["type"] == "method_not_allowed"
    assert client.put("/api/v1/categories")["Allow"] == "GET"


@pytest.mark.parametrize("path", ["/nothing", "/recipients/x", "/mailings/" + "9" * 30])
def test_an_address_that_does_not_exist_is_a_problem(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code in (401, 404)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/products", "/orders", "/shipping-methods"])
def test_more_parameters_than_django_reads_are_a_problem(path: str, client: Client) -> None:
    answer = client.get(f"/api/v1{path}?" + "&".join(f"brand={number}" for number in range(1500)))
    assert (answer.status_code, answer["Content-Type"]) in [
        (400, "application/problem+json"),
        (401, "application/problem+json"),
    ]


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 50_000])
@pytest.mark.parametrize("path", ["/auth/app/v1/auth/login", "/auth/app/v1/auth/signup", "/cart/items"])
def test_a_bottomless_body_is_a_problem(path: str, body: str, client: Client) -> None:
    answer = client.post(f"/api/v1{path}", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/cart/items", {"sku": "\ud800", "quantity": 1}),
        ("/wishlist/items", {"product": "\udfff"}),
        ("/stock-alerts", {"sku": "a\ud800", "email": "ann@example.com"}),
        ("/reviews", {"product": "x", "stars": 5, "text": "\ud800", "order": "A", "token": "\ud800"}),
    ],
)
def test_half_a_character_is_a_problem(path: str, body: dict[str, object], client: Client) -> None:
    answer = client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")
    assert (400 <= answer.status_code < 500, answer["Content-Type"]) == (True, "application/problem+json")


@pytest.mark.parametrize("path", ["/auth/app/v1/auth/login", "/cart/items"])
def test_a_body_beyond_a_megabyte_is_a_problem(path: str, client: Client) -> None:
    answer = client.post(f"/api/v1{path}", "x" * (1024 * 1024 + 1), content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
