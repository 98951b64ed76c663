"""What became of a mailing: the figures, and every delivery with each attempt and event."""

from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from campaigns import deliveries, reports, totals
from campaigns.models import Attribution, Delivery, Mailing, Run
from campaigns.views.access import owner, owner_page
from campaigns.views.listing import asked, whole
from campaigns.views.mailings import own_of_any_kind as own
from store import spreadsheets

RUNS = 50
# A workbook is made as a whole before it is sent.
MOST_IN_XLSX = 100_000


@owner_page
@require_safe
def mailing_report(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = own(request, pk)
    run = asked_run(request, mailing)
    report = reports.report_of(mailing, run)
    hours = report.hours
    context = {
        "mailing": mailing,
        "run": run,
        "runs": mailing.runs.all()[:RUNS],
        "report": report,
        "counts": report.figures,
        "hours": hours,
        "chart": reports.hours_chart(hours),
        "section": "mailings",
    }
    return render(request, "campaigns/report.html", context)


def asked_run(request: HttpRequest, mailing: Mailing) -> Run | None:
    """The run in the query string, if it is one of this mailing's."""
    number = whole(request, "run")
    return mailing.runs.filter(pk=number).first() if number is not None else None


@owner_page
@require_safe
def mailing_deliveries(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = own(request, pk)
    run = asked_run(request, mailing)
    q, state = asked(request, deliveries.STATES)
    rows = deliveries.found(runs=run_ids(mailing, run), state=state, words=q)
    context = {
        "mailing": mailing,
        "run": run,
        "page": deliveries.page_of(rows, after=whole(request, "after"), before=whole(request, "before")),
        "q": q,
        "state": state,
        "states": deliveries.STATES,
        "is_filtered": bool(q or state),
        "search_hint": _("E-mail"),
        "section": "mailings",
    }
    return render(request, "campaigns/delivery_list.html", context)


def run_ids(mailing: Mailing, run: Run | None) -> list[int]:
    return [run.pk] if run else list(mailing.runs.order_by("pk").values_list("pk", flat=True))


@owner_page
@require_GET
def mailing_report_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    return export(request, pk, "csv")


@owner_page
@require_GET
def mailing_report_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    return export(request, pk, "xlsx")


def export(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    mailing = own(request, pk)
    q, state = asked(request, deliveries.STATES)
    rows = deliveries.found(runs=run_ids(mailing, asked_run(request, mailing)), state=state, words=q)
    if kind == "xlsx" and rows.order_by("pk")[MOST_IN_XLSX : MOST_IN_XLSX + 1].exists():
        flash.error(request, _("These are too many rows for a workbook. Please export them as CSV."))
        return redirect("campaigns:mailing_deliveries", pk)
    return spreadsheets.download(deliveries.table(rows), name=f"mailing-{mailing.pk}", kind=kind)


@owner_page
@require_safe
def delivery_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Delivery.objects.owned_by(owner(request)).select_related("run__mailing__message", "recipient", "content")
    delivery = get_object_or_404(rows, pk=pk)
    context: dict[str, Any] = {
        "delivery": delivery,
        "mailing": delivery.run.mailing,
        "story": deliveries.story(delivery),
        "orders": Attribution.objects.filter(delivery=delivery).select_related("order"),
        "section": "mailings",
    }
    return render(request, "campaigns/delivery_detail.html", context)


@owner_page
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    days = whole(request, "days")
    days = days if days in totals.RANGES else totals.RANGES[0]
    found = totals.totals_of(owner(request), days=days)
    context = {"totals": found, "ranges": totals.RANGES, "section": "statistics"}
    return render(request, "campaigns/statistics.html", context)
