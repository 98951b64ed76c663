"""How staff find orders: by what a customer on the telephone can say, and by what needs doing."""

import re
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from store.models import Order, OrderLine, OrderStatus, Payment, Refund

MAX_LENGTH = 100
# A paid order should have left by then; one to be paid by transfer may be asked about.
TOO_LONG_AT_HOME = timedelta(days=2)
TOO_LONG_UNPAID = timedelta(days=5)
LOOKS_LIKE_PHONE = re.compile(r"\+?[\d\s()/.-]{5,}")


def search(rows: QuerySet[Order], words: str) -> QuerySet[Order]:
    """Those whose number or SKU begins with `words`, or whose name, e-mail or telephone number contains them.

    Each way has its index (migration index_order_search). As a UNION of keys: joined by OR with a look into another
    table, PostgreSQL would read all orders.
    """
    words = " ".join(words.replace("\x00", "").split())[:MAX_LENGTH]
    if not words:
        return rows
    by_customer = Q(number__startswith=words.upper()) | Q(email__icontains=words) | Q(full_name__icontains=words)
    if LOOKS_LIKE_PHONE.fullmatch(words):
        digits = "".join(filter(str.isdigit, words))
        # Without the nought that is dialled at home, which a stored number does not have.
        by_customer |= Q(phone__icontains=digits.lstrip("0") or digits)
    by_sku = OrderLine.objects.filter(sku__istartswith=words)
    found = Order.objects.order_by().filter(by_customer).values("pk").union(by_sku.order_by().values("order_id"))
    return rows.filter(pk__in=found)


def with_refund(rows: QuerySet[Order], wanted: bool) -> QuerySet[Order]:
    """Those of which something was given back or is on its way back; or the others."""
    refunds = Refund.objects.exclude(status=Refund.Status.FAILED).filter(payment__order=OuterRef("pk"))
    return rows.filter(Exists(refunds) if wanted else ~Exists(refunds))


def needing_attention(rows: QuerySet[Order], now: datetime | None = None) -> QuerySet[Order]:
    """Disputed, with a refund that failed, paid and still here after two days, or long unpaid."""
    now = now or timezone.now()
    disputed = Payment.objects.filter(order=OuterRef("pk"), disputed=True)
    failed = Refund.objects.filter(payment__order=OuterRef("pk"), status=Refund.Status.FAILED)
    waiting = Q(status__in=(OrderStatus.PAID, OrderStatus.PACKED), paid_at__lte=now - TOO_LONG_AT_HOME)
    unpaid = Q(status=OrderStatus.PLACED, placed_at__lte=now - TOO_LONG_UNPAID)
    return rows.filter(waiting | unpaid | Exists(disputed) | Exists(failed))


def to_pack(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Paid, and nobody has begun with them."""
    return rows.filter(status=OrderStatus.PAID)
