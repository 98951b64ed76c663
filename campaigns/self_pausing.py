"""A mailing or a series stops by itself when too many addresses do not exist, or too many people complain."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, Sum
from django.utils import timezone, translation

from campaigns import pausing
from campaigns.automations import switching
from campaigns.errors import CampaignError
from campaigns.models import Automation, Delivery, Mailing, MailingRules, Run
from campaigns.moves import move
from notifications.outgoing import queue_mail

# Fewer are an accident, however small the list.
MIN_BOUNCES = 5
MIN_COMPLAINTS = 2
LOOK_BACK = timedelta(days=7)
# Refused while sending because the address is wrong, as `delivery.replies.NO_SUCH_ADDRESS` reads it.
NO_SUCH_ADDRESS = r"5\.1\.(0|1|2|3|6|10)(\D|$)"


@dataclass(frozen=True)
class Figures:
    """By the counters of runs; what was forgiven by resuming still counts in them."""

    sent: int
    failed: int
    bounced: int
    complained: int

    def may_be_wrong(self, rules: MailingRules) -> bool:
        """No delivery is looked at while even all failures together would be few."""
        tried, bounces = self.sent + self.failed, self.failed + self.bounced
        return (bounces >= MIN_BOUNCES and percent(bounces, tried) > rules.bounce_percent) or (
            self.complained >= MIN_COMPLAINTS and percent(self.complained, tried) > rules.complaint_percent
        )


def pause_unhealthy(*, now: datetime | None = None) -> list[Mailing]:
    """Pause the mailings whose latest runs go wrong, and tell their owners. Anybody may call it at any time."""
    recent = Run.objects.filter(
        Q(failed__gte=MIN_BOUNCES) | Q(bounced__gte=1) | Q(complained__gte=MIN_COMPLAINTS),
        opened_at__gte=(now or timezone.now()) - LOOK_BACK,
        mailing__status=Mailing.Status.RUNNING,
        mailing__kind=Mailing.Kind.REGULAR,
    )
    rules = MailingRules.load()
    paused: dict[int, Mailing] = {}
    for run in recent.select_related("mailing__owner", "mailing__message"):
        mailing, figures = run.mailing, Figures(run.sent, run.failed, run.bounced, run.complained)
        if mailing.pk in paused or not (mailing.watched_from or figures.may_be_wrong(rules)):
            continue
        reason = what_is_wrong(run.deliveries.all(), mailing.watched_from, rules)
        if reason and pause(mailing, reason):
            paused[mailing.pk] = mailing
    return list(paused.values())


def pause_unhealthy_series(*, now: datetime | None = None) -> list[Automation]:
    """The same for series, by the last days of all their messages together: each day of one is a run of its own."""
    since = (now or timezone.now()) - LOOK_BACK
    of_series = Run.objects.filter(opened_at__gte=since, mailing__automation_step__automation__is_on=True)
    sums = (
        of_series.order_by()
        .values(series=F("mailing__automation_step__automation"))
        .annotate(
            sum_sent=Sum("sent"),
            sum_failed=Sum("failed"),
            sum_bounced=Sum("bounced"),
            sum_complained=Sum("complained"),
            watched_from=Max("mailing__watched_from"),
        )
    )
    rules = MailingRules.load()
    paused = []
    for row in sums:
        figures = Figures(row["sum_sent"], row["sum_failed"], row["sum_bounced"], row["sum_complained"])
        if not (row["watched_from"] or figures.may_be_wrong(rules)):
            continue
        series = Automation.objects.select_related("owner").get(pk=row["series"])
        rows = Delivery.objects.filter(run__opened_at__gte=since, run__mailing__automation_step__automation=series)
        reason = what_is_wrong(rows, row["watched_from"], rules)
        if reason and pause_series(series, reason):
            paused.append(series)
    return paused


def what_is_wrong(rows: QuerySet[Delivery], since: datetime | None, rules: MailingRules) -> str:
    """What `paused_for` would say; empty while all is well. What ended before `since` was forgiven."""
    rows = rows.order_by()
    ended = rows.filter(status__in=[Delivery.Status.SENT, Delivery.Status.FAILED])
    if since is not None:
        ended = ended.filter(finished_at__gt=since)
    tried = ended.count()
    refused = ended.filter(status=Delivery.Status.FAILED, last_code__gte=500, last_response__regex=NO_SUCH_ADDRESS)
    bounced = rows.filter(bounced_at__gt=since) if since else rows.filter(bounced_at__isnull=False)
    complained = rows.filter(complained_at__gt=since) if since else rows.filter(complained_at__isnull=False)
    bounces = refused.filter(bounced_at__isnull=True).count() + bounced.count()
    complaints = complained.count()
    if bounces >= MIN_BOUNCES and percent(bounces, tried) > rules.bounce_percent:
        return f"{pausing.BOUNCES} {percent(bounces, tried):.1f}"
    if complaints >= MIN_COMPLAINTS and percent(complaints, tried) > rules.complaint_percent:
        return f"{pausing.COMPLAINTS} {percent(complaints, tried):.2f}"
    return ""


def percent(part: int, whole: int) -> Decimal:
    return Decimal(100 * part) / max(whole, part, 1)


def pause(mailing: Mailing, reason: str) -> bool:
    """False when somebody was faster."""
    try:
        with transaction.atomic():
            move(mailing, to=Mailing.Status.PAUSED, paused_for=reason)
            tell(mailing, reason, kind="mailing_paused", path=f"/campaigns/mailings/{mailing.pk}/")
    except CampaignError:
        return False
    return True


def pause_series(series: Automation, reason: str) -> bool:
    """False when somebody was faster."""
    with transaction.atomic():
        if not switching.pause(automation=series, reason=reason):
            return False
        tell(series, reason, kind="series_paused", path=f"/campaigns/series/{series.pk}/")
    return True


def tell(paused: Mailing | Automation, reason: str, *, kind: str, path: str) -> None:
    owner = paused.owner
    with translation.override(owner.language):
        sentence = pausing.sentence(reason)
    context = {"mailing": str(paused), "reason": sentence, "owner": str(owner), "path": path}
    reference = f"{kind.split('_')[0]}-{paused.pk}"
    queue_mail(kind=kind, to=owner.email, context=context, language=owner.language, reference=reference)
