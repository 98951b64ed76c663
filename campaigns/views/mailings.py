"""Pages of an owner's mailings: the list, one mailing live, and what its buttons do."""

from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from campaigns import ab_tests, mailings, retrying
from campaigns.advanced import Advanced
from campaigns.errors import CampaignError
from campaigns.models import Mailing, Run, Step
from campaigns.progress import is_moving, running
from campaigns.scheduling import upcoming
from campaigns.statistics import figures_by_mailing
from campaigns.views.access import back_to, owner, owner_page
from campaigns.views.listing import asked, listing

STATES: list[tuple[str, Any]] = list(Mailing.Status.choices)
DATES = 10
RUNS = 50


def own(request: HttpRequest, pk: int) -> Mailing:
    """One that the owner plans. Those of a series are steered from its own page."""
    mailing = own_of_any_kind(request, pk)
    if mailing.kind != Mailing.Kind.REGULAR:
        raise Http404
    return mailing


def own_of_any_kind(request: HttpRequest, pk: int) -> Mailing:
    return get_object_or_404(Mailing.objects.owned_by(owner(request)).select_related("message", "owner"), pk=pk)


@owner_page
@require_safe
def mailing_list(request: HttpRequest) -> HttpResponse:
    q = asked(request, STATES)[0]
    rows = Mailing.objects.regular().owned_by(owner(request)).select_related("message")
    rows = rows.filter(message__subject__icontains=q)
    context = listing(request, rows, state_field="status", states=STATES, section="mailings")
    figures = figures_by_mailing(context["page"].object_list)
    context["rows"] = [(mailing, figures[mailing.pk]) for mailing in context["page"].object_list]
    context["search_hint"] = _("Subject")
    return render(request, "campaigns/mailing_list.html", context)


@owner_page
@require_safe
def mailing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    step = Step.objects.filter(mailing=own_of_any_kind(request, pk)).first()
    if step is not None:
        return redirect("campaigns:automation_detail", step.automation_id)
    mailing = own(request, pk)
    dates = [] if mailing.is_finished else upcoming(mailing, after=timezone.now(), limit=DATES + 1)
    context = live_context(request, mailing) | {
        "runs": Run.objects.filter(mailing=mailing)[:RUNS],
        "dates": dates[:DATES],
        "more_dates": len(dates) > DATES,
        "audience": audience(mailing),
        "advanced": Advanced.of(mailing),
        "test": ab_tests.standing(mailing),
        "section": "mailings",
    }
    return render(request, "campaigns/mailing_detail.html", context | failures(mailing))


def failures(mailing: Mailing) -> dict[str, Any]:
    """How many of the latest run can be tried again."""
    run = mailing.runs.first()
    may_retry = run is not None and mailing.status in (Mailing.Status.COMPLETED, Mailing.Status.RUNNING)
    if run is None or not may_retry or not (run.failed or run.in_doubt):
        return {"failed_again": 0, "doubtful": 0}
    failed = retrying.retryable(run).count() if run.failed else 0
    return {"failed_again": failed, "doubtful": run.in_doubt}


def audience(mailing: Mailing) -> str:
    if mailing.all_recipients:
        return _("All in the list when it goes out")
    names = [str(row) for row in (*mailing.segments.all(), *mailing.tags.all())]
    number = mailing.recipients.count()
    if number or not names:
        names.append(ngettext("%(n)s chosen recipient", "%(n)s chosen recipients", number) % {"n": number})
    return ", ".join(names)


@owner_page
@require_GET
def mailing_live(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment, asked for every two seconds while there is something to see."""
    context = live_context(request, own(request, pk))
    response = render(request, "campaigns/includes/mailing_live.html", context)
    if not context["is_live"]:
        # Only a live page asks: what stands around the bar is out of date now.
        response["HX-Refresh"] = "true"
    return response


def live_context(request: HttpRequest, mailing: Mailing) -> dict[str, Any]:
    found, sample = running(Mailing.objects.filter(pk=mailing.pk), sample=request.GET.get("sample", ""))
    return {
        "mailing": mailing,
        "progress": found[0] if found else None,
        "sample": sample,
        "is_live": is_moving(mailing, has_open_run=bool(found)),
        "next_url": reverse("campaigns:mailing_detail", args=[mailing.pk]),
    }


@owner_page
@require_POST
def mailing_pause(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = own(request, pk)
    if mailing.status != Mailing.Status.PAUSED:
        try:
            mailings.pause_mailing(mailing=mailing)
        except CampaignError as error:
            flash.error(request, str(error))
    return back_to(request, "campaigns:mailing_detail", pk)


@owner_page
@require_POST
def mailing_resume(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = own(request, pk)
    if mailing.status == Mailing.Status.PAUSED:
        try:
            mailings.resume_mailing(mailing=mailing)
        except CampaignError as error:
            flash.error(request, str(error))
    return back_to(request, "campaigns:mailing_detail", pk)


@owner_page
@require_POST
def mailing_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest run's failures once more; with `in_doubt`, those of whom nobody knows as well."""
    mailing = own(request, pk)
    run = mailing.runs.select_related("mailing__owner").first()
    try:
        if run is None:
            raise CampaignError(_("Nothing has gone out yet."))
        number = retrying.retry_failed(run=run, with_in_doubt=bool(request.POST.get("in_doubt")))
        text = ngettext("%(n)s message is tried again.", "%(n)s messages are tried again.", number)
        flash.success(request, text % {"n": number})
    except CampaignError as error:
        flash.error(request, str(error))
    return redirect("campaigns:mailing_detail", pk)


@owner_page
def mailing_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = own(request, pk)
    if request.method == "POST":
        try:
            if mailing.status != Mailing.Status.CANCELLED:
                mailings.cancel_mailing(mailing=mailing)
            flash.success(request, _("The mailing is cancelled."))
        except CampaignError as error:
            flash.error(request, str(error))
        return redirect("campaigns:mailing_detail", pk)
    return confirm(
        request,
        mailing,
        _("Cancel “%(name)s”?"),
        _("It stops for good; what was sent stays on record."),
        _("Cancel the mailing"),
    )


@owner_page
def mailing_delete(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = own(request, pk)
    if request.method == "POST":
        try:
            mailings.delete_mailing(mailing=mailing)
        except CampaignError as error:
            flash.error(request, str(error))
            return redirect("campaigns:mailing_detail", pk)
        flash.success(request, _("The mailing was deleted."))
        return redirect("campaigns:mailing_list")
    return confirm(request, mailing, _("Delete “%(name)s”?"), _("Nothing of it was sent yet."), _("Delete the mailing"))


def confirm(request: HttpRequest, mailing: Mailing, question: str, consequence: str, action: str) -> HttpResponse:
    context = {
        "question": question % {"name": mailing},
        "consequence": consequence,
        "action": action,
        "back_url": reverse("campaigns:mailing_detail", args=[mailing.pk]),
        "section": "mailings",
    }
    return render(request, "campaigns/confirm.html", context)
