"""A/B tests: who gets which message, how they stand, and the winner, who is chosen once and sent to the rest.

Counted are only recipients who agreed to clicks being noted. Without data, and on a tie, the first message wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Window
from django.db.models.fields import BigIntegerField, CharField, DateTimeField
from django.db.models.functions import MD5, Cast, Coalesce, Concat, Mod, RowNumber
from django.db.models.lookups import Exact, LessThan
from django.utils import timezone

from campaigns.due_times import again_at, due_at, moment
from campaigns.models import Attribution, Content, Delivery, Mailing, Recipient, Rival, Run
from company.money import format_percent

# When the rest of a test is due before there is a winner: never.
NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)
BATCH = 5_000


@dataclass(frozen=True)
class Row:
    """How one message stands: `counted` were sent to people who agreed, `hits` of them clicked or ordered."""

    rival: int | None
    letter: str
    subject: str
    sent: int
    counted: int
    hits: int
    is_winner: bool = False

    @property
    def rate(self) -> Decimal:
        return Decimal(self.hits) / self.counted if self.counted else Decimal(0)

    @property
    def share(self) -> str:
        return format_percent(100 * self.rate, 1) if self.counted else "–"


@dataclass(frozen=True)
class Standing:
    rows: list[Row]
    winner: Rival | None
    decide_at: datetime
    metric: str


def over_test(run: Run, contents: Sequence[Content], recipients: QuerySet[Recipient], *, now: datetime) -> list[Any]:
    """Expressions over a run's recipients: the content that each gets, and when; the rest gets none, and waits.

    In an order that has nothing to do with who they are, exactly the test's share fall into it, and each message gets
    as many of them as the others.
    """
    share = run.mailing.test_share or 0
    shuffled = MD5(Concat(Cast("pk", CharField()), Value(f"-{run.pk}")))
    steps = Window(RowNumber(), order_by=shuffled) * Value(share)
    in_test = LessThan(Mod(steps, Value(100)), share)
    turn = Mod((steps - Mod(steps, Value(100))) / Value(100), Value(len(contents)))
    turns = [When(Exact(turn, number), then=Value(content.pk)) for number, content in enumerate(contents)]
    content = Case(When(in_test, then=Case(*turns)), output_field=BigIntegerField())
    due = due_at(run, recipients, now=now)
    return [content, Case(When(in_test, then=due), default=moment(NOT_YET), output_field=DateTimeField())]


def start(run: Run, *, now: datetime) -> None:
    """Say when the winner will be chosen: so long after the last of the test is due."""
    if run.decide_at is not None:
        return
    last = run.deliveries.filter(content__isnull=False).aggregate(at=Max("next_try_at"))["at"] or now
    run.decide_at = max(now, last) + timedelta(hours=run.mailing.test_hours)
    Run.objects.filter(pk=run.pk, decide_at__isnull=True).update(decide_at=run.decide_at)


def standing(mailing: Mailing) -> Standing | None:
    """How the latest run's test stands; None when it has none."""
    run = mailing.runs.select_related("winner").first()
    if run is None or run.decide_at is None:
        return None
    return Standing(rows(run), run.winner, run.decide_at, mailing.get_test_metric_display())


def rows(run: Run) -> list[Row]:
    """By letter. After the decision only what came before it counts: the rest got the winner."""
    agreed = Q(status=Delivery.Status.SENT, recipient__tracking_agreed_at__isnull=False)
    until = run.decide_at if run.winner_id else timezone.now()
    tested = run.deliveries.filter(Q(finished_at__lte=until), content__rival__isnull=False)
    found = (
        tested.order_by()
        .values("content__rival")
        .annotate(
            sent=Count("pk", filter=Q(status=Delivery.Status.SENT)),
            counted=Count("pk", filter=agreed),
            clicks=Count("pk", filter=agreed & Q(clicked_at__lte=until)),
        )
    )
    orders = dict(
        Attribution.objects.filter(run=run, delivery__content__rival__isnull=False, at__lte=until)
        .filter(delivery__recipient__tracking_agreed_at__isnull=False, delivery__finished_at__lte=until)
        .order_by()
        .values_list("delivery__content__rival")
        .annotate(Count("pk"))
    )
    by_rival = {row["content__rival"]: row for row in found}
    by_orders = run.mailing.test_metric == Mailing.Metric.ORDERS
    result = []
    for content in run.contents.filter(rival__isnull=False).select_related("rival").order_by("rival__letter"):
        row = by_rival.get(content.rival_id or 0, {"sent": 0, "counted": 0, "clicks": 0})
        hits = orders.get(content.rival_id, 0) if by_orders else row["clicks"]
        letter = content.rival.letter if content.rival else ""
        is_winner = content.rival_id == run.winner_id
        result.append(Row(content.rival_id, letter, content.subject, row["sent"], row["counted"], hits, is_winner))
    return result


def decide_due(*, now: datetime | None = None) -> int:
    """Choose the winners whose time has come, and send them on; how many were chosen.

    Anybody may call it at any time, several at once: a run has one winner, and what was sent on already stays so. A
    mailing that may not go out now waits with its decision, and so does one none of whose test has gone out yet.
    """
    now = now or timezone.now()
    rest = Delivery.objects.filter(run=OuterRef("pk"), content__isnull=True, status=Delivery.Status.QUEUED)
    chosen = 0
    due = Run.objects.sendable(now).filter(Exists(rest), decide_at__lte=now)
    for run in due.select_related("mailing__owner"):
        if run.winner_id is None:
            test = run.deliveries.filter(content__isnull=False)
            if not run.sent and test.filter(status__in=[Delivery.Status.QUEUED, Delivery.Status.CLAIMED]).exists():
                continue
            chosen += choose(run, now=now)
        send_on(run, now=now)
    return chosen


def choose(run: Run, *, now: datetime) -> bool:
    """False when somebody was faster; the run knows its winner either way."""
    best = max(rows(run), key=lambda row: row.rate, default=None)
    undecided = Run.objects.filter(pk=run.pk, winner__isnull=True)
    is_first = best is not None and undecided.update(winner=best.rival, decide_at=now)
    run.refresh_from_db(fields=["winner", "decide_at"])
    return bool(is_first)


def send_on(run: Run, *, now: datetime) -> None:
    """Give the rest the winner's content. Killed half-way, it goes on at the next tick."""
    content = run.contents.filter(rival=run.winner_id).first() or run.contents.first()
    waiting = run.deliveries.filter(content__isnull=True, status=Delivery.Status.QUEUED)
    at = again_at(run, Recipient.objects.filter(owner=run.mailing.owner_id), now=now)
    theirs = Recipient.objects.filter(pk=OuterRef("recipient")).values_list(at)[:1]
    due = at if isinstance(at, Value) else Coalesce(Subquery(theirs), moment(now))
    while some := list(waiting.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        waiting.filter(pk__in=some).update(content=content, next_try_at=due)
