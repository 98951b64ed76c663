"""Pages of an owner's list."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from campaigns import bulk, keyset, list_export, recipients
from campaigns.errors import CampaignError
from campaigns.forms import show_errors
from campaigns.models import Recipient, Segment, Tag
from campaigns.recipient_forms import WholeRecipientForm
from campaigns.recipient_search import Search
from campaigns.views.access import owner, owner_page
from campaigns.views.listing import PAGE_SIZE, whole
from store.spreadsheets import download

STATES: list[tuple[str, Any]] = list(Recipient.State.choices)
SUGGESTIONS = 20
DELIVERIES = 20


@owner_page
@require_safe
def recipient_list(request: HttpRequest) -> HttpResponse:
    search = Search.of(request.GET)
    try:
        rows = search.rows(owner(request))
    except CampaignError as error:
        messages.error(request, str(error))
        return redirect("campaigns:segment_edit", search.segment)
    listed = rows.prefetch_related("tags")
    page = keyset.page_of(listed, size=PAGE_SIZE, after=whole(request, "after"), before=whole(request, "before"))
    context = {
        "page": page,
        "count": keyset.count_of(rows),
        "states": STATES,
        "section": "recipients",
        "search_hint": _("E-mail, name or comment"),
        "search": search,
        "tags": Tag.objects.filter(owner=owner(request)),
        "segments": Segment.objects.owned_by(owner(request)),
        "actions": bulk.ACTIONS.items(),
        "is_filtered": bool(search.params),
        "part": "people",
    }
    return render(request, "campaigns/recipient_list.html", context)


@owner_page
def recipient_create(request: HttpRequest) -> HttpResponse:
    form = WholeRecipientForm(request.POST or None, owner=owner(request))
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
    """One person: what is known of them, the proof of their consent, what they were sent."""
    rows = Recipient.objects.owned_by(owner(request)).select_related("consent_wording", "owner")  # type: ignore[attr-defined]
    recipient = get_object_or_404(rows, pk=pk)
    heading = recipient.email
    form = WholeRecipientForm(
        request.POST or None, owner=owner(request), initial=WholeRecipientForm.initial_of(recipient)
    )
    if request.method == "POST" and form.is_valid():
        try:
            recipients.change_recipient(recipient=recipient, entry=form.entry())
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:recipient_list")
    return recipient_page(request, form, heading, recipient)


def recipient_page(
    request: HttpRequest, form: forms.Form, heading: str, recipient: Recipient | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "section": "recipients",
        "part": "people",
        "tags": Tag.objects.filter(owner=owner(request)),
        "recipient": recipient,
        "deliveries": recipient.deliveries.select_related("run__mailing")[:DELIVERIES] if recipient else [],
    }
    return render(request, "campaigns/recipient_form.html", context, status=422 if form.errors else 200)


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
@require_GET
def recipient_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, as CSV or XLSX."""
    try:
        rows = Search.of(request.GET).rows(owner(request))
    except CampaignError as error:
        messages.error(request, str(error))
        return redirect("campaigns:recipient_list")
    kind = "xlsx" if request.GET.get("as") == "xlsx" else "csv"
    return download(list_export.table(owner(request), rows), name="recipients", kind=kind)


@owner_page
@require_GET
def recipient_suggest(request: HttpRequest) -> HttpResponse:
    """A fragment: who in the list matches what is being typed."""
    find = request.GET.get("find", "").strip()[:100]
    found = Recipient.objects.owned_by(owner(request)).mailable().search(find)[:SUGGESTIONS] if find else []
    return render(request, "campaigns/includes/suggestions.html", {"recipients": found, "find": find})
