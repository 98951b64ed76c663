"""How far mailings have got: counts, bars and the time that is left."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Mailing, Run
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
    rows = mailings.filter(pk__in=sums, status__in=unfinished).select_related("message").order_by("-pk")
    taken, before = parse_sample(sample)
    age = now.timestamp() - taken
    found = []
    for mailing in rows:
        counts = sums[mailing.pk]
        pace = (counts.decided - before[mailing.pk]) / age if mailing.pk in before and age >= SAMPLE_SECONDS[0] else 0.0
        found.append(Progress(mailing, counts, time_left(mailing, counts, pace)))
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


def is_moving(mailing: Mailing, *, has_open_run: bool) -> bool:
    """Whether there is something to watch now or within a minute."""
    if mailing.is_disabled or mailing.status not in (Mailing.Status.CREATED, Mailing.Status.RUNNING):
        return False
    soon = timezone.now() + timedelta(minutes=1)
    return has_open_run or (mailing.next_run_at is not None and mailing.next_run_at <= soon)
