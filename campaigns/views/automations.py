"""Pages of an owner's series: the list, one with its steps and its people, and what the buttons do."""

from typing import Any

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import addresses, automations
from campaigns.automation_forms import AutomationForm, NameForm
from campaigns.automations.figures import figures_of, sent_by_step
from campaigns.automations.recipes import create_from
from campaigns.automations.values import FIELDS
from campaigns.errors import CampaignError
from campaigns.models import Automation, Enrolment, Recipient
from campaigns.views.access import owner, owner_page
from campaigns.views.listing import PAGE_SIZE


def own(request: HttpRequest, pk: int) -> Automation:
    return get_object_or_404(Automation.objects.owned_by(owner(request)).select_related("owner"), pk=pk)


@owner_page
@require_safe
def automation_list(request: HttpRequest) -> HttpResponse:
    rows = list(Automation.objects.owned_by(owner(request)))
    figures = figures_of(rows)
    context = {"rows": [(row, figures[row.pk]) for row in rows], "section": "automations"}
    return render(request, "campaigns/automation_list.html", context)


@owner_page
def automation_create(request: HttpRequest) -> HttpResponse:
    form = AutomationForm(request.POST or None, owner=owner(request))
    if request.method == "POST" and form.is_valid():
        try:
            automation = create_from(owner=owner(request), recipe=form.cleaned_data["recipe"])
        except CampaignError as error:
            form.add_error(None, str(error))
        else:
            flash.success(request, _("The series is ready to be read and edited; it is still off."))
            return redirect("campaigns:automation_detail", automation.pk)
    context = {
        "form": form,
        "heading": _("New series"),
        "back_url": reverse("campaigns:automation_list"),
        "section": "automations",
    }
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)


@owner_page
@require_safe
def automation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    automation = own(request, pk)
    sent = sent_by_step(automation)
    steps = list(automation.steps.select_related("message"))
    people = automation.enrolments.select_related("recipient")
    context = {
        "automation": automation,
        "figures": figures_of([automation])[automation.pk],
        "steps": [(number, step, sent.get(step.pk, 0)) for number, step in enumerate(steps, start=1)],
        "numbers": {step.position: number for number, step in enumerate(steps, start=1)},
        "problems": automations.problems(automation),
        "page": Paginator(people, PAGE_SIZE).get_page(request.GET.get("page")),
        "merge_fields": FIELDS[automation.trigger].items(),
        "section": "automations",
    }
    return render(request, "campaigns/automation_detail.html", context)


@owner_page
def automation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    automation = own(request, pk)
    heading = automation.name
    form = NameForm(request.POST or None, initial={"name": automation.name})
    if request.method == "POST" and form.is_valid():
        automations.rename(automation=automation, name=form.cleaned_data["name"])
        return redirect("campaigns:automation_detail", pk)
    context = {
        "form": form,
        "heading": heading,
        "back_url": reverse("campaigns:automation_detail", args=[pk]),
        "delete_url": "" if automation.is_on else reverse("campaigns:automation_delete", args=[pk]),
        "section": "automations",
    }
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)


@owner_page
@require_POST
def automation_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """On or off, as the button says."""
    automation = own(request, pk)
    try:
        if request.POST.get("on"):
            automations.switch_on(automation=automation)
            flash.success(request, _("The series is on."))
        else:
            automations.switch_off(automation=automation)
            flash.success(request, _("The series is off; nobody is on the way any more."))
    except CampaignError as error:
        flash.error(request, str(error))
    return redirect("campaigns:automation_detail", pk)


@owner_page
def automation_delete(request: HttpRequest, pk: int) -> HttpResponse:
    automation = own(request, pk)
    if request.method == "POST":
        try:
            automations.delete_automation(automation=automation)
        except CampaignError as error:
            flash.error(request, str(error))
            return redirect("campaigns:automation_detail", pk)
        flash.success(request, _("The series was deleted."))
        return redirect("campaigns:automation_list")
    context: dict[str, Any] = {
        "question": _("Delete “%(name)s”?") % {"name": automation.name},
        "consequence": _("What was sent stays on record; the messages stay in your list."),
        "action": _("Delete the series"),
        "back_url": reverse("campaigns:automation_detail", args=[pk]),
        "section": "automations",
    }
    return render(request, "campaigns/confirm.html", context)


@owner_page
@require_POST
def automation_enrol(request: HttpRequest, pk: int) -> HttpResponse:
    automation = own(request, pk)
    typed = request.POST.get("email", "").replace("\0", "").strip()[: addresses.MAX_LENGTH]
    recipient = Recipient.objects.owned_by(owner(request)).filter(email_norm=addresses.normalise(typed)).first()
    try:
        if recipient is None:
            raise CampaignError(_("This recipient is not in your list."))
        automations.enrol(automation=automation, recipient=recipient)
        flash.success(request, _("%(email)s is on the way.") % {"email": recipient.email})
    except CampaignError as error:
        flash.error(request, str(error))
    return redirect("campaigns:automation_detail", pk)


@owner_page
@require_POST
def enrolment_stop(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    found = get_object_or_404(Enrolment.objects.filter(automation=own(request, pk)), pk=enrolment)
    automations.stop(enrolment=found)
    return redirect("campaigns:automation_detail", pk)
