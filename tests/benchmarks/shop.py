"""The shop's pages and its way to an order, as a shopper with a session (anonymous pages come from a cache)."""

import itertools
import json
import random
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store.models import Cart, CartLine, Category, Product, ProductListing, ShippingMethod, Variant
from tests.benchmarks import bulk
from tests.benchmarks.catalogue import ADJECTIVES, NOUNS, make_products
from tests.benchmarks.load import Rate, http_request, measure, visit
from tests.running_site import RunningSite

ADDRESS = {"line1": "Main street 1", "city": "Riga", "postal_code": "LV-1001", "country": "LV"}

Result = dict[str, Any]
Asking = Any
Work = Callable[[Asking, int], None]
KNOWN, NEW, CARTS = 400, 4000, 3000
# Seconds in which pages are asked for before they are measured.
WARMING = 10
MIX = "a fifth each: broad words (half of the goods), twice maker and kind, SKU, whole name"


def run(site: RunningSite, floor: RunningSite, *, products: int) -> list[Result]:
    make_products(products)
    with connection.cursor() as cursor:
        # As autovacuum does in a shop that has stood for more than a minute.
        cursor.execute("ANALYZE")
    ShippingMethod.objects.get_or_create(code="bench", defaults={"name": "Parcel", "price": "4.90"})
    site.start("web")
    floor.start("web")
    return [*pages(site, floor), *buying(site, floor)]


def row(name: str, measured: Rate, sql: int | None, yardstick: Rate, mix: str, target: float) -> Result:
    """One line of the table: both rates are answers (or orders) a second; `mix` names what was asked for.

    `target` is the ratio to reach (design: store.md).
    """
    result = {
        "name": name,
        "rate": round(measured.rate, 1),
        "p95_ms": round(measured.p95_ms, 2),
        "sql": sql,
        "yardstick": round(yardstick.rate, 1),
        "ratio": round(measured.rate / yardstick.rate, 3) if yardstick.rate else 0.0,
        "target": target,
        "mix": mix,
    }
    print(f"  {name}: {result['rate']}/s, ratio {result['ratio']} (target {target}): {mix}", flush=True)
    return result


def sql_count(path: str, *, warm: bool) -> int:
    """Statements of one page, when it was asked for before or else with nothing known but what every page has."""
    client = Client()
    # A session cookie keeps the cache for anonymous visitors out of it.
    client.cookies["sessionid"] = secrets.token_hex(16)
    for known in ("/store/", "/store/search/?q=zzz", *([path] if warm else [])):
        client.get(known)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def pages(site: RunningSite, floor: RunningSite) -> list[Result]:
    slugs = list(Product.objects.order_by("?").values_list("slug", flat=True)[: KNOWN + NEW])
    categories = list(Category.objects.values_list("slug", flat=True)[:40])
    lists = ["/store/", *(f"/store/c/{slug}/" for slug in categories)]
    deep = deep_pages()
    products = [f"/store/p/{slug}/" for slug in slugs]
    known, new = searches()
    bare_list = [http_request("GET", "/list/")]
    bare_product = [http_request("GET", f"/product/{slug}/") for slug in slugs[:KNOWN]]
    empty = [http_request("GET", "/empty/")]

    def compared(
        name: str, paths: list[str], bare: list[bytes], mix: str, target: float, *, warm: bool = True
    ) -> Result:
        # The floor before and after: what else the machine does weighs on both.
        if warm:
            as_shopper(site, paths, seconds=WARMING)
        before = measure(visit(bare), port=floor.port, seconds=2)
        measured = as_shopper(site, paths)
        after = measure(visit(bare), port=floor.port, seconds=2)
        yardstick = Rate((before.rate + after.rate) / 2, max(before.p95_ms, after.p95_ms))
        return row(name, measured, sql_count(paths[0], warm=warm), yardstick, mix, target)

    return [
        compared("list", lists, bare_list, "/store/ and 40 categories", 0.25),
        compared("list_deep", deep, bare_list, "/store/ at 50 to 90 % of its depth", 0.25),
        compared("product", products[:KNOWN], bare_product, f"{KNOWN} products by lot, each seen before", 0.2),
        compared(
            "product_new", products[KNOWN:], bare_product, f"{NEW} others, seen for the first time", 0.1, warm=False
        ),
        compared("search", known, bare_list, f"{MIX}; each asked before, at most a minute ago", 0.14),
        compared("search_new", new, bare_list, f"{MIX}; each for the first time", 0.05, warm=False),
        row(
            "anonymous_page",
            measure(visit([http_request("GET", "/store/")]), port=site.port),
            0,
            measure(visit(empty), port=floor.port),
            "/store/ without a session",
            0.5,
        ),
    ]


def searches() -> tuple[list[str], list[str]]:
    """The mix twice, with nothing in common: a fifth broad words, the others as people type who look for something."""
    chance = random.Random(2)
    broad = [f"{a} {b}".strip() for a, b in itertools.product(ADJECTIVES, ["", *ADJECTIVES]) if a != b]
    narrow = [f"maker {number} {noun}" for number in range(250) for noun in NOUNS]
    skus = list(Variant.objects.order_by("?").values_list("sku", flat=True)[:400])
    names = list(Product.objects.order_by("?").values_list("name_en", flat=True)[:400])
    for some in (broad, narrow):
        chance.shuffle(some)
    kinds = zip(broad, narrow[::2], narrow[1::2], skus, names, strict=False)
    every = [words for one_of_each in kinds for words in one_of_each]
    groups = every[:200], every[200:]
    known, new = ([f"/store/search/?{urlencode({'q': words})}" for words in group] for group in groups)
    return known, new


def as_shopper(site: RunningSite, paths: list[str], *, seconds: float = 5) -> Rate:
    """Visit the paths with a session cookie: the cache for anonymous visitors stays out of it."""
    headers = {"Cookie": f"sessionid={secrets.token_hex(16)}"}
    requests = [http_request("GET", path, headers=headers) for path in paths]
    random.Random(1).shuffle(requests)
    return measure(visit(requests), port=site.port, seconds=seconds)


def deep_pages() -> list[str]:
    """Addresses of list pages far behind the first, made from the list's own cursors."""
    from api.paging import encode

    order = ("-popularity", "-product_id")
    listing = ProductListing.objects.order_by(*order)
    count = listing.count()
    rows = [listing[int(count * share)] for share in (0.5, 0.6, 0.7, 0.8, 0.9)]
    return [f"/store/?cursor={encode(row, order)}" for row in rows]


def buying(site: RunningSite, floor: RunningSite) -> list[Result]:
    skus = list(Variant.objects.filter(stock__on_hand__gte=100).order_by("?").values_list("sku", flat=True)[:2000])
    empty = measure(visit([http_request("GET", "/empty/")]), port=floor.port, seconds=2)
    bare = measure(visit([http_request("POST", f"/place/{sku}/") for sku in skus]), port=floor.port, seconds=2)
    rows = [
        ("add_to_cart", add_to_cart(skus), empty, "one item into a new cart, by the API", 0.1),
        (
            "place_order",
            place_order(make_carts(CARTS)),
            bare,
            "the order and the start of its payment alone, of a cart with two items",
            0.1,
        ),
        ("guest_checkout", guest_checkout(skus), empty, "two items, ways to ship, order: four requests", 0.02),
    ]
    found = []
    for name, work, yardstick, mix, target in rows:
        measured = measure(work, port=site.port)
        with CaptureQueriesContext(connection) as captured:
            work(InProcess(), 999_999)
        found.append(row(name, measured, len(captured), yardstick, mix, target))
    return found


class InProcess:
    """Takes the place of a connection, to count the statements of the very same requests."""

    def __init__(self) -> None:
        self.client = Client()

    def ask(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        head, _, body = request.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, path, _version = first.split(" ")
        headers = {name: value for name, value in (line.split(": ", 1) for line in lines) if name != "Content-Length"}
        kind = headers.pop("Content-Type", "application/json")
        answer = self.client.generic(method, path, body, content_type=kind, headers=headers)
        return answer.status_code, {name.lower(): value for name, value in answer.items()}, answer.content


def make_carts(count: int) -> list[str]:
    """Keys of carts with two items each."""
    some = list(Variant.objects.filter(stock__on_hand__gte=100).order_by("?")[:2000])
    carts = [Cart(key=secrets.token_urlsafe(24)) for _number in range(count)]
    bulk.write(carts)
    lines = []
    for number, cart in enumerate(carts):
        for variant in (some[number % 2000], some[(number + 7) % 2000]):
            lines.append(CartLine(cart=cart, variant=variant, quantity=1, price_seen=variant.price))
    bulk.write(lines)
    return [cart.key for cart in carts]


def post(connection: Asking, path: str, body: object, **headers: str) -> tuple[dict[str, str], Any]:
    status, answer_headers, answer = connection.ask(
        http_request("POST", path, body=json.dumps(body).encode(), headers=headers)
    )
    if status not in (200, 201):
        raise AssertionError(f"{path}: {status} {answer[:400]!r}")
    return answer_headers, json.loads(answer)


def add_to_cart(skus: list[str]) -> Work:
    def work(connection: Asking, n: int) -> None:
        post(connection, "/api/v1/cart/items", {"sku": skus[n % len(skus)], "quantity": 1})

    return work


def place_order(carts: list[str]) -> Work:
    waiting = iter(carts)

    def work(connection: Asking, n: int) -> None:
        order(connection, n, {"X-Cart": next(waiting)})

    return work


def guest_checkout(skus: list[str]) -> Work:
    def work(connection: Asking, n: int) -> None:
        headers, _cart = post(connection, "/api/v1/cart/items", {"sku": skus[n % len(skus)], "quantity": 1})
        cart = {"X-Cart": headers["x-cart"]}
        post(connection, "/api/v1/cart/items", {"sku": skus[(n + 7) % len(skus)], "quantity": 2}, **cart)
        connection.ask(http_request("GET", "/api/v1/shipping-methods?country=LV"))
        order(connection, n, cart)

    return work


def order(connection: Asking, n: int, cart: dict[str, str]) -> None:
    form = {"email": f"b{n}@example.com", "full_name": "B Buyer", "phone": "+37120000000", "address": ADDRESS}
    form |= {"shipping_method": "bench", "payment": "offline"}
    post(connection, "/api/v1/checkout", form, **cart, **{"Idempotency-Key": secrets.token_hex(12)})
