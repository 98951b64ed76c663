"""What owners and managers do with mailings."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import approvals, merge, pausing
from campaigns.advanced import Advanced, check, put, store_rows
from campaigns.errors import CampaignError
from campaigns.models import Mailing, MailingRecipient, Message, Recipient, Run
from campaigns.moves import move, skip_missed, wake_if_due
from campaigns.rendering import fields_of, merge_text
from campaigns.scheduling import next_opening, zone

# SQLite and PostgreSQL both take so many parameters in one statement.
ID_BATCH = 5000
PLAIN = Advanced()


def schedule_mailing(
    *,
    owner: User,
    message: Message,
    recipients: Iterable[int] | None,
    start: datetime,
    end: datetime | None = None,
    periodicity: str = Mailing.Periodicity.ONCE,
    time_zone: str = "UTC",
    advanced: Advanced = PLAIN,
) -> Mailing:
    """A new mailing to the recipients with these ids, or, with None, to all that the owner has by then.

    A start that has passed means now. The first run is opened by the worker, not by the caller. A new owner's may
    wait for a manager (`campaigns.approvals`).
    """
    if owner.is_blocked:
        raise CampaignError(_("Your account is blocked; mailings cannot be launched."))
    mailing = Mailing(owner=owner)
    if approvals.must_wait(owner):
        mailing.status, mailing.paused_for = Mailing.Status.PAUSED, pausing.APPROVAL
    return apply(
        mailing,
        message=message,
        recipients=recipients,
        advanced=advanced,
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
    advanced: Advanced | None = None,
) -> Mailing:
    """Everything about a mailing that waits or is paused. Runs that are open keep what was frozen.

    Without `advanced` that part stays as it is.
    """
    if not mailing.is_editable:
        raise CampaignError(_("Pause the mailing before you change it."))
    return apply(
        mailing,
        message=message,
        recipients=recipients,
        advanced=Advanced.of(mailing) if advanced is None else advanced,
        start=start,
        end=end,
        periodicity=periodicity,
        time_zone=time_zone,
    )


def apply(
    mailing: Mailing, *, message: Message, recipients: Iterable[int] | None, advanced: Advanced, **calendar: Any
) -> Mailing:
    """Check the values, store them and have the worker look if the mailing is due."""
    ids = None if recipients is None else sorted(set(recipients))
    check_all(mailing, message=message, ids=ids, advanced=advanced, **calendar)
    was_open = mailing.pk is not None and mailing.runs.exists()
    mailing.message, mailing.all_recipients = message, ids is None
    for name, value in calendar.items():
        setattr(mailing, name, value)
    put(mailing, advanced)
    # Occurrences before the change were sent or given up; a mailing without runs starts from its start.
    mailing.next_run_at = next_opening(mailing, after=timezone.now() if was_open else None)
    with transaction.atomic():
        mailing.save()
        store_rows(mailing, advanced)
        MailingRecipient.objects.filter(mailing=mailing).delete()
        MailingRecipient.objects.bulk_create(
            (MailingRecipient(mailing=mailing, recipient_id=pk) for pk in ids or ()), batch_size=ID_BATCH
        )
        wake_if_due(mailing)
    return mailing


def duplicate_mailing(*, mailing: Mailing) -> Mailing:
    """The same again, from now on and without an end; paused, so that it is looked through before it goes out."""
    picked = None if mailing.all_recipients else mailing.recipients.values_list("pk", flat=True)
    with transaction.atomic():
        copy = schedule_mailing(
            owner=mailing.owner,
            message=mailing.message,
            recipients=picked,
            start=timezone.now(),
            periodicity=mailing.periodicity,
            time_zone=mailing.time_zone,
            advanced=Advanced.of(mailing),
        )
        if copy.status != Mailing.Status.PAUSED:
            move(copy, to=Mailing.Status.PAUSED, paused_for=pausing.COPY)
    return copy


def check_all(
    mailing: Mailing, *, message: Message, ids: Sequence[int] | None, advanced: Advanced, **calendar: Any
) -> None:
    """Raises CampaignError with the first thing that stands in the way of launching."""
    for competing in (message, *advanced.rivals):
        check_message(mailing, competing)
    check_calendar(**calendar)
    check(advanced, mailing=mailing, message=message, start=calendar["start"], end=calendar["end"])
    if ids is not None:
        check_recipients(mailing, ids, or_others=bool(advanced.segments or advanced.tags))


def check_message(mailing: Mailing, message: Message) -> None:
    if message.owner_id != mailing.owner_id:
        raise CampaignError(_("This message is not in your list."))
    unknown = merge.unknown_fields(merge_text(message), fields_of(message.owner))
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


def check_recipients(mailing: Mailing, ids: Sequence[int], *, or_others: bool = False) -> None:
    """With `or_others` a segment or a tag will do."""
    if not ids and not or_others:
        raise CampaignError(_("Pick at least one recipient."))
    own = Recipient.objects.filter(owner=mailing.owner_id)
    batches = (ids[first : first + ID_BATCH] for first in range(0, len(ids), ID_BATCH))
    if sum(own.filter(pk__in=batch).count() for batch in batches) != len(ids):
        raise CampaignError(_("Some of these recipients are not in your list."))


def pause_mailing(*, mailing: Mailing) -> Mailing:
    """Stop within a message or 100 ms; what is not sent yet waits."""
    return move(mailing, to=Mailing.Status.PAUSED, paused_for="")


def resume_mailing(*, mailing: Mailing) -> Mailing:
    """Go on where it stopped. Occurrences of a recurring mailing that fell into the pause are not made up for.

    One that had paused by itself is judged by what comes from now on.
    """
    if mailing.status != Mailing.Status.PAUSED:
        raise CampaignError(_("This mailing is not paused."))
    if approvals.must_wait(mailing.owner):
        raise CampaignError(_("A manager looks at your first mailing before it goes out."))
    to = Mailing.Status.RUNNING if mailing.runs.exists() else Mailing.Status.CREATED
    return move(mailing, to=to, watched_from=timezone.now())


def cancel_mailing(*, mailing: Mailing) -> Mailing:
    """Stop for good. What was sent stays on record."""
    with transaction.atomic():
        move(mailing, to=Mailing.Status.CANCELLED)
        open_runs = mailing.runs.filter(status__in=[Run.Status.OPENING, Run.Status.RUNNING])
        open_runs.update(status=Run.Status.CANCELLED, completed_at=timezone.now())
    return mailing


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
