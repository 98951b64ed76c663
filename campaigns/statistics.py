"""Figures: what became of a mailing, an owner's mailings, the whole site's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from campaigns.models import Mailing, Recipient, Run


@dataclass(frozen=True)
class Figures:
    """Deliveries by outcome; `queued` have none yet."""

    runs: int = 0
    total: int = 0
    sent: int = 0
    failed: int = 0
    in_doubt: int = 0
    suppressed: int = 0
    # What came afterwards, each delivery once in each.
    opened: int = 0
    clicked: int = 0
    bounced: int = 0
    complained: int = 0
    unsubscribed: int = 0

    @property
    def queued(self) -> int:
        return self.total - self.decided

    @property
    def decided(self) -> int:
        return self.sent + self.failed + self.in_doubt + self.suppressed

    @property
    def percent(self) -> int:
        """How far it is; 100 only when nothing is left."""
        return self.decided * 100 // self.total if self.total else 0


OUTCOMES = ("total", "sent", "failed", "in_doubt", "suppressed")
COLUMNS = (*OUTCOMES, "opened", "clicked", "bounced", "complained", "unsubscribed")


def summed() -> dict[str, Any]:
    sums: dict[str, Any] = {name: Coalesce(Sum(name), 0) for name in COLUMNS}
    return {"runs": Count("pk"), **sums}


def mailing_figures(mailing: Mailing) -> Figures:
    """The sum of the mailing's runs."""
    return runs_figures(Run.objects.filter(mailing=mailing))


def run_figures(run: Run) -> Figures:
    return Figures(runs=1, **{name: getattr(run, name) for name in COLUMNS})


def runs_figures(runs: QuerySet[Run]) -> Figures:
    return Figures(**runs.order_by().aggregate(**summed()))


def figures_by_mailing(mailings: Iterable[Mailing]) -> dict[int, Figures]:
    """One query for a page of mailings; those without a run are there too, with zeros."""
    ids = [mailing.pk for mailing in mailings]
    runs = Run.objects.filter(mailing__in=ids).order_by()
    rows = {row.pop("mailing"): Figures(**row) for row in runs.values("mailing").annotate(**summed())}
    return {pk: rows.get(pk, Figures()) for pk in ids}


def owner_figures(owner: Any) -> Figures:
    """Over all mailings of the owner."""
    return runs_figures(Run.objects.owned_by(owner))


def site_figures() -> dict[str, int]:
    """For the home page: `mailings` in all, `active` ones, `recipients` by different normalised address."""
    return {
        "mailings": Mailing.objects.regular().count(),
        "active": Mailing.objects.regular().active().count(),
        "recipients": Recipient.objects.order_by().values("email_norm").distinct().count(),
    }
