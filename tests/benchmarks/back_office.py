"""The staff's pages at 100,000 orders: search of the list, customers, the sales of 90 days."""

import os
import random
import secrets
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from store import customer_records, order_search, periods, sales
from store.checkout import new_number
from store.models import Order, OrderEvent, OrderLine, OrderStatus, Payment, PaymentStatus, Variant
from tests.benchmarks import bulk

BATCH = 5000
FIRST = ["Anna", "Oliver", "Лариса", "Tomasz", "Greta", "Camille", "Игорь", "Katrin", "Wendy", "Jonas", "Maria", "Lee"]
LAST = ["Lee", "Grant", "Новикова", "Wójcik", "Olsen", "Roux", "Соколов", "Saar", "Clarke", "Berg", "Silva", "Kask"]
COUNTRIES = ["LV", "EE", "LT", "DE", "FR", "GB", "PL", "DK"]
LIMIT_MS = 300


def make_orders(count: int, *, seed: int = 1) -> None:
    """Orders of two years by a third as many customers, two lines each, most of them paid."""
    chance = random.Random(seed)
    variants = list(Variant.objects.order_by("pk").select_related("product")[:20_000])
    now = timezone.now()
    for start in range(0, count, BATCH):
        orders = []
        for _number in range(start, min(start + BATCH, count)):
            who = chance.randrange(count // 3)
            first, last = FIRST[who % len(FIRST)], LAST[who // len(FIRST) % len(LAST)]
            placed = now - timedelta(minutes=chance.randrange(2 * 365 * 24 * 60))
            is_paid = chance.random() < 0.85
            total = Decimal(chance.randint(500, 90_000)) / 100
            orders.append(
                Order(
                    number=new_number(),
                    token=secrets.token_urlsafe(24),
                    checkout_token=secrets.token_urlsafe(24),
                    email=f"customer{who}@example.com",
                    full_name=f"{first} {last}",
                    phone=f"+3712{who:07}",
                    line1="Main street 1",
                    city="Riga",
                    postal_code="LV-1001",
                    country=chance.choice(COUNTRIES),
                    status=OrderStatus.DELIVERED if is_paid else OrderStatus.EXPIRED,
                    currency="EUR",
                    subtotal=total,
                    shipping=0,
                    tax=0,
                    total=total,
                    shipping_code="bench",
                    shipping_name="Parcel",
                    deliver_from=placed.date(),
                    deliver_to=placed.date(),
                    gateway="offline",
                    placed_at=placed,
                    paid_at=placed if is_paid else None,
                    expires_at=placed,
                )
            )
        bulk.write(orders)
        write(orders, variants, chance)


def write(orders: list[Order], variants: list[Variant], chance: random.Random) -> None:
    """What stands beside each order."""
    lines = []
    for order in orders:
        for variant in chance.choices(variants, k=2):
            name = str(variant)
            price = variant.price
            lines.append(
                OrderLine(
                    order=order, variant=variant, sku=variant.sku, name=name, quantity=1, price=price, total=price
                )
            )
    bulk.write(lines)
    bulk.write([OrderEvent(order=order, to_status=OrderStatus.PLACED, at=order.placed_at) for order in orders])
    payments = [
        Payment(
            order=order,
            gateway="offline",
            attempt=1,
            idempotency_key=f"{order.number}-1",
            amount=order.total,
            currency="EUR",
            received=order.total,
            received_currency="EUR",
            status=PaymentStatus.SUCCEEDED,
        )
        for order in orders
        if order.paid_at
    ]
    bulk.write(payments)


def queries() -> list[str]:
    """What a telephone asks: whole and half numbers, addresses, names in two scripts, SKUs, nothing that is there."""
    chance = random.Random(7)
    some = list(Order.objects.order_by("?").values_list("number", "email", "full_name", "phone")[:6])
    skus = OrderLine.objects.order_by("?").values_list("sku", flat=True)[:4]
    found = [text for number, email, name, phone in some for text in (number, number[:6].lower(), email, name, phone)]
    found += [*skus, "lee", "Новик", "example.com", "an", "a", "customer1", "nobody at all", "BENCH-1"]
    chance.shuffle(found)
    return found


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def result(name: str, times: list[float], sql: int) -> dict[str, Any]:
    """One line of bench.json; the yardstick is the limit, as answers a second."""
    times = sorted(times)
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    rate, yardstick = 1000 / statistics.mean(times), 1000 / LIMIT_MS
    print(f"  {name}: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, most {times[-1]:.0f} ms", flush=True)
    return {
        "name": name,
        "rate": round(rate, 1),
        "p95_ms": round(p95, 2),
        "sql": sql,
        "yardstick": round(yardstick, 1),
        "ratio": round(rate / yardstick, 3),
        "target": 1.0,
        "mix": f"floor: {LIMIT_MS} ms; most {times[-1]:.0f} ms",
    }


def run(*, orders: int = 0) -> list[dict[str, Any]]:
    make_orders(orders or int(os.environ.get("BENCH_ORDERS", "100000")))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"  figures of all customers in {timed(customer_records.rebuild) / 1000:.1f} s", flush=True)
    client = Client()
    client.force_login(User.objects.create_superuser(f"{secrets.token_hex(4)}@example.com"))
    return [
        in_pages(client, "order_search", "/admin/store/orders/results/", queries()),
        verbs("order_search_verb", queries()),
        in_pages(client, "customer_list", "/admin/store/customers/results/", ["", "lee", "customer12", "ordering"]),
        dashboard(),
    ]


def in_pages(client: Client, name: str, path: str, words: list[str]) -> dict[str, Any]:
    """The page itself, as the admin asks for it while somebody types."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path, {"q": words[0]})
    # Now: the next request begins a new log.
    sql = len(captured)
    times = [timed(lambda text=text: client.get(path, {"q": text})) for text in words]
    return result(name, times, sql)


def verbs(name: str, words: list[str]) -> dict[str, Any]:
    def search(text: str) -> None:
        rows = order_search.newest(Order.objects.all(), text).rows
        rows.count()
        list(rows[:50])

    return result(name, [timed(lambda text=text: search(text)) for text in words], 4)


def dashboard() -> dict[str, Any]:
    """The sales of 90 days and the 90 before, with nothing cached."""

    def report() -> None:
        caches["local"].clear()
        sales.report(periods.last(90))

    report()
    with CaptureQueriesContext(connection) as captured:
        report()
    return result("sales_dashboard", [timed(report) for _time in range(5)], len(captured))
