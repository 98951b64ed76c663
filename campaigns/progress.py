"""How far mailings have got: counts, bars and the time that is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Delivery, Mailing, Run
from campaigns.quotas import quota_of
from campaigns.statistics import Figures, summed

OPEN = (Run.Status.OPENING, Run.Status.RUNNING)
BAR_WIDTH = 1000
# A sample tells the pace from the first age on and is replaced at the second.
SAMPLE_SECONDS = (1.5, 20.0)


@dataclass(frozen=True)
class Segment:
    """A stretch of the bar, in parts of BAR_WIDTH."""

    css_class: str
    x: int
    width: int


@dataclass(frozen=True)
class Progress:
    mailing: Mailing
    counts: Figures
    time_left: str = ""
    holding: tuple[str, ...] = ()

    @property
    def segments(self) -> list[Segment]:
        counts, segments, x = self.counts, [], 0
        for css_class, number in (("is-done", counts.sent), ("is-bad", counts.failed), ("is-doubt", counts.in_doubt)):
            if number:
                # What there is can be seen, however little it is.
                width = max(BAR_WIDTH * number // counts.total, 4)
                segments.append(Segment(css_class, x, width))
                x += width
        return segments


def running(mailings: QuerySet[Mailing], *, sample: str = "") -> tuple[list[Progress], str]:
    """Mailings with an open run, each with that run's progress, and the sample to bring along next time.

    A sample is `seconds~mailing.done~mailing.done…`: the pace is what came about since it was taken.
    """
    now = timezone.now()
    open_runs = Run.objects.filter(mailing__in=mailings.order_by(), status__in=OPEN).order_by()
    sums = {row.pop("mailing"): Figures(**row) for row in open_runs.values("mailing").annotate(**summed())}
    unfinished = [Mailing.Status.RUNNING, Mailing.Status.PAUSED]
    rows = mailings.filter(pk__in=sums, status__in=unfinished).select_related("message", "owner").order_by("-pk")
    taken, before = parse_sample(sample)
    age = now.timestamp() - taken
    found = []
    for mailing in rows:
        counts = sums[mailing.pk]
        pace = (counts.decided - before[mailing.pk]) / age if mailing.pk in before and age >= SAMPLE_SECONDS[0] else 0.0
        held = holding(mailing, now) if counts.queued and pace <= 0 else ()
        found.append(Progress(mailing, counts, time_left(mailing, counts, pace), held))
    if not sample or not 0 <= age < SAMPLE_SECONDS[1]:
        sample = "~".join([f"{now.timestamp():.1f}", *(f"{row.mailing.pk}.{row.counts.decided}" for row in found)])
    return found, sample


def parse_sample(sample: str) -> tuple[float, dict[int, int]]:
    """When it was taken and the counts then; nothing where it makes no sense."""
    try:
        first, *pairs = sample[:2000].split("~")
        taken = float(first)
        numbers = {int(pk): int(done) for pk, done in (pair.split(".") for pair in pairs)}
    except (ValueError, TypeError):
        return 0.0, {}
    return (taken, numbers) if taken > 0 else (0.0, {})


def time_left(mailing: Mailing, counts: Figures, pace: float) -> str:
    """In words; empty when it can't be told."""
    if mailing.status != Mailing.Status.RUNNING or mailing.is_disabled or not counts.queued or pace <= 0:
        return ""
    minutes = counts.queued / pace / 60
    if minutes < 1:
        return _("less than a minute left")
    if minutes < 90:
        number = round(minutes)
        return ngettext("about %(n)s min left", "about %(n)s min left", number) % {"n": number}
    number = round(minutes / 60)
    return ngettext("about %(n)s hour left", "about %(n)s hours left", number) % {"n": number}


def holding(mailing: Mailing, now: datetime) -> tuple[str, ...]:
    """What a running mailing waits for, in words: its winner, an hour on the recipients' clocks, tomorrow's quota."""
    if mailing.status != Mailing.Status.RUNNING or mailing.is_disabled:
        return ()
    lines = []
    run = Run.objects.filter(mailing=mailing, status__in=OPEN).order_by("-pk").first()
    if run is not None and run.decide_at is not None and run.winner_id is None:
        lines.append(_("The rest waits for the winner, who is chosen on %(at)s.") % {"at": at_clock(run.decide_at)})
    at = next_at(mailing, before=now + timedelta(days=366))
    if at is not None and at > now + timedelta(minutes=1):
        lines.append(_("The next messages go out on %(at)s.") % {"at": at_clock(at)})
    elif at is not None and quota_of(mailing.owner).left == 0:
        lines.append(_("Today’s quota is used up: it goes on tomorrow."))
    return tuple(lines)


def next_at(mailing: Mailing, *, before: datetime) -> datetime | None:
    """When the first of those that wait is due: of each run the first in its index, however many there are."""
    waiting = Delivery.objects.filter(run=OuterRef("pk"), status=Delivery.Status.QUEUED, next_try_at__lt=before)
    first = Subquery(waiting.order_by("next_try_at").values("next_try_at")[:1])
    runs = Run.objects.filter(mailing=mailing, status__in=OPEN)
    found: datetime | None = runs.aggregate(at=Min(first))["at"]
    return found


def at_clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j E, H:i")


def is_moving(mailing: Mailing, *, has_open_run: bool) -> bool:
    """Whether there is something to watch now or within a minute."""
    if mailing.is_disabled or mailing.status not in (Mailing.Status.CREATED, Mailing.Status.RUNNING):
        return False
    soon = timezone.now() + timedelta(minutes=1)
    return has_open_run or (mailing.next_run_at is not None and mailing.next_run_at <= soon)
