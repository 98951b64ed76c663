"""Questions about what was bought; only the shop's own list may be asked them.

Orders belong to recipients by their e-mail, as stored on both sides in lower case: each question is one sub-query over
orders, found by index, and not one per recipient.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from store.models import Category, Order, OrderStatus

# The money came, and some of it is still here.
GONE = (OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.REFUNDED)
# Not `Q()`, which Django leaves out of an OR.
EVERYBODY = ~Q(pk__in=[])


def paid() -> QuerySet[Order]:
    return Order.objects.filter(paid_at__isnull=False).exclude(status__in=GONE).order_by()


def condition(subject: str, test: str, value: Any) -> Q:
    if subject == "ordered":
        return ordered(test, value)
    if subject in ("product", "category"):
        lines = {"lines__variant__product": value} if subject == "product" else within_category(value)
        found = by(paid().filter(**lines))
        return found if test == "bought" else ~found
    if subject == "orders":
        counted = paid().values("email").annotate(figure=Count("pk"))
        return compared(counted, test, Decimal(value))
    spending = paid().filter(currency=settings.STORE_CURRENCY).values("email")
    return compared(spending.annotate(money=Sum(F("total") - F("refunded"))), test, Decimal(value), "money")


def by(orders: QuerySet[Any]) -> Q:
    """Those whose address stands on one of these orders."""
    return Q(email_norm__in=orders.values("email"))


def ordered(test: str, days: Any) -> Q:
    if test in ("ever", "never"):
        return by(paid()) if test == "ever" else ~by(paid())
    recent = by(paid().filter(paid_at__gte=timezone.now() - timedelta(days=days)))
    return recent if test == "within" else by(paid()) & ~recent


def within_category(pk: int) -> dict[str, Any]:
    """The category and those in it; one that is gone holds nothing."""
    path = Category.objects.filter(pk=pk).values_list("path", flat=True).first()
    if path is None:
        return {"pk__in": []}
    return {"lines__variant__product__category__path__startswith": path}


def compared(people: QuerySet[Any], test: str, value: Decimal, figure: str = "figure") -> Q:
    """Who has bought nothing counts as zero: found by leaving out those of whom the opposite is true."""
    if test == "at-least":
        return by(people.filter(**{f"{figure}__gte": value})) if value > 0 else EVERYBODY
    if test == "at-most":
        return ~by(people.filter(**{f"{figure}__gt": value})) if value >= 0 else ~EVERYBODY
    return by(people.filter(**{figure: value})) if value else ~by(people.exclude(**{figure: 0}))
