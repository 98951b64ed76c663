"""What orders have come to that followed a click."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from campaigns.models import Attribution
from company.money import round_money

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Revenue:
    """In the shop's currency: paid, and what of it was given back."""

    orders: int = 0
    paid: Decimal = NOTHING
    refunded: Decimal = NOTHING

    @property
    def kept(self) -> Decimal:
        return self.paid - self.refunded


def of_rows(rows: QuerySet[Attribution]) -> Revenue:
    return next(iter(by(rows, "currency").values()), Revenue())


def by(rows: QuerySet[Attribution], name: str) -> dict[Any, Revenue]:
    """Per value of a field; one query. Orders of another currency, from before the shop changed it, are left out."""
    found = rows.filter(currency=settings.STORE_CURRENCY).order_by().values(name)
    sums = found.annotate(n=Count("pk"), paid=Sum("amount"), back=Sum("refunded"))
    return {row[name]: Revenue(row["n"], round_money(row["paid"]), round_money(row["back"])) for row in sums}


def of_runs(runs: Iterable[int]) -> Revenue:
    return of_rows(Attribution.objects.filter(run__in=list(runs)))


def by_mailing(mailings: Iterable[int], **only: Any) -> dict[int, Revenue]:
    return by(Attribution.objects.filter(run__mailing__in=list(mailings), **only), "run__mailing")
