"""What orders have come to that a message brought."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from campaigns.models import Attribution
from company.money import round_money

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Revenue:
    """In the shop's currency: paid, and what of it was given back; and what of the orders a coupon alone brought."""

    orders: int = 0
    paid: Decimal = NOTHING
    refunded: Decimal = NOTHING
    coupon_orders: int = 0
    coupon_kept: Decimal = NOTHING

    @property
    def kept(self) -> Decimal:
        return self.paid - self.refunded

    def __add__(self, other: "Revenue") -> "Revenue":
        return Revenue(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Revenue)))


def of_rows(rows: QuerySet[Attribution]) -> Revenue:
    return next(iter(by(rows, "currency").values()), Revenue())


def by(rows: QuerySet[Attribution], name: str) -> dict[Any, Revenue]:
    """Per value of a field; one query. Orders of another currency, from before the shop changed it, are left out."""
    found = rows.filter(currency=settings.STORE_CURRENCY).order_by().values(name)
    by_coupon = Q(way=Attribution.Way.COUPON)
    sums = found.annotate(
        orders=Count("pk"),
        paid=Sum("amount"),
        back=Sum("refunded"),
        coupons=Count("pk", filter=by_coupon),
        coupon_paid=Coalesce(Sum("amount", filter=by_coupon), NOTHING),
        coupon_back=Coalesce(Sum("refunded", filter=by_coupon), NOTHING),
    )
    return {
        row[name]: Revenue(
            row["orders"],
            round_money(row["paid"]),
            round_money(row["back"]),
            row["coupons"],
            round_money(row["coupon_paid"] - row["coupon_back"]),
        )
        for row in sums
    }


def of_runs(runs: Iterable[int]) -> Revenue:
    return of_rows(Attribution.objects.filter(run__in=list(runs)))


def by_mailing(mailings: Iterable[int], **only: Any) -> dict[int, Revenue]:
    return by(Attribution.objects.filter(run__mailing__in=list(mailings), **only), "run__mailing")
