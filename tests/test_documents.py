"""The API's documents are there, complete and self-contained."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_one_openapi_document_names_every_operation(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path in (
        "/products", "/categories", "/cart", "/cart/items", "/shipping-methods", "/checkout", "/orders",
        "/orders/{number}", "/orders/{number}/pay", "/stock/{sku}", "/me", "/recipients", "/messages", "/mailings",
        "/mailings/{mailing_id}/report", "/deliveries", "/users",
    ):  # fmt: skip
        assert f"/api/v1{path}" in document["paths"], path


def test_the_document_names_what_stands_in_a_list_of_recipients(client: Client) -> None:
    # Made once more in the same process: building one part must not spoil another.
    for _repeat in range(2):
        schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    items = schemas["RecipientsIn"]["properties"]["items"]["anyOf"][0]["items"]
    assert set(items["properties"]) == {
        "email", "full_name", "comment", "language", "time_zone", "attributes", "tags", "consent"
    }  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/api/v1/docs", "/api/v1/auth/openapi.json", "/api/cms/docs/", "/api/cms/openapi.json"]
)
def test_every_document_that_is_linked_to_answers(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_the_apis_root_leads_to_its_documentation(client: Client) -> None:
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs"


def test_the_documentation_page_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert 'src="http' not in page
    assert 'href="http' not in page
