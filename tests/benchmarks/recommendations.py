"""hit@5 of “bought together” on a year of real baskets, through the shop's own tables and verbs.

UCI Online Retail II: orders before 2010-10-01 are counted by `copurchases.rebuild`; then, in each of the first 3,000
later baskets of 2 to 60 products, one product at random is asked about. A hit is a list of five of which at least one
is in the rest of the basket. The catalogue is filled up to BENCH_SHELF (10,000) products.
"""

import csv
import gzip
import os
import random
import time
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from store import copurchases, listing, recommendations
from store.models import Category, Order, OrderLine, OrderStatus, Product, Stock, Variant
from tests.benchmarks import bulk

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "online_retail_ii_2009_2010.csv.gz"
HOLD_OUT = datetime(2010, 10, 1, tzinfo=UTC)
ASKED = 3000
SHOWN = 5
BATCH = 5000

# (time, customer, stock codes)
Basket = tuple[datetime, str, list[str]]


def recommendations_hit5() -> list[dict[str, Any]]:
    """One row; none where the data is not there (said)."""
    if not DATA.exists():
        print(f"  recommendations_hit5: not measured, {DATA.name} is not in {DATA.parent}")
        return []
    baskets = read()
    before = [basket for basket in baskets if basket[0] < HOLD_OUT]
    later = [basket for basket in baskets if basket[0] >= HOLD_OUT and 2 <= len(basket[2]) <= 60][:ASKED]
    products = make_catalogue(sorted({code for basket in baskets for code in basket[2]}))
    make_orders(before, products)
    began = time.monotonic()
    copurchases.rebuild(at_once=1_000_000)
    print(f"  {len(before)} orders counted in {time.monotonic() - began:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [ask(before, later, {code: variant.product_id for code, variant in products.items()})]


def ask(before: list[Basket], later: list[Basket], products: dict[str, int]) -> dict[str, Any]:
    chance, hits, by_popularity, times = random.Random(1), 0, 0, []
    sold = Counter(products[code] for basket in before for code in basket[2])
    popular = [product for product, _count in sold.most_common(SHOWN + 1)]
    for _at, _customer, codes in later:
        asked = products[chance.choice(sorted(codes))]
        rest = {products[code] for code in codes} - {asked}
        began = time.perf_counter()
        found = recommendations.together(product_ids=[asked], count=SHOWN).product_ids
        times.append(time.perf_counter() - began)
        hits += not rest.isdisjoint(found)
        by_popularity += not rest.isdisjoint([product for product in popular if product != asked][:SHOWN])
    hit, floor = hits / len(later), by_popularity / len(later)
    p95 = 1000 * sorted(times)[int(len(times) * 0.95)]
    per_second = len(times) / sum(times)
    print(f"  recommendations_hit5: {hit:.4f} (most popular: {floor:.4f}), {per_second:.0f} queries/s", flush=True)
    return {
        "name": "recommendations_hit5",
        # The share of hits; the yardstick is that of the five best sellers.
        "rate": round(hit, 4),
        "p95_ms": round(p95, 2),
        "sql": 2,
        "yardstick": round(floor, 4),
        "ratio": round(hit / floor, 3),
    }


def read() -> list[Basket]:
    """Invoices in the order of time, without cancellations, returns and gifts."""
    found: dict[str, Basket] = {}
    with gzip.open(DATA, "rt") as file:
        for row in csv.DictReader(file):
            if row["invoice"].startswith("C") or int(row["quantity"]) <= 0 or float(row["price"]) <= 0:
                continue
            at = datetime.fromisoformat(row["invoice_date"]).replace(tzinfo=UTC)
            codes = found.setdefault(row["invoice"], (at, row["customer_id"] or row["invoice"], []))[2]
            if row["stock_code"] not in codes:
                codes.append(row["stock_code"])
    return sorted(found.values(), key=lambda basket: basket[0])


@transaction.atomic
def make_catalogue(codes: list[str]) -> dict[str, Variant]:
    """A product in stock per code, and as many nobody ever bought as make the shelf full."""
    fillers = max(0, int(os.environ.get("BENCH_SHELF", "10000")) - len(codes))
    names = [*codes, *(f"filler-{number}" for number in range(fillers))]
    category = Category.objects.filter(slug="uci").first() or Category.add_root(name_en="Gifts", slug="uci")
    made = [Product(name_en=name, slug=f"uci-{number}", category=category) for number, name in enumerate(names)]
    bulk.write(made)
    variants = [
        Variant(product=product, sku=f"UCI-{product.name_en}", price=Decimal(5), sort_order=0)  # type: ignore[misc]
        for product in made
    ]
    bulk.write(variants)
    bulk.write([Stock(variant=variant, on_hand=1000) for variant in variants])
    listing.refresh(product_ids=[product.pk for product in made], indexing=False)
    return dict(zip(codes, variants, strict=False))


@transaction.atomic
def make_orders(baskets: list[Basket], products: dict[str, Variant]) -> None:
    """Paid ones, as an import would write them."""
    made = [paid_order(number, at, customer) for number, (at, customer, _codes) in enumerate(baskets)]
    bulk.write(made)
    lines = (
        OrderLine(
            order=order, variant=products[code], sku=code, name=code, quantity=1, price=Decimal(5), total=Decimal(5)
        )
        for order, (_at, _customer, codes) in zip(made, baskets, strict=True)
        for code in codes
    )
    while batch := list(islice(lines, BATCH)):
        bulk.write(batch)


def paid_order(number: int, at: datetime, customer: str) -> Order:
    money = dict.fromkeys(("subtotal", "shipping", "discount", "tax", "total"), Decimal(0))
    return Order(
        number=f"U{number}",
        token=f"uci-{number}",
        checkout_token=f"uci-{number}",
        email=f"{customer}@example.com".lower(),
        full_name=customer,
        line1="-",
        city="-",
        postal_code="-",
        country="GB",
        currency="GBP",
        status=OrderStatus.DELIVERED,
        placed_at=at,
        paid_at=at,
        expires_at=at,
        deliver_from=at.date(),
        deliver_to=at.date(),
        **money,
    )
