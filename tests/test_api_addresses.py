"""Every operation of the API's document is found at its address."""

import re
from collections import Counter

import pytest
from django.test import Client
from django.urls import resolve

from config.api import api

METHODS = ("get", "post", "put", "patch", "delete")


def bare(path: str) -> str:
    """Without the names and kinds of its parameters: `orders/{}/pay`, whoever wrote it."""
    return re.sub(r"<[^>]*>|\{[^}]*\}", "{}", path).lstrip("/")


def operations() -> list[tuple[str, str]]:
    paths = api.get_openapi_schema()["paths"]
    return [(method, path) for path, known in sorted(paths.items()) for method in METHODS if method in known]


def test_no_address_lives_in_two_routers() -> None:
    """ninja makes a view of each: the first one answers 405 for what the second one could do."""
    routers = api._get_bound_routers()
    routes = Counter(bare(path) for router in routers for path in router.path_operations)
    assert len(routes) > 70
    assert [route for route, times in routes.items() if times > 1] == []


@pytest.mark.django_db
def test_every_documented_operation_is_reached(client: Client) -> None:
    unreached = []
    for method, path in operations():
        address = re.sub(r"\{[^}]*\}", "1", path)
        route = bare(resolve(address).route).removeprefix("api/v1/")
        answer = getattr(client, method)(address, content_type="application/json")
        if answer.status_code == 405 or route != bare(path).removeprefix("api/v1/"):
            unreached.append((method, path, answer.status_code, route))
    assert len(operations()) > 100
    assert unreached == []
