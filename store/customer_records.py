"""The figures of customers, guests too, by normalised e-mail address.

Every change of an order leaves an entry in its timeline: `catch_up` reads those that are new and works the figures of
the customers concerned out again. Nobody who buys waits for it, and what a killed worker or a dropped signal left out
is found the next time.
"""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from store.models import CustomerNote, CustomerRecord, Order, OrderEvent, Payment, PaymentStatus, Refund

BATCH = 1000
# Entries are numbered before they are committed: those of a slow transaction come in behind the mark.
OVERLAP = timedelta(minutes=10)
COUNTED = ("orders", "paid_orders", "spent", "first_paid_at", "last_order_at")
FIGURES = ("full_name", "country", "user", *COUNTED, "event_id")
KEPT = (PaymentStatus.SUCCEEDED, PaymentStatus.REFUNDED)


def catch_up() -> int:
    """Work out anew whatever has changed; how many customers that were."""
    mark = CustomerRecord.objects.aggregate(mark=Max("event_id"))["mark"] or 0
    news = OrderEvent.objects.filter(Q(pk__gt=mark) | Q(at__gte=timezone.now() - OVERLAP))
    emails = set(news.order_by().values_list("order__email", flat=True).distinct())
    # An order whose e-mail was mended has left the customer of before.
    for params in news.filter(code="corrected").values_list("params", flat=True):
        emails |= {before for name, before, _after in params.get("changes", []) if name == "email"}
    return refresh(emails)


def rebuild() -> int:
    """All of them from the orders; how many customers there are."""
    CustomerRecord.objects.exclude(email__in=Order.objects.order_by().values("email")).delete()
    return refresh(Order.objects.order_by().values_list("email", flat=True).distinct())


def refresh(emails: Iterable[str]) -> int:
    """Work out the figures of these addresses; an address without orders has no record."""
    wanted = sorted(set(emails))
    for start in range(0, len(wanted), BATCH):
        refresh_batch(wanted[start : start + BATCH])
    return len(wanted)


@transaction.atomic
def refresh_batch(emails: list[str]) -> None:
    rows = Order.objects.filter(email__in=emails).order_by()
    figures = rows.values("email").annotate(
        orders=Count("pk"),
        paid_orders=Count("pk", filter=Q(paid_at__isnull=False)),
        first_paid_at=Min("paid_at"),
        last_order_at=Max("placed_at"),
    )
    # The newest order has the last word.
    latest = {row[0]: row[1:] for row in rows.order_by("placed_at").values_list("email", "full_name", "country")}
    spent = money_kept(emails)
    events = dict(
        OrderEvent.objects.filter(order__email__in=emails)
        .order_by()
        .values_list("order__email")
        .annotate(newest=Max("pk"))
    )
    accounts = dict(EmailAddress.objects.filter(email__in=emails, verified=True).values_list("email", "user_id"))
    records = [
        CustomerRecord(
            **row,
            full_name=latest[row["email"]][0],
            country=latest[row["email"]][1],
            user_id=accounts.get(row["email"]),
            spent=spent.get(row["email"], Decimal(0)),
            event_id=events.get(row["email"], 0),
        )
        for row in figures
    ]
    CustomerRecord.objects.filter(email__in=set(emails) - {record.email for record in records}).delete()
    CustomerRecord.objects.bulk_create(
        records, update_conflicts=True, unique_fields=["email"], update_fields=list(FIGURES)
    )


def money_kept(emails: list[str]) -> dict[str, Decimal]:
    """What came in less what went back, by e-mail."""
    kept = dict(
        Payment.objects.filter(order__email__in=emails, status__in=KEPT)
        .order_by()
        .values_list("order__email")
        .annotate(total=Sum("received"))
    )
    back = Refund.objects.filter(payment__order__email__in=emails, status=Refund.Status.SUCCEEDED).order_by()
    for email, amount in back.values_list("payment__order__email").annotate(total=Sum("amount")):
        kept[email] = (kept.get(email) or Decimal(0)) - amount
    return {email: amount or Decimal(0) for email, amount in kept.items()}


def search(rows: QuerySet[CustomerRecord], words: str) -> QuerySet[CustomerRecord]:
    """Those whose e-mail or name contains `words`."""
    words = " ".join(words.replace("\x00", "").split())[:100]
    return rows.filter(Q(email__icontains=words) | Q(full_name__icontains=words)) if words else rows


def orders_of(record: CustomerRecord) -> QuerySet[Order]:
    """All under this e-mail, and those of the account that has confirmed it; the newest first."""
    mine = Q(email=record.email)
    if record.user_id:
        mine |= Q(user_id=record.user_id)
    return Order.objects.filter(mine).order_by("-placed_at", "-pk")


def addresses_of(rows: Iterable[Order]) -> list[Order]:
    """The different places to which these orders went, as the newest order to each has it."""
    found: dict[tuple[Any, ...], Order] = {}
    for order in rows:
        place = (order.full_name, order.line1, order.line2, order.city, order.postal_code, order.country)
        found.setdefault(tuple(part.casefold() for part in place), order)
    return list(found.values())


def add_note(*, record: CustomerRecord, text: str, author: Any) -> CustomerNote:
    """Write something down about a customer; staff read it, the customer does not."""
    return CustomerNote.objects.create(email=record.email, text=text.replace("\x00", "").strip(), author=author)


HEADING = ("email", "full_name", "country", "account", *COUNTED)


def export_rows(rows: QuerySet[CustomerRecord]) -> Iterable[tuple[Any, ...]]:
    """For `spreadsheets.download`; memory holds one batch."""
    yield HEADING
    rows = rows.order_by("-pk")
    batch = list(rows[:BATCH])
    while batch:
        for record in batch:
            yield (
                record.email,
                record.full_name,
                record.country,
                "yes" if record.user_id else "no",
                *(getattr(record, name) for name in COUNTED),
            )
        batch = list(rows.filter(pk__lt=batch[-1].pk)[:BATCH])
