"""How much an owner may send: `limit` a day, of which `used_today`; `hourly_limit` of one mailing.

The engine keeps to them with its buckets; the workspace shows them. A day is the owner's own, from midnight on their
clock.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import F, Q, Sum
from django.utils import timezone

from accounts.models import User
from campaigns.models import Delivery, Mailing, MailingRules, OwnerSettings, Run

LEFT_US = (Delivery.Status.SENT, Delivery.Status.IN_DOUBT)


@dataclass(frozen=True)
class Quota:
    """`limit` None: as many as the server takes."""

    limit: int | None
    used: int

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.used // self.limit) if self.limit else 0


def limit(owner: User) -> int | None:
    """Messages a day: the owner's own figure, else the site's; None where there is no limit."""
    own = OwnerSettings.objects.filter(owner=owner).values_list("daily_quota", flat=True).first()
    return own if own is not None else MailingRules.load().daily_quota


def hourly_limit(mailing: Mailing) -> int | None:
    """Messages an hour: the lower of the mailing's figure and the site's."""
    figures = [figure for figure in (mailing.hourly_limit, MailingRules.load().hourly_limit) if figure]
    return min(figures, default=None)


def used_today(owner: User, *, now: datetime | None = None) -> int:
    """What left us since midnight, those in doubt too.

    Runs opened today give it by their counters; only of the others that still had something to do today are
    deliveries counted.
    """
    midnight = midnight_of(owner, now or timezone.now())
    runs = Run.objects.owned_by(owner)
    todays = runs.filter(opened_at__gte=midnight).aggregate(number=Sum(F("sent") + F("in_doubt")))["number"] or 0
    older = runs.filter(Q(completed_at__isnull=True) | Q(completed_at__gte=midnight), opened_at__lt=midnight)
    since = Delivery.objects.filter(run__in=older.order_by(), status__in=LEFT_US, finished_at__gte=midnight)
    return int(todays) + since.count()


def midnight_of(owner: User, now: datetime) -> datetime:
    try:
        zone = ZoneInfo(owner.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def quota_of(owner: User) -> Quota:
    return Quota(limit(owner), used_today(owner))
