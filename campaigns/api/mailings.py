"""/mailings: planning them, steering them, reading what became of them."""

from datetime import datetime
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import mailings as verbs
from campaigns.advanced import Advanced
from campaigns.api.access import campaign_owner, own, own_mailings, visible
from campaigns.api.conflicts import conflicts
from campaigns.api.plans import RELATED, AdvancedIn, AdvancedOut, Id, advanced_of
from campaigns.models import Mailing, Message
from campaigns.scheduling import zone
from campaigns.statistics import mailing_figures

Periodicity = Literal["once", "daily", "weekly", "monthly"]
router = Router()


class MailingIn(AdvancedIn):
    """Times without an offset are in `time_zone`, by default the caller's own. No start, or one in the past: now."""

    message: Id
    recipients: list[Id] | Literal["all"]
    start: datetime | None = None
    end: datetime | None = None
    periodicity: Periodicity = "once"
    time_zone: str = ""


class MailingChanges(AdvancedIn):
    """Only what is sent is changed."""

    message: Id | None = None
    recipients: list[Id] | Literal["all"] | None = None
    start: datetime | None = None
    end: datetime | None = None
    periodicity: Periodicity | None = None
    time_zone: str | None = None


class MailingOut(AdvancedOut):
    id: int
    message: int = Field(alias="message_id")
    status: str
    start: datetime
    end: datetime | None
    periodicity: str
    time_zone: str
    next_run_at: datetime | None
    disabled: bool = Field(alias="is_disabled")
    disabled_reason: str
    all_recipients: bool
    created_at: datetime


class MailingList(Schema):
    items: list[MailingOut]
    next_cursor: str | None


class MailingQuery(PageQuery):
    status: Literal["created", "running", "paused", "completed", "cancelled"] | None = None


class Report(Schema):
    """Sums over all runs; `queued` have no outcome yet."""

    status: str
    runs: int
    queued: int
    sent: int
    failed: int
    in_doubt: int
    suppressed: int
    total: int


@router.post("/mailings", response={201: MailingOut}, auth=logged_in, by_alias=False)
def create_mailing(request: HttpRequest, payload: MailingIn) -> Any:
    """Schedule a mailing; it is opened by the worker as soon as it is due. There are no drafts."""
    owner = campaign_owner(request)
    time_zone = payload.time_zone or owner.time_zone
    return 201, verbs.schedule_mailing(
        owner=owner,
        message=get_object_or_404(Message.objects.owned_by(owner), pk=payload.message),
        recipients=None if payload.recipients == "all" else payload.recipients,  # type: ignore[arg-type]
        start=aware(payload.start, time_zone) or timezone.now(),
        end=aware(payload.end, time_zone),
        periodicity=payload.periodicity,
        time_zone=time_zone,
        advanced=advanced_of(owner, payload.dict(), base=verbs.PLAIN),
    )


def aware(moment: datetime | None, time_zone: str) -> datetime | None:
    """The moment with the zone that was left out; CampaignError for a zone that does not exist."""
    if moment is None or timezone.is_aware(moment):
        return moment
    return moment.replace(tzinfo=ZoneInfo(zone(time_zone).key))


@router.get("/mailings", response=MailingList, auth=logged_in, by_alias=False)
def list_mailings(request: HttpRequest, query: Query[MailingQuery]) -> Any:
    rows = visible(request, Mailing).regular().prefetch_related(*RELATED)  # type: ignore[attr-defined]
    if query.status:
        rows = rows.filter(status=query.status)
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/mailings/{int:mailing_id}", response=MailingOut, auth=logged_in, by_alias=False)
def get_mailing(request: HttpRequest, mailing_id: int) -> Any:
    return get_object_or_404(visible(request, Mailing), pk=mailing_id)


@router.patch("/mailings/{int:mailing_id}", response=MailingOut, auth=logged_in, by_alias=False)
def change_mailing(request: HttpRequest, mailing_id: int, payload: MailingChanges) -> Any:
    """Change a mailing that waits or is paused; `end: null` takes the end away. 409 otherwise."""
    mailing = get_object_or_404(own_mailings(request).select_related("message", "owner"), pk=mailing_id)
    sent = payload.dict(exclude_unset=True)
    time_zone = payload.time_zone or mailing.time_zone
    message = mailing.message
    if payload.message is not None:
        message = get_object_or_404(own(request, Message), pk=payload.message)
    if not mailing.is_editable:
        raise HttpError(409, _("Pause the mailing before you change it."))
    return verbs.change_mailing(
        mailing=mailing,
        message=message,
        recipients=recipients_of(mailing, payload.recipients),
        start=aware(payload.start, time_zone) or mailing.start,
        end=aware(payload.end, time_zone) if "end" in sent else mailing.end,
        periodicity=payload.periodicity or mailing.periodicity,
        time_zone=time_zone,
        advanced=advanced_of(mailing.owner, sent, base=Advanced.of(mailing)),
    )


def recipients_of(mailing: Mailing, sent: list[int] | str | None) -> list[int] | None:
    if sent == "all" or (sent is None and mailing.all_recipients):
        return None
    return list(mailing.recipients.values_list("pk", flat=True)) if sent is None else cast(list[int], sent)


@router.delete("/mailings/{int:mailing_id}", response={204: None}, auth=logged_in)
def delete_mailing(request: HttpRequest, mailing_id: int) -> Any:
    """While nothing of it was sent; 409 afterwards."""
    mailing = get_object_or_404(own_mailings(request), pk=mailing_id)
    with conflicts():
        verbs.delete_mailing(mailing=mailing)
    return 204, None


@router.get("/mailings/{int:mailing_id}/report", response=Report, auth=logged_in)
def report(request: HttpRequest, mailing_id: int) -> Any:
    mailing = get_object_or_404(visible(request, Mailing), pk=mailing_id)
    figures = mailing_figures(mailing)
    names = ("runs", "queued", "sent", "failed", "in_doubt", "suppressed", "total")
    return {"status": mailing.status, **{name: getattr(figures, name) for name in names}}
