"""The deliveries of a mailing as people look for them: by state, by what came afterwards, by address; page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns import addresses, keyset
from campaigns.keyset import Page
from campaigns.models import Attempt, Delivery, DeliveryEvent, Recipient

PAGE_SIZE = 50
STATES: list[tuple[str, Any]] = [
    *Delivery.Status.choices,
    ("opened", _("Opened")),
    ("clicked", _("Clicked")),
    ("bounced", _("Bounced")),
    ("complained", _("Complained")),
    ("unsubscribed", _("Unsubscribed")),
]
HEADING = (
    *("planned_for", "email", "full_name", "status", "attempt_at", "attempt_status", "response"),
    *("opened_at", "clicked_at", "bounced_at", "complained_at", "unsubscribed_at"),
)


def found(*, runs: list[int], state: str = "", words: str = "") -> QuerySet[Delivery]:
    """Those in the state, of whom the address has the words. A whole address is found by its index."""
    # One run alone is read in its index's order.
    rows = Delivery.objects.filter(run=runs[0]) if len(runs) == 1 else Delivery.objects.filter(run__in=runs)
    if state in Delivery.Status.values:
        rows = rows.filter(status=state)
    elif state:
        rows = rows.filter(**{f"{state}_at__isnull": False})
    if not words:
        return rows
    people = (
        Recipient.objects.filter(email_norm=addresses.normalise(words)) if "@" in words else Recipient.objects.none()
    )
    known = rows.filter(recipient__in=list(people.values_list("pk", flat=True)[:1000]))
    return known if "@" in words and known.exists() else rows.filter(email__icontains=words)


def page_of(rows: QuerySet[Delivery], *, after: int | None = None, before: int | None = None) -> Page[Delivery]:
    """The page behind (or before) a delivery."""
    return keyset.page_of(told(rows), size=PAGE_SIZE, after=after, before=before)


def told(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """With every attempt and event, in the order they came."""
    return rows.prefetch_related(
        Prefetch("attempts", queryset=Attempt.objects.order_by("pk")),
        Prefetch("events", queryset=DeliveryEvent.objects.select_related("link").order_by("at", "pk")),
    )


def table(rows: QuerySet[Delivery]) -> Iterator[tuple[Any, ...]]:
    """For a spreadsheet: a row per attempt; a delivery that was not tried has one without."""
    yield HEADING
    attempts = Prefetch("attempts", queryset=Attempt.objects.order_by("pk"))
    ordered = rows.order_by("pk").select_related("run").prefetch_related(attempts)
    for row in ordered.iterator(chunk_size=1000):
        start = (row.run.occurrence, row.email, row.full_name, row.status)
        end = (row.opened_at, row.clicked_at, row.bounced_at, row.complained_at, row.unsubscribed_at)
        for one in row.attempts.all():
            yield (*start, one.at, one.status, one.response, *end)
        if not row.attempts.all():
            yield (*start, None, "", "", *end)


@dataclass(frozen=True)
class Moment:
    """One line of a delivery's story."""

    at: datetime
    thing: Attempt | DeliveryEvent

    @property
    def is_event(self) -> bool:
        return isinstance(self.thing, DeliveryEvent)


def story(delivery: Delivery) -> list[Moment]:
    """Every attempt and event, as they came."""
    attempts = [Moment(attempt.at, attempt) for attempt in delivery.attempts.order_by("pk")]
    events = [Moment(event.at, event) for event in delivery.events.order_by("pk").select_related("link")]
    return sorted([*attempts, *events], key=lambda moment: moment.at)
