"""How staff find orders: by what a customer on the telephone can say, and by what needs doing."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from store.models import Order, OrderLine, OrderStatus, Payment, Refund

MAX_LENGTH = 100
# More than that are narrowed down, not read.
LISTED = 1000
# A paid order should have left by then, and one to be paid at handover; one to be paid by transfer may be asked about,
# and a courier who has not handed over what he took.
TOO_LONG_AT_HOME = timedelta(days=2)
TOO_LONG_UNPAID = timedelta(days=5)
TOO_LONG_OWED = timedelta(days=14)
LOOKS_LIKE_PHONE = re.compile(r"\+?[\d\s()/.-]{5,}")


@dataclass(frozen=True, slots=True)
class Found:
    """`has_more`: there are older ones that match as well."""

    rows: QuerySet[Order]
    has_more: bool


def newest(rows: QuerySet[Order], words: str) -> Found:
    """The newest LISTED of those that `search` would find, in two queries: nobody reads on, and counting takes long.

    Both stop as soon as they have so many: broad words end early on the index of the newest, rare ones have their own.
    """
    words = clean(words)
    if not words:
        return Found(rows, has_more=False)
    ways = (rows.filter(by_customer(words)), rows.filter(pk__in=by_sku(words)))
    found: set[tuple[datetime, int]] = set()
    for way in ways:
        found.update(way.order_by("-placed_at", "-pk").values_list("placed_at", "pk")[: LISTED + 1])
    keys = [pk for _placed_at, pk in sorted(found, reverse=True)[:LISTED]]
    return Found(rows.filter(pk__in=keys), has_more=len(found) > LISTED)


def search(rows: QuerySet[Order], words: str) -> QuerySet[Order]:
    """Those whose number or SKU begins with `words`, or whose name, e-mail or telephone number contains them.

    Each way has its index (migration 0003). As a UNION of keys: joined by OR with a look into another table, PostgreSQL
    would read all orders.
    """
    words = clean(words)
    if not words:
        return rows
    found = Order.objects.order_by().filter(by_customer(words)).values("pk").union(by_sku(words))
    return rows.filter(pk__in=found)


def clean(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())[:MAX_LENGTH]


def by_customer(words: str) -> Q:
    found = Q(number__startswith=words.upper()) | Q(email__icontains=words) | Q(full_name__icontains=words)
    if LOOKS_LIKE_PHONE.fullmatch(words):
        digits = "".join(filter(str.isdigit, words))
        # Without the nought that is dialled at home, which a stored number does not have.
        found |= Q(phone__icontains=digits.lstrip("0") or digits)
    return found


def by_sku(words: str) -> QuerySet[OrderLine, Any]:
    return OrderLine.objects.order_by().filter(sku__istartswith=words).values("order_id")


def with_refund(rows: QuerySet[Order], wanted: bool) -> QuerySet[Order]:
    """Those of which something was given back or is on its way back; or the others."""
    refunds = Refund.objects.exclude(status=Refund.Status.FAILED).filter(payment__order=OuterRef("pk"))
    return rows.filter(Exists(refunds) if wanted else ~Exists(refunds))


def needing_attention(rows: QuerySet[Order], now: datetime | None = None) -> QuerySet[Order]:
    """Disputed, with a refund that failed, still here after two days though nothing is to be waited for, or long
    unpaid."""
    now = now or timezone.now()
    disputed = Payment.objects.filter(order=OuterRef("pk"), disputed=True)
    failed = Refund.objects.filter(payment__order=OuterRef("pk"), status=Refund.Status.FAILED)
    waiting = Q(status__in=(OrderStatus.PAID, OrderStatus.PACKED), paid_at__lte=now - TOO_LONG_AT_HOME)
    unpaid = Q(status=OrderStatus.PLACED, placed_at__lte=now - TOO_LONG_UNPAID)
    owed = Q(goods_first=True, paid_at=None)
    waiting |= owed & Q(status__in=(OrderStatus.PLACED, OrderStatus.PACKED), placed_at__lte=now - TOO_LONG_AT_HOME)
    unpaid |= owed & Q(status__in=(OrderStatus.SHIPPED, OrderStatus.DELIVERED), placed_at__lte=now - TOO_LONG_OWED)
    return rows.filter(waiting | unpaid | Exists(disputed) | Exists(failed))
