"""Pages of an owner's sign-up forms."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns import joining
from campaigns.errors import CampaignError
from campaigns.forms import show_errors
from campaigns.models import OptInForm
from campaigns.recipient_forms import OptInFormForm
from campaigns.views.access import owner, owner_page


@owner_page
@require_safe
def form_list(request: HttpRequest) -> HttpResponse:
    rows = OptInForm.objects.owned_by(owner(request))
    context = {"forms": [(row, joining.page_url(row)) for row in rows], "section": "recipients", "part": "forms"}
    return render(request, "campaigns/join_form_list.html", context)


def own_form(request: HttpRequest, pk: int) -> OptInForm:
    found: OptInForm = get_object_or_404(OptInForm.objects.owned_by(owner(request)), pk=pk)
    return found


@owner_page
def form_create(request: HttpRequest) -> HttpResponse:
    return form_page(request, None)


@owner_page
def form_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return form_page(request, own_form(request, pk))


def form_page(request: HttpRequest, saved: OptInForm | None) -> HttpResponse:
    form = OptInFormForm(request.POST or None, owner=owner(request), instance=saved)
    if request.method == "POST" and form.is_valid():
        try:
            made = joining.save_form(owner=owner(request), values=form.arguments(), form=saved)
        except (CampaignError, ValidationError) as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:form_edit", made.pk)
    context = {"form": form, "saved": saved, "section": "recipients", "part": "forms"}
    if saved:
        context |= {
            "page_url": joining.page_url(saved),
            "frame_html": joining.frame_snippet(saved),
            "plain_html": joining.plain_snippet(saved),
        }
    return render(request, "campaigns/join_form_form.html", context, status=422 if form.errors else 200)


@owner_page
def form_delete(request: HttpRequest, pk: int) -> HttpResponse:
    form = own_form(request, pk)
    if request.method == "POST":
        joining.delete_form(form=form)
        messages.success(request, _("The form was deleted."))
        return redirect("campaigns:form_list")
    context = {
        "question": _("Delete “%(name)s”?") % {"name": form},
        "consequence": _("Its page is gone; who has signed up stays in your list, with the proof."),
        "action": _("Delete the form"),
        "back_url": reverse("campaigns:form_edit", args=[pk]),
        "section": "recipients",
    }
    return render(request, "campaigns/confirm.html", context)
