"""The overview: what is running, four figures, the latest mailings, and the way in."""

from datetime import timedelta
from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from campaigns.errors import CampaignError
from campaigns.models import Mailing
from campaigns.overview import overview_of
from campaigns.ownership import NeedsConfirmedEmail, become_campaign_owner, check_may_become_owner, is_campaign_owner
from campaigns.progress import is_moving, running
from campaigns.quotas import quota_of
from campaigns.statistics import figures_by_mailing
from campaigns.views.access import owner, owner_page, to_login, zone_of

LATEST = 10


@never_cache
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return to_login(request)
    if not is_campaign_owner(request.user):
        return invitation(request)
    with timezone.override(zone_of(owner(request))):
        return render(request, "campaigns/dashboard.html", overview_context(request))


def overview_context(request: HttpRequest) -> dict[str, Any]:
    mailings = Mailing.objects.regular().owned_by(owner(request)).select_related("message")
    latest = list(mailings[: LATEST + 1])
    figures = figures_by_mailing(latest[:LATEST])
    return running_context(request) | {
        "figures": overview_of(owner(request)),
        "quota": quota_of(owner(request)),
        "rows": [(mailing, figures[mailing.pk]) for mailing in latest[:LATEST]],
        "more_mailings": len(latest) > LATEST,
        "section": "dashboard",
    }


def running_context(request: HttpRequest) -> dict[str, Any]:
    mailings = Mailing.objects.regular().owned_by(owner(request))
    found, sample = running(mailings, sample=request.GET.get("sample", ""))
    coming = mailings.due(timezone.now() + timedelta(minutes=1))
    return {
        "running": found,
        "sample": sample,
        "is_live": any(is_moving(progress.mailing, has_open_run=True) for progress in found) or coming.exists(),
        "next_url": reverse("campaigns:dashboard"),
    }


@owner_page
@require_GET
def running_fragment(request: HttpRequest) -> HttpResponse:
    """Asked for every two seconds while something runs."""
    context = running_context(request)
    response = render(request, "campaigns/includes/running.html", context)
    if not context["is_live"]:
        # The figures and the table below have changed too.
        response["HX-Refresh"] = "true"
    return response


def invitation(request: HttpRequest) -> HttpResponse:
    """How to become a campaign owner, or what stands in the way."""
    context: dict[str, Any] = {"can_become": True}
    try:
        check_may_become_owner(user=owner(request))
    except CampaignError as error:
        needs_email = isinstance(error, NeedsConfirmedEmail)
        context = {"can_become": False, "reason": str(error), "needs_email": needs_email}
    return render(request, "campaigns/become_owner.html", context)


@require_POST
def become_owner(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return to_login(request)
    try:
        become_campaign_owner(user=owner(request))
    except CampaignError as error:
        flash.error(request, str(error))
    else:
        flash.success(request, _("Welcome. Your mailings, messages and recipients live here."))
    return redirect("campaigns:dashboard")
