"""The breaker: a mail server in trouble is probed now and then, and costs nobody an attempt."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from campaigns.delivery.transports import NAME
from campaigns.models import Transport

PROBE_EVERY = timedelta(seconds=30)
# While other connections get through, one that fails says nothing about the server (connection limits).
FRESH = timedelta(seconds=5)
# A success that is known is not told again for so long.
TELLS = timedelta(seconds=1)


def state() -> Transport:
    return Transport.objects.get_or_create(name=NAME)[0]


def is_open() -> bool:
    """Whether the server is in trouble."""
    return Transport.objects.filter(name=NAME, open_since__isnull=False).exists()


def may_probe(*, now: datetime | None = None, at_once: bool = False) -> bool:
    """Take the turn to try a server in trouble: one connection every half minute, or at once for who asks by hand."""
    now = now or timezone.now()
    waiting = Transport.objects.filter(name=NAME, open_since__isnull=False)
    due = waiting if at_once else waiting.filter(Q(next_probe_at__isnull=True) | Q(next_probe_at__lte=now))
    return bool(due.update(next_probe_at=now + PROBE_EVERY))


def trip(response: str, *, certain: bool = False) -> bool:
    """Report trouble. It counts unless others got through just now, or always if it is `certain`."""
    now, transport = timezone.now(), state()
    response = response.replace("\0", "")[:500]
    row = Transport.objects.filter(name=NAME)
    if transport.open_since is not None:
        row.update(response=response, next_probe_at=now + PROBE_EVERY)
        return True
    if not certain:
        row = row.filter(Q(last_success_at__isnull=True) | Q(last_success_at__lt=now - FRESH))
    return bool(row.update(open_since=now, response=response, next_probe_at=now + PROBE_EVERY))


def close() -> None:
    """A message got through. Of many connections at once one writes it down: they would wait for each other."""
    now = timezone.now()
    closed = {"open_since": None, "next_probe_at": None, "response": "", "last_success_at": now}
    row = Transport.objects.filter(name=NAME)
    unknown = Q(last_success_at__isnull=True) | Q(last_success_at__lt=now - TELLS)
    if not row.filter(unknown | Q(open_since__isnull=False)).update(**closed):
        Transport.objects.get_or_create(name=NAME, defaults=closed)
