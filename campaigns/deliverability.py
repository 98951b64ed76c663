"""How well the site's mail arrives: what was sent, bounced and complained about, by owner, recipient domain and day.

Bounces and complaints count on the day their run was opened, so that a rate divides what belongs together; messages of
automations, whose runs go on for ever, on the day they were sent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import caches
from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Lower, StrIndex, Substr, TruncDate
from django.utils import timezone

from campaigns.models import Delivery, Mailing, Run

DAYS = 30
# Above these receivers begin to refuse a sender (see `campaigns.md`).
BOUNCE_LIMIT, COMPLAINT_LIMIT = 5.0, 0.3
DOMAINS = 50
# Counting a month's deliveries by domain reads them all.
KEPT_SECONDS = 600
DOMAIN = Lower(Substr("email", StrIndex("email", Value("@")) + 1))


@dataclass(frozen=True)
class Standing:
    """Of one owner, domain or day: `tried` are the messages that came to an outcome."""

    key: Any
    tried: int = 0
    sent: int = 0
    bounced: int = 0
    complained: int = 0
    label: str = ""

    @property
    def bounce_rate(self) -> float:
        """In percent of what was tried."""
        return 100 * self.bounced / self.tried if self.tried else 0.0

    @property
    def complaint_rate(self) -> float:
        """In percent of what was sent."""
        return 100 * self.complained / self.sent if self.sent else 0.0

    @property
    def is_in_danger(self) -> bool:
        return self.bounce_rate > BOUNCE_LIMIT or self.complaint_rate > COMPLAINT_LIMIT


def by_owner(*, days: int = DAYS) -> list[Standing]:
    """Owners by what they have sent, the most first; `key` is the owner's id, `label` the e-mail address. 2 queries."""
    return totals(days, "mailing__owner", "mailing__owner__email", "run__mailing__owner", "run__mailing__owner__email")


def by_day(*, days: int = DAYS) -> list[Standing]:
    """Days of the server's time zone, the oldest first, those without mail too. 2 queries."""
    runs, steps = TruncDate("opened_at"), TruncDate("finished_at")
    found = {row.key: row for row in merged(run_rows(days, key=runs), delivery_rows(step_deliveries(days), key=steps))}
    first = timezone.localdate() - timedelta(days=days - 1)
    return [found.get(day, Standing(day)) for day in (first + timedelta(days=number) for number in range(days))]


def by_domain(*, days: int = DAYS) -> list[Standing]:
    """The domains most written to, `key` is the domain. 1 query; ten minutes old at most."""

    def counted() -> list[Standing]:
        recent = Q(run__opened_at__gte=since(days)) | Q(run__mailing__kind=Mailing.Kind.STEP)
        rows = Delivery.objects.filter(recent, finished_at__gte=since(days))
        return domains(rows)[:DOMAINS]

    return kept(f"campaigns:deliverability:domains:{days}", counted)


def domains(deliveries: QuerySet[Delivery]) -> list[Standing]:
    """By recipient domain, the most first. Reads them all."""
    return merged(delivery_rows(deliveries, key=DOMAIN))


def since(days: int) -> Any:
    """The first moment of the first day."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days - 1)


def kept(name: str, count: Callable[[], list[Standing]]) -> list[Standing]:
    found: list[Standing] | None = caches["local"].get(name)
    if found is None:
        found = count()
        caches["local"].set(name, found, KEPT_SECONDS)
    return found


def totals(days: int, run_key: str, run_label: str, step_key: str, step_label: str) -> list[Standing]:
    runs = run_rows(days, key=F(run_key), label=F(run_label))
    return merged(runs, delivery_rows(step_deliveries(days), key=F(step_key), label=F(step_label)))


def run_rows(days: int, **by: Any) -> list[dict[str, Any]]:
    """From the counters of the runs: as many rows as there are keys."""
    runs = Run.objects.filter(opened_at__gte=since(days), mailing__kind=Mailing.Kind.REGULAR).order_by()
    sums = {name: Coalesce(Sum(name), 0) for name in ("sent", "bounced", "complained")}
    tried = Coalesce(Sum(F("sent") + F("failed") + F("in_doubt")), 0)
    return list(runs.annotate(**renamed(by)).values(*renamed(by)).annotate(n_tried=tried, **prefixed(sums)))


def step_deliveries(days: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(run__mailing__kind=Mailing.Kind.STEP, finished_at__gte=since(days))


def delivery_rows(deliveries: QuerySet[Delivery], **by: Any) -> list[dict[str, Any]]:
    tried = (Delivery.Status.SENT, Delivery.Status.FAILED, Delivery.Status.IN_DOUBT)
    counts = {
        "tried": Count("pk"),
        "sent": Count("pk", filter=Q(status=Delivery.Status.SENT)),
        "bounced": Count("bounced_at"),
        "complained": Count("complained_at"),
    }
    rows = deliveries.filter(status__in=tried).order_by()
    return list(rows.annotate(**renamed(by)).values(*renamed(by)).annotate(**prefixed(counts)))


def renamed(by: dict[str, Any]) -> dict[str, Any]:
    """No model has columns of these names."""
    return {f"by_{name}": expression for name, expression in by.items()}


def prefixed(columns: dict[str, Any]) -> dict[str, Any]:
    return {f"n_{name}": expression for name, expression in columns.items()}


def merged(*parts: Iterable[dict[str, Any]]) -> list[Standing]:
    """One row a key, the most tried first."""
    found: dict[Any, dict[str, Any]] = {}
    for row in (row for part in parts for row in part):
        sums = found.setdefault(row["by_key"], {"label": row.get("by_label", "")})
        for name in ("tried", "sent", "bounced", "complained"):
            sums[name] = sums.get(name, 0) + row[f"n_{name}"]
    rows = [Standing(key, **sums) for key, sums in found.items()]
    return sorted(rows, key=lambda row: (-row.tried, str(row.key)))
