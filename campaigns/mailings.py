"""What owners and managers do with mailings."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from accounts.models import User
from campaigns import merge
from campaigns.errors import CampaignError
from campaigns.models import Mailing, MailingRecipient, Message, Recipient, Run
from campaigns.scheduling import next_occurrence, zone

# SQLite and PostgreSQL both take so many parameters in one statement.
ID_BATCH = 5000


def schedule_mailing(
    *,
    owner: User,
    message: Message,
    recipients: Iterable[int] | None,
    start: datetime,
    end: datetime | None = None,
    periodicity: str = Mailing.Periodicity.ONCE,
    time_zone: str = "UTC",
) -> Mailing:
    """A new mailing to the recipients with these ids, or, with None, to all that the owner has by then.

    A start that has passed means now. The first run is opened by the worker, not by the caller.
    """
    if owner.is_blocked:
        raise CampaignError(_("Your account is blocked; mailings cannot be launched."))
    mailing = Mailing(owner=owner)
    return apply(
        mailing,
        message=message,
        recipients=recipients,
        start=start,
        end=end,
        periodicity=periodicity,
        time_zone=time_zone,
    )


def change_mailing(
    *,
    mailing: Mailing,
    message: Message,
    recipients: Iterable[int] | None,
    start: datetime,
    end: datetime | None,
    periodicity: str,
    time_zone: str,
) -> Mailing:
    """Everything about a mailing that waits or is paused. Runs that are open keep what was frozen."""
    if not mailing.is_editable:
        raise CampaignError(_("Pause the mailing before you change it."))
    return apply(
        mailing,
        message=message,
        recipients=recipients,
        start=start,
        end=end,
        periodicity=periodicity,
        time_zone=time_zone,
    )


def apply(mailing: Mailing, *, message: Message, recipients: Iterable[int] | None, **calendar: Any) -> Mailing:
    """Check the values, store them and have the worker look if the mailing is due."""
    ids = None if recipients is None else sorted(set(recipients))
    check_message(mailing, message)
    check_calendar(**calendar)
    if ids is not None:
        check_recipients(mailing, ids)
    was_open = mailing.pk is not None and mailing.runs.exists()
    mailing.message, mailing.all_recipients = message, ids is None
    for name, value in calendar.items():
        setattr(mailing, name, value)
    # Occurrences before the change were sent or given up; a mailing without runs starts from its start.
    mailing.next_run_at = next_occurrence(mailing, after=timezone.now() if was_open else None)
    with transaction.atomic():
        mailing.save()
        MailingRecipient.objects.filter(mailing=mailing).delete()
        MailingRecipient.objects.bulk_create(
            (MailingRecipient(mailing=mailing, recipient_id=pk) for pk in ids or ()), batch_size=ID_BATCH
        )
        wake_if_due(mailing)
    return mailing


def check_message(mailing: Mailing, message: Message) -> None:
    if message.owner_id != mailing.owner_id:
        raise CampaignError(_("This message is not in your list."))
    unknown = merge.unknown_fields(message.subject) + merge.unknown_fields(message.body)
    if unknown:
        raise CampaignError(_("The message uses a field that does not exist: %(name)s.") % {"name": unknown[0]})


def check_calendar(*, start: datetime, end: datetime | None, periodicity: str, time_zone: str) -> None:
    zone(time_zone)
    if periodicity not in Mailing.Periodicity.values:
        raise CampaignError(_("A mailing is sent once, daily, weekly or monthly."))
    if end is not None and end <= start:
        raise CampaignError(_("The end must be after the start."))
    if end is not None and end <= timezone.now():
        raise CampaignError(_("The end has passed already."))


def check_recipients(mailing: Mailing, ids: Sequence[int]) -> None:
    if not ids:
        raise CampaignError(_("Pick at least one recipient."))
    own = Recipient.objects.filter(owner=mailing.owner_id)
    batches = (ids[first : first + ID_BATCH] for first in range(0, len(ids), ID_BATCH))
    if sum(own.filter(pk__in=batch).count() for batch in batches) != len(ids):
        raise CampaignError(_("Some of these recipients are not in your list."))


def pause_mailing(*, mailing: Mailing) -> Mailing:
    """Stop within a message or 100 ms; what is not sent yet waits."""
    return move(mailing, to=Mailing.Status.PAUSED)


def resume_mailing(*, mailing: Mailing) -> Mailing:
    """Go on where it stopped. Occurrences of a recurring mailing that fell into the pause are not made up for."""
    if mailing.status != Mailing.Status.PAUSED:
        raise CampaignError(_("This mailing is not paused."))
    return move(mailing, to=Mailing.Status.RUNNING if mailing.runs.exists() else Mailing.Status.CREATED)


def cancel_mailing(*, mailing: Mailing) -> Mailing:
    """Stop for good. What was sent stays on record."""
    with transaction.atomic():
        move(mailing, to=Mailing.Status.CANCELLED)
        open_runs = mailing.runs.filter(status__in=[Run.Status.OPENING, Run.Status.RUNNING])
        open_runs.update(status=Run.Status.CANCELLED, completed_at=timezone.now())
    return mailing


def move(mailing: Mailing, *, to: str) -> Mailing:
    """The one way from status to status; refuses when the mailing has meanwhile gone elsewhere."""
    label = Mailing.Status(to).label
    if not mailing.may_become(to):
        raise CampaignError(
            _("The mailing is “%(now)s”; it cannot become “%(to)s”.")
            % {"now": mailing.get_status_display(), "to": label}
        )
    missed = skip_missed(mailing) if mailing.status == Mailing.Status.PAUSED else {}
    same = Mailing.objects.filter(pk=mailing.pk, status=mailing.status)
    with transaction.atomic():
        if not same.update(status=to, updated_at=timezone.now(), **missed):
            raise CampaignError(_("The mailing has just changed; look at it again."))
        mailing.refresh_from_db()
        wake_if_due(mailing)
    return mailing


def skip_missed(mailing: Mailing) -> dict[str, datetime | None]:
    """The next run of a mailing that goes on after it was stopped on purpose."""
    now = timezone.now()
    if mailing.periodicity == Mailing.Periodicity.ONCE or mailing.next_run_at is None or mailing.next_run_at > now:
        return {}
    return {"next_run_at": next_occurrence(mailing, after=now)}


def disable_mailing(*, mailing: Mailing, reason: str) -> Mailing:
    """A manager stops it, within a message or 100 ms, until a manager enables it."""
    reason = " ".join(reason.replace("\0", "").split())[:255]
    if not reason:
        raise CampaignError(_("Give a reason: the owner will read it."))
    enabled = Mailing.objects.filter(pk=mailing.pk, disabled_at__isnull=True)
    enabled.update(disabled_at=timezone.now(), disabled_reason=reason)
    mailing.refresh_from_db()
    return mailing


def enable_mailing(*, mailing: Mailing) -> Mailing:
    """It goes on where it stopped; occurrences of a recurring mailing that it missed are not made up for."""
    disabled = Mailing.objects.filter(pk=mailing.pk, disabled_at__isnull=False)
    with transaction.atomic():
        disabled.update(disabled_at=None, disabled_reason="", **skip_missed(mailing))
        mailing.refresh_from_db()
        wake_if_due(mailing)
    return mailing


def delete_mailing(*, mailing: Mailing) -> None:
    """Only while nothing was sent: afterwards it is part of what recipients can ask about."""
    with transaction.atomic():
        # The lock keeps a run from being opened between the look and the deletion.
        Mailing.objects.select_for_update().get(pk=mailing.pk)
        if not mailing.is_deletable:
            raise CampaignError(_("This mailing has been sent; it can be cancelled, not deleted."))
        mailing.delete()


def wake_if_due(mailing: Mailing) -> None:
    """Have the worker look at once instead of at the next minute."""
    waiting = mailing.status in (Mailing.Status.CREATED, Mailing.Status.RUNNING)
    has_come = mailing.next_run_at is not None and mailing.next_run_at <= timezone.now()
    if waiting and (has_come or mailing.status == Mailing.Status.RUNNING):
        transaction.on_commit(lambda: async_task("campaigns.tasks.tick", group="campaigns"))
