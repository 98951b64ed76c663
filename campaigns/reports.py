"""What a mailing, or one run of it, achieved: by message, link, recipient domain and time.

The outcome is read from the runs' counters. What has to read deliveries is kept until a counter moves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.core.cache import caches
from django.db.models import Count, F, Q, QuerySet

from campaigns import deliverability, revenue
from campaigns.models import Attribution, Content, Delivery, DeliveryEvent, Link, Mailing, Run
from campaigns.revenue import Revenue
from campaigns.statistics import Figures, runs_figures
from campaigns.tracking import Wish, wish_of
from company import charts

T = TypeVar("T")
KEPT_SECONDS = 3600
TOP = 20
# The first two days, in steps of so many hours.
HOURS, STEP = 48, 2


@dataclass(frozen=True)
class RivalRow:
    """A message of an A/B test, and how it did."""

    letter: str
    subject: str
    sent: int
    opened: int
    clicked: int
    revenue: Revenue
    is_winner: bool


@dataclass(frozen=True)
class LinkRow:
    """An address in the message: clicks, and the recipients who made them."""

    url: str
    people: int
    clicks: int
    by_machines: int


@dataclass(frozen=True)
class HourRow:
    """Recipients whose first open or click came so many hours after the message."""

    hours: str
    opened: int
    clicked: int


@dataclass(frozen=True)
class Report:
    """Of a whole mailing, or of one run."""

    mailing: Mailing
    runs: list[int]
    figures: Figures
    wish: Wish

    @property
    def is_tracked(self) -> bool:
        return is_tracked(self.wish, self.figures)

    @property
    def consented(self) -> int:
        """To how many it was sent of whom opens and clicks may be noted."""
        return consenting(self.mailing.owner_id, Run.objects.filter(pk__in=self.runs), self.figures)

    @property
    def revenue(self) -> Revenue:
        return revenue.of_runs(self.runs)

    @property
    def domains(self) -> list[deliverability.Standing]:
        rows = Delivery.objects.filter(run__in=self.runs)
        return self.kept("domains", lambda: deliverability.domains(rows)[:TOP])

    @property
    def hours(self) -> list[HourRow]:
        return self.kept("hours", lambda: hour_rows(self.runs)) if self.is_tracked else []

    @property
    def links(self) -> list[LinkRow]:
        return link_rows(self.runs)

    @property
    def rivals(self) -> list[RivalRow]:
        return rival_rows(self.runs)

    def kept(self, name: str, count: Callable[[], T]) -> T:
        return kept(f"{name}:{hash(tuple(self.runs))}", self.figures, count)


def is_tracked(wish: Wish, figures: Figures) -> bool:
    return wish.opens or wish.clicks or bool(figures.opened or figures.clicked)


def consenting(owner_id: int, runs: QuerySet[Run], figures: Figures) -> int:
    """How many of the runs' messages went to people who had agreed to opens and clicks being noted; 0 if none are."""
    if not is_tracked(wish_of(owner_id), figures):
        return 0
    rows = Delivery.objects.filter(run__in=runs.order_by().values("pk"), status=Delivery.Status.SENT)
    agreed = rows.filter(recipient__tracking_agreed_at__lte=F("finished_at"))
    name = f"consented:{owner_id}:{hash(tuple(runs.order_by('pk').values_list('pk', flat=True)))}"
    # Those who have taken it back since were counted while they agreed.
    return max(kept(name, figures, agreed.count), figures.opened, figures.clicked)


def kept(name: str, figures: Figures, count: Callable[[], T]) -> T:
    """Counted anew when one of the counters has moved."""
    state = hash((figures.decided, figures.opened, figures.clicked, figures.bounced, figures.complained))
    key = f"campaigns:report:{name}:{state}"
    found: T | None = caches["local"].get(key)
    if found is None:
        found = count()
        caches["local"].set(key, found, KEPT_SECONDS)
    return found


def report_of(mailing: Mailing, run: Run | None = None) -> Report:
    runs = Run.objects.filter(pk=run.pk) if run else Run.objects.filter(mailing=mailing)
    ids = list(runs.order_by("pk").values_list("pk", flat=True))
    return Report(mailing, ids, runs_figures(runs), wish_of(mailing.owner_id))


def hour_rows(runs: list[int]) -> list[HourRow]:
    """One query; each recipient counts where their first open or click falls."""
    rows = Delivery.objects.filter(run__in=runs).exclude(opened_at=None, clicked_at=None)
    until: dict[str, Any] = {}
    for hours in range(STEP, HOURS + 1, STEP):
        for kind in ("opened", "clicked"):
            before = Q(**{f"{kind}_at__lt": F("finished_at") + timedelta(hours=hours)})
            until[f"{kind}{hours}"] = Count("pk", filter=before)
    sums = rows.aggregate(**until)
    found, last = [], {"opened": 0, "clicked": 0}
    for hours in range(STEP, HOURS + 1, STEP):
        now = {kind: sums[f"{kind}{hours}"] for kind in last}
        found.append(HourRow(f"{hours - STEP}–{hours}", *(now[kind] - last[kind] for kind in last)))
        last = now
    return found


def link_rows(runs: list[int]) -> list[LinkRow]:
    """Every address of the messages, the most clicked first; two queries."""
    clicks = DeliveryEvent.objects.filter(link__content__run__in=runs, kind=DeliveryEvent.Kind.CLICKED).order_by()
    by_people = Q(by_machine=False)
    counted = clicks.values("link__url").annotate(
        people=Count("delivery", filter=by_people, distinct=True),
        clicks=Count("pk", filter=by_people),
        machines=Count("pk", filter=~by_people),
    )
    found = {
        row["link__url"]: LinkRow(row["link__url"], row["people"], row["clicks"], row["machines"]) for row in counted
    }
    urls = Link.objects.filter(content__run__in=runs).order_by().values_list("url", flat=True).distinct()
    rows = [found.get(url, LinkRow(url, 0, 0, 0)) for url in urls]
    return sorted(rows, key=lambda row: (-row.people, -row.clicks, row.url))


def rival_rows(runs: list[int]) -> list[RivalRow]:
    """The messages of an A/B test, by letter; none where there was no test. Three queries at most."""
    contents = Content.objects.filter(run__in=runs, rival__isnull=False).select_related("rival", "run")
    found = list(contents.order_by("rival__letter", "pk"))
    if not found:
        return []
    ids = [content.pk for content in found]
    rows = Delivery.objects.filter(run__in=runs, content__in=ids).order_by().values("content")
    is_sent = Q(status=Delivery.Status.SENT)
    counts = rows.annotate(sent=Count("pk", filter=is_sent), opened=Count("opened_at"), clicked=Count("clicked_at"))
    by_content = {row.pop("content"): row for row in counts}
    money = revenue.by(Attribution.objects.filter(delivery__content__in=ids), "delivery__content")
    nothing = {"sent": 0, "opened": 0, "clicked": 0}
    return [
        RivalRow(
            letter=content.rival.letter if content.rival else "",
            subject=content.subject,
            revenue=money.get(content.pk, Revenue()),
            is_winner=content.rival_id is not None and content.run.winner_id == content.rival_id,
            **by_content.get(content.pk, nothing),
        )
        for content in found
    ]


def hours_chart(rows: list[HourRow]) -> charts.Chart:
    """Clicks, with the opens beside them."""
    titles = [f"{row.hours}: {row.opened} / {row.clicked}" for row in rows]
    return charts.bars([Decimal(row.clicked) for row in rows], [Decimal(row.opened) for row in rows], titles)
