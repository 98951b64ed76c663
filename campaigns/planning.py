"""Looking at a mailing before it is launched, and launching it exactly once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from api.models import IdempotentCall
from campaigns import mailings, messages
from campaigns.errors import CampaignError
from campaigns.models import Mailing, Message, Recipient
from campaigns.scheduling import upcoming

SHOWN_DATES = 10


@dataclass(frozen=True)
class Review:
    """What would happen: who gets it, what they read, and when."""

    message: Message
    preview: messages.Preview
    goes_to: int
    left_out: int
    dates: list[datetime]
    more_dates: bool
    draft: Mailing
    warnings: list[str] = field(default_factory=list)


def review(
    *, owner: User, mailing: Mailing | None, message: Message, recipients: Iterable[int] | None, **calendar: Any
) -> Review:
    """Raises CampaignError where launching would. Nothing is stored."""
    draft = Mailing(pk=mailing.pk if mailing else None, owner=owner, message=message, **calendar)
    ids = None if recipients is None else list(recipients)
    mailings.check_message(draft, message)
    mailings.check_calendar(**calendar)
    chosen = Recipient.objects.owned_by(owner)
    if ids is not None:
        mailings.check_recipients(draft, ids)
        goes_to = sum(chosen.mailable().filter(pk__in=batch).count() for batch in batches(ids))
        left_out = len(ids) - goes_to
    else:
        goes_to = chosen.mailable().count()
        left_out = chosen.count() - goes_to
    coming = dates(**calendar)
    first = chosen.mailable().first() if ids is None else chosen.filter(pk__in=ids[:1]).first()
    return Review(
        message=message,
        preview=messages.preview(message=message, recipient=first),
        goes_to=goes_to,
        left_out=left_out,
        dates=coming[:SHOWN_DATES],
        more_dates=len(coming) > SHOWN_DATES,
        draft=draft,
        warnings=warnings(draft, goes_to),
    )


def batches(ids: list[int]) -> list[list[int]]:
    size = mailings.ID_BATCH
    return [ids[first : first + size] for first in range(0, len(ids), size)]


def warnings(draft: Mailing, goes_to: int) -> list[str]:
    """What is allowed and yet may surprise."""
    found = []
    if not goes_to:
        found.append(_("Nobody would get it: no recipient is active."))
    if draft.start <= timezone.now():
        found.append(_("It goes out at once: the start has come."))
    return found


def dates(*, start: datetime | None, end: datetime | None, periodicity: str, time_zone: str) -> list[datetime]:
    """The next dates, one more than is shown; a start in the past stands for itself, because it means now."""
    if start is None or (end is not None and end <= start):
        return []
    draft = Mailing(start=start, end=end, periodicity=periodicity, time_zone=time_zone)
    now = timezone.now()
    coming = upcoming(draft, after=now, limit=SHOWN_DATES + 1)
    return [start, *coming] if start <= now and (end is None or end > now) else coming


def launch_once(*, owner: User, key: str, **values: Any) -> Mailing:
    """Schedule a new mailing; a second call with the same key (a double click) gets the first one's mailing.

    Raises CampaignError.
    """
    if not key:
        return mailings.schedule_mailing(owner=owner, **values)
    scope, key = f"user:{owner.pk}", f"launch:{key[:64]}".replace("\x00", "")
    try:
        with transaction.atomic():
            call = IdempotentCall.objects.create(scope=scope, key=key, body_hash="")
            mailing = mailings.schedule_mailing(owner=owner, **values)
            IdempotentCall.objects.filter(pk=call.pk).update(status=201, body={"id": mailing.pk})
    except IntegrityError as error:
        call = IdempotentCall.objects.get(scope=scope, key=key)
        first = Mailing.objects.owned_by(owner).filter(pk=(call.body or {}).get("id")).first()
        if first is None:
            raise CampaignError(_("This mailing was launched already, and deleted.")) from error
        return first
    return mailing
