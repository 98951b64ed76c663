"""Pages of an owner's list."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from campaigns import csv_files, recipients
from campaigns.errors import CampaignError
from campaigns.forms import ImportForm, RecipientForm, show_errors
from campaigns.imports import MAX_ROWS, ImportReport, import_recipients
from campaigns.models import Recipient
from campaigns.views.access import owner, owner_page
from campaigns.views.listing import asked, listing

STATES: list[tuple[str, Any]] = list(Recipient.State.choices)
SUGGESTIONS = 20


@owner_page
@require_safe
def recipient_list(request: HttpRequest) -> HttpResponse:
    rows = Recipient.objects.owned_by(owner(request)).search(asked(request, STATES)[0])
    context = listing(request, rows, state_field="state", states=STATES, section="recipients")
    context["search_hint"] = _("E-mail, name or comment")
    return render(request, "campaigns/recipient_list.html", context)


@owner_page
def recipient_create(request: HttpRequest) -> HttpResponse:
    form = RecipientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recipient = recipients.add_recipient(owner=owner(request), entry=form.entry())
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("%(email)s is in your list.") % {"email": recipient.email})
            return redirect("campaigns:recipient_list")
    return recipient_page(request, form, _("New recipient"))


@owner_page
def recipient_edit(request: HttpRequest, pk: int) -> HttpResponse:
    recipient = get_object_or_404(Recipient.objects.owned_by(owner(request)), pk=pk)
    heading = recipient.email
    form = RecipientForm(request.POST or None, initial=RecipientForm.initial_of(recipient))
    if request.method == "POST" and form.is_valid():
        try:
            recipients.change_recipient(recipient=recipient, entry=form.entry())
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:recipient_list")
    return recipient_page(request, form, heading, delete_url=reverse("campaigns:recipient_delete", args=[pk]))


def recipient_page(request: HttpRequest, form: forms.Form, heading: str, delete_url: str = "") -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "section": "recipients",
        "back_url": reverse("campaigns:recipient_list"),
        "delete_url": delete_url,
    }
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)


@owner_page
def recipient_delete(request: HttpRequest, pk: int) -> HttpResponse:
    recipient = get_object_or_404(Recipient.objects.owned_by(owner(request)), pk=pk)
    if request.method == "POST":
        recipients.delete_recipient(recipient=recipient)
        messages.success(request, _("%(email)s was taken out of your list.") % {"email": recipient.email})
        return redirect("campaigns:recipient_list")
    context = {
        "question": _("Take %(email)s out of your list?") % {"email": recipient.email},
        "consequence": _("Reports of past mailings keep the address; whoever has unsubscribed stays unsubscribed."),
        "action": _("Delete the recipient"),
        "back_url": reverse("campaigns:recipient_edit", args=[pk]),
        "section": "recipients",
    }
    return render(request, "campaigns/confirm.html", context)


@owner_page
def recipient_import(request: HttpRequest) -> HttpResponse:
    report: ImportReport | None = None
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = import_recipients(owner=owner(request), **form.verb_arguments())
        except CampaignError as error:
            form.add_error("file" if form.cleaned_data.get("file") else "text", str(error))
        else:
            # The refused rows come back to be mended; what was chosen about consent stays chosen.
            chosen = {name: form.cleaned_data[name] for name in ("consent_basis", "consent_source")}
            form = ImportForm(initial={"text": report.refused_text, **chosen})
    context = {"form": form, "report": report, "max_rows": MAX_ROWS, "section": "recipients"}
    return render(request, "campaigns/recipient_import.html", context, status=422 if form.errors else 200)


@owner_page
@require_GET
def recipient_export(request: HttpRequest) -> StreamingHttpResponse:
    q, state = asked(request, STATES)
    rows = Recipient.objects.owned_by(owner(request)).search(q)
    if state:
        rows = rows.filter(state=state)
    header = ["email", "full_name", "comment", "state", "consent_basis", "consent_source", "consented_at", "created_at"]
    cells = rows.order_by("pk").values_list(*header).iterator(chunk_size=2000)
    return StreamingHttpResponse(
        csv_files.write(header, cells),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="recipients.csv"'},
    )


@owner_page
@require_GET
def recipient_suggest(request: HttpRequest) -> HttpResponse:
    """A fragment: who in the list matches what is being typed."""
    find = request.GET.get("find", "").strip()[:100]
    found = Recipient.objects.owned_by(owner(request)).mailable().search(find)[:SUGGESTIONS] if find else []
    return render(request, "campaigns/includes/suggestions.html", {"recipients": found, "find": find})
