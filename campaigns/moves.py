"""The one way of a mailing from status to status."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from campaigns.errors import CampaignError
from campaigns.models import Mailing
from campaigns.scheduling import next_opening


def move(mailing: Mailing, *, to: str, **fields: Any) -> Mailing:
    """Set status and fields; refuses when the mailing has meanwhile gone elsewhere."""
    if not mailing.may_become(to):
        raise CampaignError(
            _("The mailing is “%(now)s”; it cannot become “%(to)s”.")
            % {"now": mailing.get_status_display(), "to": Mailing.Status(to).label}
        )
    if mailing.status == Mailing.Status.PAUSED:
        fields = {"paused_for": "", **fields, **skip_missed(mailing)}
    same = Mailing.objects.filter(pk=mailing.pk, status=mailing.status)
    with transaction.atomic():
        if not same.update(status=to, updated_at=timezone.now(), **fields):
            raise CampaignError(_("The mailing has just changed; look at it again."))
        mailing.refresh_from_db()
        wake_if_due(mailing)
    return mailing


def skip_missed(mailing: Mailing) -> dict[str, datetime | None]:
    """The next run of a mailing that goes on after it was stopped on purpose."""
    now = timezone.now()
    if mailing.periodicity == Mailing.Periodicity.ONCE or mailing.next_run_at is None or mailing.next_run_at > now:
        return {}
    return {"next_run_at": next_opening(mailing, after=now)}


def wake_if_due(mailing: Mailing) -> None:
    """Have the worker look at once instead of at the next minute."""
    waiting = mailing.status in (Mailing.Status.CREATED, Mailing.Status.RUNNING)
    has_come = mailing.next_run_at is not None and mailing.next_run_at <= timezone.now()
    if waiting and (has_come or mailing.status == Mailing.Status.RUNNING):
        transaction.on_commit(lambda: async_task("campaigns.tasks.tick", group="campaigns"))
