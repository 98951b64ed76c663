"""Looking at a mailing before it is launched, and launching it exactly once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from api.models import IdempotentCall
from campaigns import approvals, checks, link_checks, mailings, messages
from campaigns.advanced import ROWS, Advanced, put
from campaigns.audience import Audience, in_ids
from campaigns.errors import CampaignError
from campaigns.models import Mailing, Message
from campaigns.owners import settings_of
from campaigns.quotas import Quota, quota_of
from campaigns.scheduling import next_occurrence, upcoming
from campaigns.senders import Sender, sender_of

SHOWN_DATES = 10


@dataclass(frozen=True)
class Review:
    """What would happen: who gets it, what they read, from whom and when."""

    letters: list[tuple[Message, messages.Preview, link_checks.LinkState]]
    goes_to: int
    left_out: dict[str, int]
    dates: list[datetime]
    more_dates: bool
    draft: Mailing
    advanced: Advanced
    quota: Quota
    sender: str
    waits_for_manager: bool
    warnings: list[str]
    findings: list[checks.Finding]
    # Whose eyes the previews are seen with.
    reader: str


def review(
    *,
    owner: User,
    mailing: Mailing | None,
    message: Message,
    recipients: Iterable[int] | None,
    advanced: Advanced = mailings.PLAIN,
    **calendar: Any,
) -> Review:
    """Raises CampaignError where launching would. Nothing is stored; links that nobody has tried today are tried."""
    draft = Mailing(pk=mailing.pk if mailing else None, owner=owner, message=message, **calendar)
    ids = None if recipients is None else sorted(set(recipients))
    mailings.check_all(draft, message=message, ids=ids, advanced=advanced, **calendar)
    put(draft, advanced)
    audience = audience_of(owner, ids, advanced)
    goes_to = audience.recipients().count()
    coming = dates(**calendar, weekdays=draft.weekdays, month_day=draft.month_day)
    reader = audience.recipients().first()
    quota, competing = quota_of(owner), (message, *advanced.rivals)
    for each in competing:
        link_checks.ask_if_old(message=each)
    return Review(
        letters=[
            (each, messages.preview(message=each, recipient=reader), link_checks.state_of(each)) for each in competing
        ],
        goes_to=goes_to,
        left_out=audience.left_out(),
        dates=coming[:SHOWN_DATES],
        more_dates=len(coming) > SHOWN_DATES,
        draft=draft,
        advanced=advanced,
        quota=quota,
        sender=written(sender_of(draft)),
        waits_for_manager=approvals.must_wait(owner),
        warnings=warnings(draft, advanced, goes_to, quota),
        findings=[found for each in competing for found in checks.check(each, audience.recipients())],
        reader=reader.email if reader else "",
    )


def written(sender: Sender) -> str:
    """As recipients see it."""
    return f"{sender.from_name} <{sender.from_email}>" if sender.from_name else sender.from_email


def audience_of(owner: User, ids: list[int] | None, advanced: Advanced) -> Audience:
    """Before anything is stored."""
    return Audience(
        owner=owner,
        picked=None if ids is None else in_ids(ids),
        topic=advanced.topic,
        **{name: getattr(advanced, name) for name in ROWS},
    )


def warnings(draft: Mailing, advanced: Advanced, goes_to: int, quota: Quota) -> list[str]:
    """What is allowed and yet may surprise."""
    found = []
    if not goes_to:
        found.append(_("Nobody would get it: no recipient is active."))
    if draft.start <= timezone.now() and next_occurrence(draft) == draft.start:
        found.append(_("It goes out at once: the start has come."))
    if quota.left is not None and quota.left < goes_to:
        found.append(_("Your daily quota does not suffice: the rest goes out on the following days."))
    if draft.own_clocks and draft.end is not None and draft.end < draft.start + timedelta(hours=26):
        found.append(_("It ends before every clock on earth has shown the hour: some would not get it."))
    if advanced.rivals and goes_to * (advanced.test_share or 0) // 100 <= len(advanced.rivals):
        found.append(_("The test is too small: some of its messages would go to nobody."))
    if advanced.rivals and not settings_of(draft.owner).notes_clicks:
        found.append(_("You do not note clicks, so nothing can tell the messages apart: the first one wins."))
    return found


def dates(*, start: datetime | None, end: datetime | None, **rhythm: Any) -> list[datetime]:
    """The next dates, one more than is shown; a start in the past stands for itself, because it means now."""
    if start is None or (end is not None and end <= start):
        return []
    draft = Mailing(start=start, end=end, **rhythm)
    now = timezone.now()
    coming = upcoming(draft, after=now, limit=SHOWN_DATES + 1)
    first = next_occurrence(draft)
    return [start, *coming] if start <= now and first == start and (end is None or end > now) else coming


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
