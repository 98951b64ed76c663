"""Recurring work: each app registers what it wants done and how often; the rows live in django-q2.

What runs is fixed in code; how often, and whether, is the operator's choice in the admin.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_q.models import Schedule
from django_q.tasks import async_task
from wagtail.log_actions import log

from accounts.models import User
from jobs.errors import JobError
from jobs.queue import check_may_act

FOR_EVER = -1
PAUSED = 0
MAX_MINUTES = 7 * 24 * 60


@dataclass(frozen=True)
class RegisteredSchedule:
    """A function that a cluster calls without arguments every `minutes` minutes."""

    func: str
    label: str | Promise
    minutes: int
    cluster: str | None


registry: dict[str, RegisteredSchedule] = {}


def register(func: str, label: str | Promise, *, minutes: int, cluster: str | None = None) -> None:
    """Have `func` (a dotted path, no arguments, safe to run twice) called every `minutes` by `cluster`.

    Call it in `AppConfig.ready()`. The same function may be registered once per cluster.
    """
    name = func if cluster is None else f"{func}@{cluster}"
    registry[name] = RegisteredSchedule(func=func, label=label, minutes=minutes, cluster=cluster)


def synchronise(**kwargs: Any) -> None:
    """Make the rows match the registry, keeping interval and pause that an operator has set."""
    for name, entry in registry.items():
        # Malformed arguments in one row would stop every schedule: they are wiped each time.
        defaults = {"func": entry.func, "args": "", "kwargs": "", "hook": None, "cluster": entry.cluster}
        Schedule.objects.update_or_create(
            name=name,
            defaults=defaults,
            create_defaults={
                **defaults,
                "schedule_type": Schedule.MINUTES,
                "minutes": entry.minutes,
                "repeats": FOR_EVER,
            },
        )
    Schedule.objects.exclude(name__in=registry).delete()


def label(schedule: Schedule) -> str:
    entry = registry.get(schedule.name or "")
    return str(entry.label) if entry else schedule.func


def is_paused(schedule: Schedule) -> bool:
    return schedule.repeats == PAUSED


def pause(*, schedule: Schedule, by: User) -> None:
    """Let the schedule rest until somebody resumes it."""
    change(schedule, by, "jobs.pause", repeats=PAUSED)


def resume(*, schedule: Schedule, by: User) -> None:
    """Go on from now; what was missed is not made up for."""
    change(schedule, by, "jobs.resume", repeats=FOR_EVER, next_run=timezone.now())


def set_interval(*, schedule: Schedule, by: User, minutes: int) -> None:
    """Another interval, from now on. Raises JobError outside 1 minute … 7 days."""
    if not 1 <= minutes <= MAX_MINUTES:
        raise JobError(_("Choose an interval between 1 and %(most)s minutes.") % {"most": MAX_MINUTES})
    next_run = timezone.now() + timedelta(minutes=minutes)
    change(schedule, by, "jobs.interval", schedule_type=Schedule.MINUTES, minutes=minutes, next_run=next_run)


def run_now(*, schedule: Schedule, by: User) -> str:
    """Queue it once, beside its own rhythm; a paused one too. Returns the task's id."""
    check_may_act(by)
    with transaction.atomic():
        log(instance=schedule, action="jobs.run_now", user=by, title=label(schedule))
        task = str(async_task(schedule.func, cluster=schedule.cluster, group=schedule.name))
        # The list shows the result of this run.
        Schedule.objects.filter(pk=schedule.pk).update(task=task)
        return task


def change(schedule: Schedule, by: User, action: str, **values: Any) -> None:
    check_may_act(by)
    with transaction.atomic():
        Schedule.objects.filter(pk=schedule.pk).update(**values)
        log(instance=schedule, action=action, user=by, title=label(schedule))
    schedule.refresh_from_db()
