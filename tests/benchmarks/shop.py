"""The shop's pages and its way to an order, as a shopper with a session (anonymous pages come from a cache)."""

import itertools
import json
import random
import secrets
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store.models import Category, Product, ProductListing, ShippingMethod, Variant
from tests.benchmarks.catalogue import make_products
from tests.benchmarks.load import Connection, Rate, http_request, measure, visit
from tests.running_site import RunningSite

WORDS = ["wireless", "camera", "cable", "black", "charger", "speaker", "cotton", "pro", "mini", "usb"]
ADDRESS = {"line1": "Main street 1", "city": "Riga", "postal_code": "LV-1001", "country": "LV"}

Result = dict[str, Any]


def run(site: RunningSite, floor: RunningSite, *, products: int) -> list[Result]:
    make_products(products)
    with connection.cursor() as cursor:
        # As autovacuum does in a shop that has stood for more than a minute.
        cursor.execute("ANALYZE")
    ShippingMethod.objects.get_or_create(code="bench", defaults={"name": "Parcel", "price": "4.90"})
    site.start("web")
    floor.start("web")
    return [*pages(site, floor), *buying(site, floor)]


def row(name: str, measured: Rate, sql: int | None, yardstick: Rate, mix: str = "") -> Result:
    """One line of bench.json: both rates are answers (or orders) a second; `mix` names what was asked for."""
    result = {
        "name": name,
        "rate": round(measured.rate, 1),
        "p95_ms": round(measured.p95_ms, 2),
        "sql": sql,
        "yardstick": round(yardstick.rate, 1),
        "ratio": round(measured.rate / yardstick.rate, 3) if yardstick.rate else 0.0,
        "mix": mix,
    }
    print(f"  {name}: {result['rate']}/s", flush=True)
    return result


def sql_count(path: str) -> int:
    """Statements of one page, the second time it is asked for (facets and menus are warm, as they are in use)."""
    client = Client()
    # A session cookie keeps the cache for anonymous visitors out of it.
    client.cookies["sessionid"] = secrets.token_hex(16)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def pages(site: RunningSite, floor: RunningSite) -> list[Result]:
    slugs = list(Product.objects.order_by("?").values_list("slug", flat=True)[:400])
    categories = list(Category.objects.values_list("slug", flat=True)[:40])
    lists = ["/store/", *(f"/store/c/{slug}/" for slug in categories)]
    bare_list = measure(visit([http_request("GET", "/list/")]), port=floor.port)
    bare_product = measure(visit([http_request("GET", f"/product/{slug}/") for slug in slugs]), port=floor.port)
    bare = measure(visit([http_request("GET", "/empty/")]), port=floor.port)
    deep = deep_pages(site)
    searches = [f"/store/search/?q={a}+{b}" for a, b in itertools.product(WORDS, ["", *WORDS[:3]])]
    products = [f"/store/p/{slug}/" for slug in slugs]
    return [
        row("list", as_shopper(site, lists), sql_count(lists[0]), bare_list, "/store/ and 40 categories"),
        row("list_deep", as_shopper(site, deep), sql_count(deep[0]), bare_list, "/store/ at 50 to 90 % of its depth"),
        row(
            "product",
            as_shopper(site, products),
            sql_count(products[0]),
            bare_product,
            f"{len(products)} products by lot",
        ),
        row(
            "search",
            as_shopper(site, searches),
            sql_count(searches[0]),
            bare_list,
            f"warm; {len(searches)} searches: {', '.join(WORDS)} alone and in pairs",
        ),
        row("anonymous_page", measure(visit([http_request("GET", "/store/")]), port=site.port), 0, bare),
    ]


def as_shopper(site: RunningSite, paths: list[str]) -> Rate:
    """Visit the paths with a session cookie: the cache for anonymous visitors stays out of it."""
    headers = {"Cookie": f"sessionid={secrets.token_hex(16)}"}
    requests = [http_request("GET", path, headers=headers) for path in paths]
    random.Random(1).shuffle(requests)
    return measure(visit(requests), port=site.port)


def deep_pages(site: RunningSite) -> list[str]:
    """Addresses of list pages far behind the first, made from the list's own cursors."""
    from api.paging import encode

    order = ("-popularity", "-product_id")
    listing = ProductListing.objects.order_by(*order)
    count = listing.count()
    rows = [listing[int(count * share)] for share in (0.5, 0.6, 0.7, 0.8, 0.9)]
    return [f"/store/?cursor={encode(row, order)}" for row in rows]


def buying(site: RunningSite, floor: RunningSite) -> list[Result]:
    skus = list(Variant.objects.filter(stock__on_hand__gte=100).order_by("?").values_list("sku", flat=True)[:2000])
    bare = measure(visit([http_request("GET", "/empty/")]), port=floor.port)
    return [
        row("add_to_cart", measure(add_to_cart(skus), port=site.port), None, bare),
        row("guest_checkout", measure(guest_checkout(skus), port=site.port), None, bare),
    ]


def post(connection: Connection, path: str, body: object, **headers: str) -> tuple[dict[str, str], Any]:
    status, answer_headers, answer = connection.ask(
        http_request("POST", path, body=json.dumps(body).encode(), headers=headers)
    )
    if status not in (200, 201):
        raise AssertionError(f"{path}: {status} {answer[:400]!r}")
    return answer_headers, json.loads(answer)


def add_to_cart(skus: list[str]) -> Callable[[Connection, int], None]:
    def work(connection: Connection, n: int) -> None:
        post(connection, "/api/v1/cart/items", {"sku": skus[n % len(skus)], "quantity": 1})

    return work


def guest_checkout(skus: list[str]) -> Callable[[Connection, int], None]:
    """Two items into a new cart, the ways to ship, the order: four requests."""

    def work(connection: Connection, n: int) -> None:
        headers, _cart = post(connection, "/api/v1/cart/items", {"sku": skus[n % len(skus)], "quantity": 1})
        cart = {"X-Cart": headers["x-cart"]}
        post(connection, "/api/v1/cart/items", {"sku": skus[(n + 7) % len(skus)], "quantity": 2}, **cart)
        connection.ask(http_request("GET", "/api/v1/shipping-methods?country=LV"))
        order = {"email": f"b{n}@example.com", "full_name": "B Buyer", "phone": "+37120000000", "address": ADDRESS}
        order |= {"shipping_method": "bench", "payment": "offline"}
        post(connection, "/api/v1/checkout", order, **cart, **{"Idempotency-Key": secrets.token_hex(12)})

    return work
