"""What mailings achieved: by run, link and test, in money, and over all of an owner's mailings."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import reports, totals
from campaigns.api.access import campaign_owner, visible
from campaigns.models import Attribution, Mailing, Run
from campaigns.reports import Report
from campaigns.revenue import Revenue
from campaigns.statistics import COLUMNS, Figures

router = Router()
Id = Field(None, ge=1, le=2**63 - 1)


class RunOut(Schema):
    """Counters of one occurrence; `opened` and `clicked` only of recipients who agreed to that."""

    id: int
    occurrence: datetime
    status: str
    subject: str
    total: int
    queued: int
    sent: int
    failed: int
    in_doubt: int
    suppressed: int
    opened: int
    clicked: int
    bounced: int
    complained: int
    unsubscribed: int
    opened_at: datetime
    completed_at: datetime | None


class RunList(Schema):
    items: list[RunOut]
    next_cursor: str | None


class Money(Schema):
    """Orders that a message brought: paid, given back of it, and what stays; and those by a coupon without a click."""

    orders: int
    paid: Decimal
    refunded: Decimal
    kept: Decimal
    coupon_orders: int
    coupon_kept: Decimal
    currency: str


class Numbers(Schema):
    """`consented` is how many messages went to people who agreed to opens and clicks being noted: their base."""

    runs: int
    total: int
    queued: int
    sent: int
    failed: int
    in_doubt: int
    suppressed: int
    opened: int
    clicked: int
    bounced: int
    complained: int
    unsubscribed: int
    consented: int
    revenue: Money


class RivalOut(Schema):
    letter: str
    subject: str
    sent: int
    opened: int
    clicked: int
    is_winner: bool
    revenue: Money


class DomainOut(Schema):
    """`bounce_rate` is in percent of what was tried, `complaint_rate` of what was sent."""

    domain: str = Field(alias="key")
    tried: int
    sent: int
    bounced: int
    complained: int
    bounce_rate: float
    complaint_rate: float


class HoursOut(Schema):
    hours: str
    opened: int
    clicked: int


class Statistics(Numbers):
    rivals: list[RivalOut]
    domains: list[DomainOut]
    first_hours: list[HoursOut]


class LinkOut(Schema):
    """`people` are recipients who clicked; clicks of scanners are counted apart."""

    url: str
    people: int
    clicks: int
    by_machines: int


class OrderOut(Schema):
    """An order that a mailing brought; whose it is stays with the shop."""

    id: int
    run: int = Field(alias="run_id")
    paid_at: datetime = Field(alias="at")
    amount: Decimal
    refunded: Decimal
    currency: str


class OrderList(Schema):
    items: list[OrderOut]
    next_cursor: str | None


class MailingNumbers(Schema):
    mailing: int
    sent: int
    opened: int
    clicked: int
    unsubscribed: int
    revenue: Money


class Totals(Numbers):
    days: int
    mailings: list[MailingNumbers]


class RunQuery(Schema):
    run: int | None = Id


class DaysQuery(Schema):
    days: Literal["30", "90", "365"] = "30"


@router.get("/mailings/{int:mailing_id}/runs", response=RunList, auth=logged_in)
def list_runs(request: HttpRequest, mailing_id: int, query: Query[PageQuery]) -> Any:
    mailing = get_object_or_404(visible(request, Mailing), pk=mailing_id)
    items, cursor = page(Run.objects.filter(mailing=mailing), order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/mailings/{int:mailing_id}/statistics", response=Statistics, auth=logged_in, by_alias=False)
def mailing_statistics(request: HttpRequest, mailing_id: int, query: Query[RunQuery]) -> Any:
    """Of all runs, or of one."""
    report = report_of(request, mailing_id, query.run)
    rivals = [{**vars(row), "revenue": money(row.revenue)} for row in report.rivals]
    return {
        **numbers(report.figures, report.consented, report.revenue),
        "rivals": rivals,
        "domains": report.domains,
        "first_hours": report.hours,
    }


@router.get("/mailings/{int:mailing_id}/links", response=list[LinkOut], auth=logged_in)
def list_links(request: HttpRequest, mailing_id: int, query: Query[RunQuery]) -> Any:
    """The addresses in the messages, the most clicked first."""
    return report_of(request, mailing_id, query.run).links


@router.get("/mailings/{int:mailing_id}/orders", response=OrderList, auth=logged_in, by_alias=False)
def list_orders(request: HttpRequest, mailing_id: int, query: Query[PageQuery]) -> Any:
    """Orders that followed a click, within the days that a click counts for."""
    mailing = get_object_or_404(visible(request, Mailing), pk=mailing_id)
    rows = Attribution.objects.filter(run__mailing=mailing)
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/statistics", response=Totals, auth=logged_in)
def owner_statistics(request: HttpRequest, query: Query[DaysQuery]) -> Any:
    """Of the caller's own mailings that went out in these days."""
    found = totals.totals_of(campaign_owner(request), days=int(query.days))
    rows = [
        {
            "mailing": row.mailing.pk,
            **{name: getattr(row.figures, name) for name in ("sent", "opened", "clicked", "unsubscribed")},
            "revenue": money(row.revenue),
        }
        for row in found.rows
    ]
    return {**numbers(found.figures, found.consented, found.revenue), "days": found.days, "mailings": rows}


def report_of(request: HttpRequest, mailing_id: int, run_id: int | None) -> Report:
    mailing = get_object_or_404(visible(request, Mailing), pk=mailing_id)
    run = get_object_or_404(Run, mailing=mailing, pk=run_id) if run_id else None
    return reports.report_of(mailing, run)


def numbers(figures: Figures, consented: int, revenue: Revenue) -> dict[str, Any]:
    counted = {name: getattr(figures, name) for name in ("runs", "queued", *COLUMNS)}
    return {**counted, "consented": consented, "revenue": money(revenue)}


def money(revenue: Revenue) -> dict[str, Any]:
    return {**vars(revenue), "kept": revenue.kept, "currency": settings.STORE_CURRENCY}
