"""The queue and its failures, as the operator sees and mends them."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.models import Failure, OrmQ
from django_q.tasks import async_task
from wagtail.log_actions import log

from accounts.models import User
from jobs.errors import JobError
from jobs.models import FailureRetry

UNREADABLE = "?"


def may_act(user: Any) -> bool:
    """Retrying and changing schedules is for superusers; others look."""
    return bool(user.is_active and user.is_superuser)


def check_may_act(user: User) -> None:
    if not may_act(user):
        raise JobError(_("Only an administrator can do this."))


def function_name(row: OrmQ) -> str:
    """The dotted path of what is to be called; "?" when the row was signed with another SECRET_KEY."""
    return row.func() or UNREADABLE


def queued_at(row: OrmQ) -> datetime | None:
    started = row.task.get("started")
    return started if isinstance(started, datetime) else None


def is_locked(row: OrmQ) -> bool:
    """Fetched by a worker that has not reported back yet."""
    return row.lock is not None and row.lock > timezone.now()


def retry_failure(*, failure: Failure, by: User) -> str:
    """Queue the failed task once more and mark the failure as retried. Returns the new task's id.

    Raises JobError when it has been retried already.
    """
    check_may_act(by)
    with transaction.atomic():
        try:
            with transaction.atomic():
                FailureRetry.objects.create(failure_id=failure.pk, by=by)
        except IntegrityError as error:
            raise JobError(_("This task has been queued again already.")) from error
        log(instance=failure, action="jobs.retry", user=by, title=str(failure.func))
        return str(
            async_task(
                failure.func,
                *(failure.args or ()),
                **(failure.kwargs or {}),
                group=failure.group,
                cluster=failure.cluster or None,
            )
        )
