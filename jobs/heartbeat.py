"""Whether the clusters are alive: a row each tick."""

from datetime import timedelta

from django.utils import timezone

from jobs.models import Fetch, Heartbeat

# Two missed ticks and a half; the scheduler itself looks every 30 s.
MAX_AGE_SECONDS = 150
CLUSTERS = ("vitrina", "mail")
# Longer than any task waits in the queue for its next attempt.
FORGET_FETCHES = timedelta(days=2)


def beat(cluster: str = "vitrina") -> None:
    """Scheduled in the default cluster."""
    Heartbeat.objects.update_or_create(cluster=cluster, defaults={"at": timezone.now()})


def beat_mail() -> None:
    """Scheduled in the mail cluster."""
    beat("mail")


def is_recent(heartbeat: Heartbeat) -> bool:
    return heartbeat.at >= timezone.now() - timedelta(seconds=MAX_AGE_SECONDS)


def silent_clusters() -> list[str]:
    """Names of the clusters without a recent beat."""
    alive = {heartbeat.cluster for heartbeat in Heartbeat.objects.all() if is_recent(heartbeat)}
    return [name for name in CLUSTERS if name not in alive]


def forget_old_fetches() -> int:
    """Rows whose task went away by another road (an emptied queue). Returns how many."""
    return Fetch.objects.filter(last_at__lt=timezone.now() - FORGET_FETCHES).delete()[0]
