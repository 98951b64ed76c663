"""All mailings of an owner over a stretch of days, beside one another."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from accounts.models import User
from campaigns import reports, revenue
from campaigns.models import Mailing, Run
from campaigns.revenue import Revenue
from campaigns.statistics import Figures, runs_figures, summed
from company import charts

RANGES = (30, 90, 365)
# More than these are not read side by side.
MOST = 50
MOST_BARS = 31


@dataclass(frozen=True)
class MailingRow:
    mailing: Mailing
    figures: Figures
    revenue: Revenue
    last: datetime


@dataclass(frozen=True)
class DayRow:
    """A day, or the days until the next row's."""

    day: date
    sent: int


@dataclass(frozen=True)
class Totals:
    days: int
    figures: Figures
    revenue: Revenue
    rows: list[MailingRow]
    calendar: list[DayRow]
    consented: int

    @property
    def chart(self) -> charts.Chart:
        return charts.bars([Decimal(row.sent) for row in self.calendar], [], [str(row.sent) for row in self.calendar])


def totals_of(owner: User, *, days: int) -> Totals:
    """Runs that were opened in these days; five queries, however many mailings there are."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    runs = Run.objects.owned_by(owner).filter(opened_at__gte=since)
    rows = mailing_rows(runs)
    money = revenue.by_mailing(Mailing.objects.owned_by(owner).values_list("pk", flat=True), run__opened_at__gte=since)
    whole = sum(money.values(), Revenue())
    found = [MailingRow(row.mailing, row.figures, money.get(row.mailing.pk, Revenue()), row.last) for row in rows]
    figures = runs_figures(runs)
    consented = reports.consenting(owner.pk, runs, figures)
    return Totals(days, figures, whole, found, calendar(runs, since.date(), days), consented)


def mailing_rows(runs: QuerySet[Run]) -> list[MailingRow]:
    """The mailings that went out last, the last first."""
    sums = runs.order_by().values("mailing").annotate(last=Max("opened_at"), **summed()).order_by("-last")[:MOST]
    found = {row.pop("mailing"): (row.pop("last"), Figures(**row)) for row in sums}
    mailings = Mailing.objects.select_related("message").in_bulk(list(found))
    return [MailingRow(mailings[pk], figures, Revenue(), last) for pk, (last, figures) in found.items()]


def calendar(runs: QuerySet[Run], first: date, days: int) -> list[DayRow]:
    """As many rows as a chart can show, the days without mail too."""
    by_day = runs.order_by().annotate(day=TruncDate("opened_at")).values("day").annotate(n=Coalesce(Sum("sent"), 0))
    step = -(-days // MOST_BARS)
    rows = [0] * (-(-days // step))
    for row in by_day:
        rows[min((row["day"] - first).days // step, len(rows) - 1)] += row["n"]
    return [DayRow(first + timedelta(days=number * step), sent) for number, sent in enumerate(rows)]
