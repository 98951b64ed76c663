"""Pages on which an owner plans a mailing: fill in, review, launch."""

from secrets import token_urlsafe

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaigns import mailings, planning
from campaigns.errors import CampaignError
from campaigns.forms import MailingForm, calendar_of, show_errors
from campaigns.models import Mailing
from campaigns.views.access import owner, owner_page
from campaigns.views.mailings import DATES, own


@owner_page
def mailing_create(request: HttpRequest) -> HttpResponse:
    copied = request.GET.get("copy", "")
    if copied.isdecimal() and len(copied) < 19:
        initial = MailingForm.initial_of_copy(own(request, int(copied)))
    else:
        initial = {"message": request.GET.get("message", "")}
    form = MailingForm(request.POST or None, owner=owner(request), initial=initial)
    return plan(request, form, None)


@owner_page
def mailing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = own(request, pk)
    if not mailing.is_editable:
        flash.error(request, _("Pause the mailing before you change it."))
        return redirect("campaigns:mailing_detail", pk)
    form = MailingForm(request.POST or None, owner=owner(request), initial=MailingForm.initial_of(mailing))
    return plan(request, form, mailing)


def plan(request: HttpRequest, form: MailingForm, mailing: Mailing | None) -> HttpResponse:
    """Fill in, review, launch: the review carries the form's values, so nothing is stored before the launch."""
    step = request.POST.get("step", "review")
    if request.method == "POST" and step != "edit" and form.is_valid():
        try:
            if step == "launch":
                return launched(request, form, mailing)
            review = planning.review(owner=owner(request), mailing=mailing, **form.verb_arguments())
        except CampaignError as error:
            show_errors(form, error)
        else:
            context = {
                "form": form,
                "review": review,
                "is_new": mailing is None,
                "key": token_urlsafe(16),
                "section": "mailings",
            }
            return render(request, "campaigns/mailing_review.html", context)
    context = {
        "form": form,
        "heading": _("New mailing") if mailing is None else str(mailing),
        "back_url": reverse("campaigns:mailing_detail", args=[mailing.pk])
        if mailing
        else reverse("campaigns:mailing_list"),
        "time_zone": owner(request).time_zone,
        "section": "mailings",
    }
    return render(request, "campaigns/mailing_form.html", context, status=422 if form.errors else 200)


def launched(request: HttpRequest, form: MailingForm, mailing: Mailing | None) -> HttpResponse:
    if mailing is None:
        mailing = planning.launch_once(owner=owner(request), key=request.POST.get("key", ""), **form.verb_arguments())
        flash.success(request, _("The mailing is launched."))
    else:
        mailings.change_mailing(mailing=mailing, **form.verb_arguments())
        flash.success(request, _("Saved."))
    return redirect("campaigns:mailing_detail", mailing.pk)


@owner_page
@require_GET
def mailing_dates(request: HttpRequest) -> HttpResponse:
    """A fragment: the next dates of what is filled in so far."""
    dates = planning.dates(**calendar_of(request.GET), time_zone=owner(request).time_zone)
    return render(request, "campaigns/includes/dates.html", {"dates": dates[:DATES], "more_dates": len(dates) > DATES})
