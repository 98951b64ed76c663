"""The queue in the database, with a guard against poisonous tasks."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.models import Task
from django_q.signing import BadSignature, SignedPackage
from django_q.utils import get_func_repr

from jobs.models import Fetch
from jobs.processes import die_with_parent

logger = logging.getLogger(__name__)

# A restart may cost an innocent task a fetch; nothing innocent is cut off five times.
MAX_FETCHES = 5


class GuardedQueue(ORM):
    """django-q2's database broker; a task fetched again and again without an end goes to the failures."""

    guarded = False

    def dequeue(self) -> list[tuple[int, str]] | None:
        if not self.guarded:
            # A pusher whose cluster was killed would go on fetching tasks that nobody works on.
            die_with_parent()
            self.guarded = True
        tasks = super().dequeue()
        return [task for task in tasks if self.is_harmless(*task)] if tasks else tasks

    def is_harmless(self, queue_id: int, payload: str) -> bool:
        """Count the fetch; give the task up beyond MAX_FETCHES."""
        fetch, _ = Fetch.objects.get_or_create(queue_id=queue_id)
        Fetch.objects.filter(pk=queue_id).update(count=F("count") + 1)
        if fetch.count < MAX_FETCHES:
            return True
        give_up(payload)
        self.delete(queue_id)
        return False

    def delete(self, task_id: Any) -> None:
        super().delete(task_id)
        Fetch.objects.filter(pk=task_id).delete()


def give_up(payload: str) -> None:
    """Write the task among the failures, where an operator sees it and may try it again."""
    try:
        task = SignedPackage.loads(payload)
    except (BadSignature, TypeError):
        return
    now = timezone.now()
    result = f"Given up: fetched {MAX_FETCHES} times and never finished; its worker was killed each time."
    logger.error("Task %s (%s) is given up: it never finishes", task["name"], task["func"])
    with transaction.atomic():
        Task.objects.update_or_create(
            id=task["id"],
            defaults={
                "name": task["name"],
                "func": get_func_repr(task["func"]),
                "args": task["args"],
                "kwargs": task["kwargs"],
                "group": task.get("group"),
                "cluster": task.get("cluster"),
                "started": task["started"],
                "stopped": now,
                "success": False,
                "result": result,
                "attempt_count": MAX_FETCHES,
            },
        )
