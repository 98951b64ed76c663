"""The steps of a series: added, changed, moved, taken out, tried."""

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns import automations, messages
from campaigns.automation_forms import StepForm
from campaigns.errors import CampaignError
from campaigns.models import Step
from campaigns.views.access import owner, owner_page
from campaigns.views.automations import own


def own_step(request: HttpRequest, pk: int, step: int) -> Step:
    found = Step.objects.filter(automation=own(request, pk)).select_related("automation__owner", "message")
    return get_object_or_404(found, pk=step)


@owner_page
def step_add(request: HttpRequest, pk: int) -> HttpResponse:
    automation = own(request, pk)
    form = StepForm(request.POST or None, owner=owner(request), initial={"wait": 1, "unit": "days"})
    if request.method == "POST" and form.is_valid():
        try:
            automations.add_step(automation=automation, **form.values())
        except CampaignError as error:
            form.add_error(None, str(error))
        else:
            return redirect("campaigns:automation_detail", pk)
    return page(request, form, _("New step"), pk)


@owner_page
def step_edit(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    found = own_step(request, pk, step)
    form = StepForm(request.POST or None, owner=owner(request), step=found)
    if request.method == "POST" and form.is_valid():
        try:
            automations.change_step(step=found, **form.values())
        except CampaignError as error:
            form.add_error(None, str(error))
        else:
            return redirect("campaigns:automation_detail", pk)
    return page(request, form, _("Step"), pk)


def page(request: HttpRequest, form: StepForm, heading: str, pk: int) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "back_url": reverse("campaigns:automation_detail", args=[pk]),
        "section": "automations",
    }
    return render(request, "campaigns/step_form.html", context, status=422 if form.errors else 200)


@owner_page
@require_POST
def step_move(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    automations.move_step(step=own_step(request, pk, step), down=request.POST.get("to") == "down")
    return redirect("campaigns:automation_detail", pk)


@owner_page
@require_POST
def step_delete(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    automations.delete_step(step=own_step(request, pk, step))
    return redirect("campaigns:automation_detail", pk)


@owner_page
@require_POST
def step_test(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    messages.send_test(message=own_step(request, pk, step).message, to=owner(request))
    flash.success(request, _("The test is on its way to %(email)s.") % {"email": owner(request).email})
    return redirect("campaigns:automation_detail", pk)
