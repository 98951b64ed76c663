"""Counts what is bought together and what is bought next, order by order.

A basket of n products adds 1/log2(1 + n)² to each of its pairs: what stands in a long list belongs together less than
what was picked as two (the square hits a little more often on real baskets than the plain logarithm). Old baskets fade
with a half-life, counted forwards (Cormode et al., "Forward decay", 2009): a basket of today simply weighs
2^(days since EPOCH / HALF_LIFE), so that no row has to be rewritten for getting older. Only the order of scores means
something. A float holds 168 years of it, so that nothing has to be renormalised either.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, groupby
from math import log2

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from store import orders
from store.models import (
    CountedBasket,
    Order,
    OrderLine,
    OrderStatus,
    PairKind,
    Product,
    ProductPair,
    Refund,
    RefundLine,
)

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
HALF_LIFE = timedelta(days=60)
# Longer lists are stock taken by another shop; they say nothing and would write 10,000 rows.
MOST_PRODUCTS = 100
# Of longer ones the order before and after says nothing either.
MOST_FOLLOWED = 25
# A second order within this time follows the first.
NEXT_WITHIN = timedelta(days=180)
PAID = (OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)
# Pairs held in memory by a rebuild before they are written.
AT_ONCE = 400_000
BATCH = 500
FORGOTTEN = timedelta(days=7)
# The advisory lock behind which all is counted anew.
LOCK = 0x5649_5452_0001

# (kind, product, other) → score and count to add.
Pairs = dict[tuple[str, int, int], list[float]]

ADD_POSTGRESQL = """
INSERT INTO store_productpair (kind, product_id, other_id, score, count)
SELECT * FROM unnest(%s::varchar[], %s::bigint[], %s::bigint[], %s::float8[], %s::int[])
ON CONFLICT (product_id, kind, other_id) DO UPDATE
SET score = store_productpair.score + excluded.score, count = store_productpair.count + excluded.count
"""
ADD_SQLITE = """
INSERT INTO store_productpair (kind, product_id, other_id, score, count) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (product_id, kind, other_id) DO UPDATE
SET score = store_productpair.score + excluded.score, count = store_productpair.count + excluded.count
"""
HOLD = {
    True: "SELECT pg_advisory_xact_lock_shared(%s)",
    False: "SELECT pg_advisory_xact_lock(%s)",
}


def weight(*, size: int, at: datetime) -> float:
    """What one basket of `size` products bought at that time adds to each of its pairs."""
    return 2 ** ((at - EPOCH) / HALF_LIFE) / log2(1 + size) ** 2


def recount(*, order_id: int) -> bool:
    """Make the counts say what the order is now: paid, in part or wholly given back. Whether anything changed.

    Safe to run any number of times: what was counted is written down and taken out before it is counted anew.
    """
    with transaction.atomic():
        hold(shared=True)
        order = orders.locked(order_id)
        basket = CountedBasket.objects.select_related("previous").filter(pk=order.pk).first()
        products = bought(order)
        if (basket.products if basket else []) == products:
            return False
        if basket is not None:
            add(around(basket), sign=-1)
        if not products:
            CountedBasket.objects.filter(pk=order.pk).delete()
        else:
            basket = basket or new_basket(order)
            basket.products = products
            basket.save()
            add(around(basket))
    return True


def recount_forgotten() -> int:
    """Paid orders whose task was lost, and those of which a part was given back; how many changed."""
    since = timezone.now() - FORGOTTEN
    recent = Order.objects.filter(status__in=PAID, paid_at__gte=since, basket=None)
    orders_to_count = set(recent.values_list("pk", flat=True)[:BATCH])
    # A refund in part changes no status, so that nothing was signalled.
    given_back = RefundLine.objects.filter(refund__created_at__gte=since, order_line__order__basket__isnull=False)
    orders_to_count |= set(given_back.values_list("order_line__order_id", flat=True))
    return sum(recount(order_id=pk) for pk in orders_to_count)


def bought(order: Order) -> list[int]:
    """The products that the customer paid for and kept, sorted."""
    if not order.is_paid:
        return []
    returned = Subquery(
        RefundLine.objects.filter(order_line=OuterRef("pk"), refund__status=Refund.Status.SUCCEEDED)
        .values("order_line")
        .annotate(pieces=Sum("quantity"))
        .values("pieces")
    )
    lines = order.lines.filter(variant__isnull=False, quantity__gt=Coalesce(returned, 0))
    kept = set(lines.values_list("variant__product_id", flat=True))
    return sorted(kept) if len(kept) <= MOST_PRODUCTS else []


def new_basket(order: Order) -> CountedBasket:
    at = order.paid_at or order.placed_at
    before = CountedBasket.objects.filter(
        order__email=order.email, bought_at__lte=at, bought_at__gt=at - NEXT_WITHIN
    ).exclude(pk=order.pk)
    return CountedBasket(order=order, bought_at=at, previous=before.order_by("-bought_at", "-pk").first())


def around(basket: CountedBasket) -> Pairs:
    """Everything that this basket has part in: its own pairs, those from the one before, those to the ones after."""
    pairs = inside(basket)
    if basket.previous is not None:
        collect(pairs, onward(basket.previous, basket))
    if basket.pk:
        for later in basket.following.all():
            collect(pairs, onward(basket, later))
    return pairs


def inside(basket: CountedBasket) -> Pairs:
    one = weight(size=len(basket.products), at=basket.bought_at)
    pairs: Pairs = {(PairKind.TOGETHER.value, product, product): [one, 1] for product in basket.products}
    for first, second in combinations(basket.products, 2):
        pairs[PairKind.TOGETHER.value, first, second] = [one, 1]
        pairs[PairKind.TOGETHER.value, second, first] = [one, 1]
    return pairs


def onward(basket: CountedBasket, later: CountedBasket) -> Pairs:
    """From each product of the one to each new one of the other."""
    new = [product for product in later.products if product not in basket.products]
    if not new or max(len(basket.products), len(later.products)) > MOST_FOLLOWED:
        return {}
    one = weight(size=len(basket.products) + len(new), at=later.bought_at)
    return {(PairKind.NEXT.value, product, other): [one, 1] for product in basket.products for other in new}


def collect(pairs: Pairs, more: Pairs) -> None:
    for key, (score, count) in more.items():
        known = pairs.setdefault(key, [0, 0])
        known[0] += score
        known[1] += count


def add(pairs: Pairs, *, sign: int = 1) -> None:
    """Add to the table, or take out. Products deleted since are left out."""
    named = {key[1] for key in pairs} | {key[2] for key in pairs}
    existing = set(Product.objects.filter(pk__in=named).values_list("pk", flat=True))
    write({key: value for key, value in pairs.items() if key[1] in existing and key[2] in existing}, sign)
    if sign < 0:
        ProductPair.objects.filter(product_id__in=existing, count__lte=0).delete()


def write(pairs: Pairs, sign: int = 1) -> None:
    """One statement, in the order of the key: two workers cannot block each other."""
    rows = [(*key, sign * score, sign * int(count)) for key, (score, count) in sorted(pairs.items())]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ADD_POSTGRESQL, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(ADD_SQLITE, rows)


def hold(*, shared: bool) -> None:
    """Orders are counted side by side, but not while everything is counted anew. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(HOLD[shared], [LOCK])


def rebuild(*, at_once: int = AT_ONCE) -> int:
    """Count all paid orders anew (after an import of orders, or with another half-life); how many were counted."""
    with transaction.atomic():
        hold(shared=False)
        for model in (ProductPair, CountedBasket):
            model._default_manager.all()._raw_delete(connection.alias)  # type: ignore[attr-defined]
        latest: dict[str, CountedBasket] = {}
        pairs: Pairs = {}
        counted: list[CountedBasket] = []
        for email, basket in paid_baskets():
            before = latest.get(email)
            if before is not None and basket.bought_at - before.bought_at < NEXT_WITHIN:
                basket.previous = before
                collect(pairs, onward(before, basket))
            latest[email] = basket
            collect(pairs, inside(basket))
            counted.append(basket)
            if len(pairs) > at_once:
                write(pairs)
                pairs = {}
        write(pairs)
        CountedBasket.objects.bulk_create(counted, batch_size=BATCH)
    return len(counted)


def paid_baskets() -> Iterator[tuple[str, CountedBasket]]:
    """E-mail and basket of every paid order, the oldest first."""
    lines = OrderLine.objects.filter(order__status__in=PAID, order__paid_at__isnull=False, variant__isnull=False)
    rows = lines.order_by("order__paid_at", "order_id").values_list(
        "order_id", "order__email", "order__paid_at", "variant__product_id"
    )
    for (order_id, email, paid_at), group in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[:3]):
        products = sorted({row[3] for row in group})
        if len(products) <= MOST_PRODUCTS:
            yield email, CountedBasket(order_id=order_id, products=products, bought_at=paid_at)


def forget_faded() -> int:
    """Drop pairs whose baskets are so old that they weigh less than a thousandth of a new one; how many."""
    least = weight(size=2, at=timezone.now()) / 1024
    dropped, _by_model = ProductPair.objects.filter(score__lt=least).delete()
    return dropped
