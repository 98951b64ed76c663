"""What became of a mailing: every delivery with each attempt at it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from campaigns import csv_files
from campaigns.models import Attempt, Delivery, Mailing, Run
from campaigns.statistics import mailing_figures, runs_figures
from campaigns.views.access import owner_page
from campaigns.views.listing import asked, listing
from campaigns.views.mailings import own

STATES: list[tuple[str, Any]] = list(Delivery.Status.choices)
HEADER = ["planned_for", "email", "full_name", "status", "attempt_at", "attempt_status", "response"]


@owner_page
@require_safe
def mailing_report(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = own(request, pk)
    run = asked_run(request, mailing)
    rows = deliveries(request, mailing, run).prefetch_related(attempts())
    context = listing(request, rows, state_field="status", states=STATES, section="mailings")
    counts = mailing_figures(mailing) if run is None else runs_figures(Run.objects.filter(pk=run.pk))
    context |= {"mailing": mailing, "run": run, "counts": counts, "search_hint": _("E-mail")}
    return render(request, "campaigns/report.html", context)


def asked_run(request: HttpRequest, mailing: Mailing) -> Run | None:
    """The run in the query string, if it is one of this mailing's."""
    number = request.GET.get("run", "")
    return mailing.runs.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None


def deliveries(request: HttpRequest, mailing: Mailing, run: Run | None) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(run=run) if run else Delivery.objects.filter(run__mailing=mailing)
    q = asked(request, STATES)[0]
    return rows.filter(email__icontains=q) if q else rows


def attempts() -> Prefetch[str]:
    return Prefetch("attempts", queryset=Attempt.objects.order_by("pk"))


@owner_page
@require_GET
def mailing_report_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    mailing = own(request, pk)
    rows = deliveries(request, mailing, asked_run(request, mailing))
    if state := asked(request, STATES)[1]:
        rows = rows.filter(status=state)
    return StreamingHttpResponse(
        csv_files.write(HEADER, report_rows(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="mailing-{mailing.pk}.csv"'},
    )


def report_rows(rows: QuerySet[Delivery]) -> Iterator[list[Any]]:
    """A row per attempt; a delivery that was not tried has one without."""
    found = rows.order_by("pk").select_related("run").prefetch_related(attempts())
    for delivery in found.iterator(chunk_size=1000):
        planned = delivery.run.occurrence.isoformat()
        start = [planned, delivery.email, delivery.full_name, delivery.status]
        tries = list(delivery.attempts.all())
        for attempt in tries:
            yield [
                *start,
                attempt.at.astimezone(timezone.get_default_timezone()).isoformat(),
                attempt.status,
                attempt.response,
            ]
        if not tries:
            yield [*start, "", "", ""]
