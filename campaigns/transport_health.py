"""How the way out is: for the managers' page. Five queries, however much waits or was sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMinute
from django.utils import timezone

from campaigns.delivery import breaker
from campaigns.models import Attempt, Claim, Delivery, Run, Transport

MINUTES = 10
# Attempts have no index by time, which every message would pay for; the newest stand at the end.
NEWEST_ATTEMPTS = 100_000


@dataclass(frozen=True)
class Minute:
    """What the server answered in one minute; `tried` are all attempts, `sent` those that it took."""

    at: datetime
    tried: int
    sent: int


@dataclass(frozen=True)
class Queue:
    """What waits in mailings that may go out now. `oldest_at`: since when the longest waiting one could have gone."""

    waiting: int
    mailings: int
    oldest_at: datetime | None

    @property
    def oldest_age(self) -> timedelta:
        """Zero when nothing is due."""
        return timezone.now() - self.oldest_at if self.oldest_at else timedelta()


@dataclass(frozen=True)
class Health:
    """`claims` are connections, with `held` deliveries each; one whose lease has run out belongs to a dead process."""

    transport: Transport
    minutes: list[Minute]
    queue: Queue
    claims: list[Claim]

    @property
    def in_trouble(self) -> bool:
        return self.transport.open_since is not None

    @property
    def sent_per_second(self) -> float:
        """Over the minutes shown."""
        if not self.minutes:
            return 0.0
        seconds = (timezone.now() - self.minutes[0].at).total_seconds()
        return sum(minute.sent for minute in self.minutes) / max(seconds, 1.0)


def health() -> Health:
    now = timezone.now()
    claims = Claim.objects.annotate(held=Count("deliveries")).order_by("created_at")
    return Health(breaker.state(), minutes_until(now), queue_at(now), list(claims))


def minutes_until(now: datetime) -> list[Minute]:
    """The last minutes in which something was tried, oldest first; at most the newest 100,000 attempts count."""
    newest = Attempt.objects.aggregate(last=Max("pk"))["last"] or 0
    recent = Attempt.objects.filter(pk__gt=newest - NEWEST_ATTEMPTS, at__gte=now - timedelta(minutes=MINUTES))
    counted = (
        recent.order_by()
        .annotate(minute=TruncMinute("at"))
        .values("minute")
        .annotate(tried=Count("pk"), sent=Count("pk", filter=Q(status=Attempt.Status.SENT)))
    )
    return [Minute(row["minute"], row["tried"], row["sent"]) for row in counted.order_by("minute")]


def queue_at(now: datetime) -> Queue:
    """From the runs' counters and one look into an index per open run: nothing is counted row by row."""
    queued = Delivery.objects.filter(run=OuterRef("pk"), status=Delivery.Status.QUEUED, next_try_at__lte=now)
    first = queued.order_by("next_try_at").values("next_try_at")[:1]
    left = F("total") - F("sent") - F("failed") - F("in_doubt") - F("suppressed")
    open_runs = Run.objects.sendable(now).order_by().annotate(left=left, first=Subquery(first)).filter(left__gt=0)
    found = open_runs.aggregate(
        waiting=Coalesce(Sum("left"), 0), mailings=Count("mailing", distinct=True), oldest=Min("first")
    )
    return Queue(found["waiting"], found["mailings"], found["oldest"])
