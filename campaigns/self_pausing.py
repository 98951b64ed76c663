"""A mailing stops by itself when too many of its addresses do not exist, or too many people complain."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from campaigns import pausing
from campaigns.errors import CampaignError
from campaigns.models import Delivery, Mailing, MailingRules, Run
from campaigns.moves import move
from notifications.outgoing import queue_mail

# Fewer are an accident, however small the list.
MIN_BOUNCES = 5
MIN_COMPLAINTS = 2
LOOK_BACK = timedelta(days=7)
# Refused while sending because the address is wrong, as `delivery.replies.NO_SUCH_ADDRESS` reads it.
NO_SUCH_ADDRESS = r"5\.1\.(0|1|2|3|6|10)(\D|$)"


def pause_unhealthy(*, now: datetime | None = None) -> list[Mailing]:
    """Pause the mailings whose latest runs go wrong, and tell their owners. Anybody may call it at any time."""
    now = now or timezone.now()
    suspicious = Run.objects.filter(
        Q(failed__gte=MIN_BOUNCES) | Q(bounced__gte=1) | Q(complained__gte=MIN_COMPLAINTS),
        opened_at__gte=now - LOOK_BACK,
        mailing__status=Mailing.Status.RUNNING,
        mailing__kind=Mailing.Kind.REGULAR,
    )
    rules = MailingRules.load()
    paused: dict[int, Mailing] = {}
    for run in suspicious.select_related("mailing__owner", "mailing__message"):
        if run.mailing_id not in paused and (reason := what_is_wrong(run, rules)) and pause(run.mailing, reason):
            paused[run.mailing_id] = run.mailing
    return list(paused.values())


def what_is_wrong(run: Run, rules: MailingRules) -> str:
    """What `Mailing.paused_for` would say; empty while all is well. What was forgiven does not count."""
    since = run.mailing.watched_from
    if since is None and not may_be_wrong(run, rules):
        return ""
    ended = run.deliveries.filter(status__in=[Delivery.Status.SENT, Delivery.Status.FAILED])
    rows = run.deliveries.order_by()
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


def may_be_wrong(run: Run, rules: MailingRules) -> bool:
    """By the run's counters alone: no delivery is looked at while even all failures together would be few."""
    tried = run.sent + run.failed
    bounces = run.failed + run.bounced
    return percent(bounces, tried) > rules.bounce_percent or percent(run.complained, tried) > rules.complaint_percent


def percent(part: int, whole: int) -> Decimal:
    return Decimal(100 * part) / max(whole, part, 1)


def pause(mailing: Mailing, reason: str) -> bool:
    """False when somebody was faster."""
    owner = mailing.owner
    try:
        with transaction.atomic():
            move(mailing, to=Mailing.Status.PAUSED, paused_for=reason)
            with translation.override(owner.language):
                sentence = pausing.why(mailing)
            context = {
                "mailing": str(mailing),
                "reason": sentence,
                "owner": str(owner),
                "path": f"/campaigns/mailings/{mailing.pk}/",
            }
            queue_mail(
                kind="mailing_paused",
                to=owner.email,
                context=context,
                language=owner.language,
                reference=f"mailing-{mailing.pk}",
            )
    except CampaignError:
        return False
    return True
