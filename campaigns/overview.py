"""The overview's four figures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.models import User
from campaigns.models import Mailing, Message, Recipient, Run
from campaigns.statistics import runs_figures
from company.money import format_percent

DAYS = 30


@dataclass(frozen=True)
class Overview:
    """`tried` are the deliveries that came to an outcome, `sent` those that a server took."""

    sent: int
    tried: int
    recipients: int
    mailable: int
    unsubscribed: int
    scheduled: int
    next_run: datetime | None
    messages: int

    @property
    def delivered_share(self) -> str:
        return share(self.sent, self.tried, places=1)

    @property
    def unsubscribed_share(self) -> str:
        return share(self.unsubscribed, self.recipients, places=2)


def share(part: int, whole: int, *, places: int) -> str:
    """A percentage as the active language writes it; a dash while there is nothing to divide."""
    if not whole:
        return "–"
    return format_percent(Decimal(100 * part) / whole, places)


def overview_of(owner: User) -> Overview:
    now = timezone.now()
    lately = runs_figures(Run.objects.owned_by(owner).filter(opened_at__gte=now - timedelta(days=DAYS)))
    people = Recipient.objects.owned_by(owner).aggregate(
        all=Count("pk"),
        mailable=Count("pk", filter=Q(state=Recipient.State.ACTIVE)),
        unsubscribed=Count("pk", filter=Q(state=Recipient.State.UNSUBSCRIBED)),
    )
    coming = [Mailing.Status.CREATED, Mailing.Status.RUNNING]
    ahead = Mailing.objects.regular().owned_by(owner).permitted().filter(next_run_at__isnull=False, status__in=coming)
    plan = ahead.aggregate(number=Count("pk"), next=Min("next_run_at"))
    return Overview(
        sent=lately.sent,
        tried=lately.sent + lately.failed + lately.in_doubt,
        recipients=people["all"],
        mailable=people["mailable"],
        unsubscribed=people["unsubscribed"],
        scheduled=plan["number"],
        next_run=plan["next"],
        messages=Message.objects.owned_by(owner).count(),
    )
