"""How fast messages may go out: token buckets in the database, which all workers share.

The site's pace, an owner's day and a mailing's hour say how large the next batch may be; a recipients' domain that is
too busy has its share of the batch put off. Tokens are taken for a batch at a time, and what it did not use goes back.
"""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from campaigns import quotas
from campaigns.models import Bucket, Run

# Somebody else may be faster so often; then the batch waits.
TRIES = 5


class Limit(Protocol):
    @property
    def name(self) -> str:
        """Of its bucket."""

    def level(self, bucket: Bucket, now: datetime) -> float:
        """The bucket's tokens now."""

    def spare(self, level: float) -> float:
        """How many messages that level lets go."""

    def wait(self, level: float, now: datetime) -> timedelta:
        """Until it is worth asking again."""


@dataclass(frozen=True)
class Flow:
    """So many in `seconds`, evenly: in no stretch of that length more go out, not after a pause either."""

    name: str
    number: float
    seconds: float

    @property
    def capacity(self) -> float:
        """A sixtieth at once, so that a worker who looks each minute keeps the pace of an hour; never less than one."""
        return max(1.0, self.number / 60 if self.seconds > 60 else self.number / 6)

    @property
    def pace(self) -> float:
        """Tokens a second."""
        return max(self.number - self.capacity, self.number / 60) / self.seconds

    def level(self, bucket: Bucket, now: datetime) -> float:
        passed = max(0.0, (now - bucket.filled_at).total_seconds())
        return min(self.capacity, bucket.tokens + passed * self.pace)

    def spare(self, level: float) -> float:
        return level

    def wait(self, level: float, now: datetime) -> timedelta:
        return timedelta(seconds=(max(1.0, self.capacity / 4) - level) / self.pace)


@dataclass(frozen=True)
class Day:
    """So many from midnight to midnight. The bucket counts downwards from zero: a new quota holds at once."""

    name: str
    number: int
    midnight: datetime

    def level(self, bucket: Bucket, now: datetime) -> float:
        return bucket.tokens if bucket.filled_at >= self.midnight else 0.0

    def spare(self, level: float) -> float:
        return self.number + level

    def wait(self, level: float, now: datetime) -> timedelta:
        return self.midnight + timedelta(days=1) - now


def limits_of(run: Run) -> list[Limit]:
    """Those of its batches, widest first; mostly there are none."""
    mailing, limits = run.mailing, list[Limit]()
    if settings.CAMPAIGNS_MESSAGES_PER_SECOND:
        # By the minute: a batch is more than a second's worth.
        limits.append(Flow("site", settings.CAMPAIGNS_MESSAGES_PER_SECOND * 60, 60.0))
    if (daily := quotas.limit(mailing.owner)) is not None:
        midnight = quotas.midnight_of(mailing.owner, timezone.now())
        limits.append(Day(f"owner:{mailing.owner_id}", daily, midnight))
    if (hourly := quotas.hourly_limit(mailing)) is not None:
        limits.append(Flow(f"mailing:{mailing.pk}", hourly, 3600.0))
    return limits


def take(limit: Limit, wanted: int) -> tuple[int, timedelta]:
    """So many of the wanted tokens, and how long to wait where there is none."""
    now = timezone.now()
    for _try in range(TRIES):
        bucket = Bucket.objects.get_or_create(name=limit.name, defaults=full(limit, now))[0]
        level = limit.level(bucket, now)
        granted = max(0, min(wanted, math.floor(limit.spare(level))))
        if not granted:
            return 0, max(limit.wait(level, now), timedelta(seconds=0.1))
        same = Bucket.objects.filter(name=limit.name, tokens=bucket.tokens, filled_at=bucket.filled_at)
        if same.update(tokens=level - granted, filled_at=max(now, bucket.filled_at)):
            return granted, timedelta()
    return 0, timedelta(seconds=0.1)


def full(limit: Limit, now: datetime) -> dict[str, object]:
    return {"tokens": limit.capacity if isinstance(limit, Flow) else 0.0, "filled_at": now}


def give_back(name: str, number: int) -> None:
    if number > 0:
        Bucket.objects.filter(name=name).update(tokens=F("tokens") + number)


@dataclass
class Allowance:
    """What one batch may use: `number` messages; at 0, ask again in `wait`."""

    limits: list[Limit]
    number: int
    wait: timedelta = timedelta()

    @classmethod
    def ask(cls, limits: list[Limit], wanted: int) -> "Allowance":
        allowance = cls([], wanted)
        for limit in limits:
            granted, wait = take(limit, allowance.number)
            for earlier in allowance.limits:
                give_back(earlier.name, allowance.number - granted)
            allowance.limits.append(limit)
            allowance.number, allowance.wait = granted, wait
            if not granted:
                break
        return allowance

    def settle(self, *, offered: int, taken: int) -> None:
        """Give back what the batch did not use: a day's quota is for messages that a server took."""
        for limit in self.limits:
            give_back(limit.name, self.number - (taken if isinstance(limit, Day) else offered))


# By domain, until when this process has put messages off: each next one comes at the domain's pace after the last.
horizons: dict[str, datetime] = {}


def put_off(emails: dict[int, str]) -> dict[int, datetime]:
    """Which of these deliveries must wait for their domain, and until when. The others' tokens are taken."""
    limits: dict[str, int] = settings.CAMPAIGNS_DOMAIN_LIMITS
    if not limits:
        return {}
    domains = {pk: domain_of(email) for pk, email in emails.items()}
    waits: dict[int, datetime] = {}
    for domain, number in Counter(domains.values()).items():
        if domain in limits:
            limit = Flow(f"domain:{domain}", limits[domain], 60.0)
            granted, _wait = take(limit, number)
            too_many = [pk for pk, other in domains.items() if other == domain][granted:]
            waits |= later(too_many, limit)
    return waits


def later(deliveries: list[int], limit: Flow) -> dict[int, datetime]:
    horizon = max(horizons.get(limit.name, timezone.now()), timezone.now())
    times = {pk: horizon + timedelta(seconds=number / limit.pace) for number, pk in enumerate(deliveries, 1)}
    if times:
        horizons[limit.name] = max(times.values())
    return times


def give_back_unsent(emails: list[str]) -> None:
    """The tokens of messages that were not offered to the server after all."""
    for domain, number in Counter(domain_of(email) for email in emails).items():
        if domain in settings.CAMPAIGNS_DOMAIN_LIMITS:
            give_back(f"domain:{domain}", number)


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()
