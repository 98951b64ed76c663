"""/campaign-owners, /abuse-reports and /transport: for managers, who see all and decide about some of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from accounts.models import User
from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import abuse, approvals, oversight, transport_health
from campaigns.api.conflicts import conflicts
from campaigns.models import AbuseReport, OwnerSettings
from campaigns.owner_figures import owners, with_figures

router = Router()


class Reason(Schema):
    reason: str


class Quota(Schema):
    """`daily_quota` null: the site's own figure."""

    daily_quota: int | None = Field(ge=0, lt=2**31)
    reason: str


class OwnerOut(Schema):
    """Rates are in percent of what was sent; null when nothing was."""

    id: int
    email: str
    name: str
    blocked: bool = Field(alias="is_blocked")
    daily_quota: int | None
    approved_at: datetime | None
    sent: int
    bounced: int
    complained: int
    bounce_rate: float | None
    complaint_rate: float | None

    @staticmethod
    def resolve_name(owner: User) -> str:
        return str(owner)

    @staticmethod
    def resolve_daily_quota(owner: User) -> int | None:
        return settings_row(owner).daily_quota

    @staticmethod
    def resolve_approved_at(owner: User) -> datetime | None:
        return settings_row(owner).approved_at


class OwnerList(Schema):
    items: list[OwnerOut]
    next_cursor: str | None


class AbuseReportOut(Schema):
    id: int
    mailing: int = Field(alias="mailing_id")
    delivery: int | None = Field(alias="delivery_id")
    reason: str
    text: str
    created_at: datetime
    handled_at: datetime | None
    decision: str


class AbuseReportList(Schema):
    items: list[AbuseReportOut]
    next_cursor: str | None


class AbuseReportQuery(PageQuery):
    waiting: bool | None = None


class MinuteOut(Schema):
    at: datetime
    tried: int
    sent: int


class TransportOut(Schema):
    in_trouble: bool
    open_since: datetime | None
    next_probe_at: datetime | None
    last_success_at: datetime | None
    response: str
    sent_per_second: float
    waiting: int
    oldest_waiting: timedelta
    connections: int
    minutes: list[MinuteOut]


def settings_row(owner: User) -> OwnerSettings:
    return getattr(owner, "campaign_settings", None) or OwnerSettings(owner=owner)


def overseer(request: HttpRequest) -> User:
    """The caller, if they may decide about others' mailings; else 403."""
    user = cast(User, request.user)
    oversight.check(user)
    return user


@router.get("/campaign-owners", response=OwnerList, auth=logged_in, by_alias=False)
def list_owners(request: HttpRequest, query: Query[PageQuery]) -> Any:
    """Managers: everybody who sends, with what came of it."""
    overseer(request)
    items, cursor = page(with_figures(owners()), order=("id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/campaign-owners/{int:owner_id}", response=OwnerOut, auth=logged_in, by_alias=False)
def get_owner(request: HttpRequest, owner_id: int) -> Any:
    return found(request, owner_id)


@router.post("/campaign-owners/{int:owner_id}/quota", response=OwnerOut, auth=logged_in, by_alias=False)
def set_quota(request: HttpRequest, owner_id: int, payload: Quota) -> Any:
    """Managers: how many messages a day the owner may send; they are told the reason."""
    owner = found(request, owner_id)
    oversight.set_quota(owner=owner, by=overseer(request), daily_quota=payload.daily_quota, reason=payload.reason)
    return found(request, owner_id)


@router.post("/campaign-owners/{int:owner_id}/approve", response=OwnerOut, auth=logged_in, by_alias=False)
def approve(request: HttpRequest, owner_id: int) -> Any:
    """Managers: let the new owner's mailings go. Once is as good as twice."""
    approvals.approve(found(request, owner_id), overseer(request))
    return found(request, owner_id)


def found(request: HttpRequest, owner_id: int) -> User:
    overseer(request)
    return get_object_or_404(with_figures(owners()), pk=min(owner_id, 2**63 - 1))


@router.get("/abuse-reports", response=AbuseReportList, auth=logged_in, by_alias=False)
def list_abuse_reports(request: HttpRequest, query: Query[AbuseReportQuery]) -> Any:
    """Managers: what recipients have reported, the newest first."""
    overseer(request)
    rows = AbuseReport.objects.all()
    if query.waiting is not None:
        rows = rows.filter(handled_at__isnull=query.waiting)
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/abuse-reports/{int:report_id}/dismiss", response=AbuseReportOut, auth=logged_in, by_alias=False)
def dismiss(request: HttpRequest, report_id: int, payload: Reason) -> Any:
    """Managers: nothing is wrong with the mailing. 409 when the report was decided before."""
    return decide(request, report_id, payload, abuse.dismiss)


@router.post("/abuse-reports/{int:report_id}/disable-mailing", response=AbuseReportOut, auth=logged_in, by_alias=False)
def disable_mailing(request: HttpRequest, report_id: int, payload: Reason) -> Any:
    """Managers: stop the mailing; its owner is told the reason."""
    return decide(request, report_id, payload, abuse.stop_mailing)


@router.post("/abuse-reports/{int:report_id}/block-owner", response=AbuseReportOut, auth=logged_in, by_alias=False)
def block_owner(request: HttpRequest, report_id: int, payload: Reason) -> Any:
    """Managers: shut the owner out; all their mailings stop."""
    return decide(request, report_id, payload, abuse.block_owner)


def decide(request: HttpRequest, report_id: int, payload: Reason, verb: Callable[..., AbuseReport]) -> AbuseReport:
    by = overseer(request)
    why = oversight.reason_of(payload.reason)
    reports = AbuseReport.objects.select_related("mailing__owner", "mailing__message")
    report = get_object_or_404(reports, pk=min(report_id, 2**63 - 1))
    with conflicts():
        return verb(report=report, by=by, reason=why)


@router.get("/transport", response=TransportOut, auth=logged_in)
def transport(request: HttpRequest) -> Any:
    """Managers: how the mail server is, and what waits for it."""
    overseer(request)
    health = transport_health.health()
    row = health.transport
    return {
        **{name: getattr(row, name) for name in ("open_since", "next_probe_at", "last_success_at", "response")},
        "in_trouble": health.in_trouble,
        "sent_per_second": health.sent_per_second,
        "waiting": health.queue.waiting,
        "oldest_waiting": health.queue.oldest_age,
        "connections": len(health.claims),
        "minutes": [{"at": minute.at, "tried": minute.tried, "sent": minute.sent} for minute in health.minutes],
    }
