"""Pages of an owner's own fields and tags."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns import bulk, field_uses, own_fields, tags
from campaigns.errors import CampaignError
from campaigns.forms import show_errors
from campaigns.models import RecipientField, Tag
from campaigns.recipient_forms import FieldForm, MergeForm, TagForm
from campaigns.views.access import owner, owner_page


@owner_page
def field_list(request: HttpRequest) -> HttpResponse:
    """The fields in their order, and a form for one more."""
    form = FieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            own_fields.add_field(owner=owner(request), **form.cleaned_data)
        except (CampaignError, ValidationError) as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:field_list")
    context = {"fields": own_fields.fields_of(owner(request)), "form": form, "section": "recipients", "part": "fields"}
    return render(request, "campaigns/field_list.html", context, status=422 if form.errors else 200)


def own_field(request: HttpRequest, pk: int) -> RecipientField:
    found: RecipientField = get_object_or_404(RecipientField.objects.owned_by(owner(request)), pk=pk)
    return found


@owner_page
def field_edit(request: HttpRequest, pk: int) -> HttpResponse:
    field = own_field(request, pk)
    heading = f"{field.label} ({field.key})"
    initial = {name: getattr(field, name) for name in FieldForm.base_fields}
    form = FieldForm(request.POST or None, initial=initial)
    for name in ("key", "kind"):
        form.fields[name].disabled = True
    form.fields["key"].help_text = _("Key and kind stay: recipients, segments and messages depend on them.")
    if request.method == "POST" and form.is_valid():
        try:
            own_fields.change_field(field=field, label=form.cleaned_data["label"])
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:field_list")
    return form_page(request, form, heading, "field_list", "field_delete", pk)


@owner_page
@require_POST
def field_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up."""
    keys = [field.key for field in own_fields.fields_of(owner(request))]
    place = keys.index(own_field(request, pk).key)
    if place:
        keys[place - 1 : place + 1] = [keys[place], keys[place - 1]]
        own_fields.order_fields(owner=owner(request), keys=keys)
    return redirect("campaigns:field_list")


@owner_page
def field_delete(request: HttpRequest, pk: int) -> HttpResponse:
    field = own_field(request, pk)
    if request.method == "POST":
        try:
            bulk.delete_field(field=field)
        except CampaignError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The field was deleted."))
        return redirect("campaigns:field_list")
    context = {
        "question": _("Delete “%(name)s”?") % {"name": field},
        "consequence": _("What it says of every recipient is deleted too."),
        "hindrances": list(field_uses.hindrances(field)),
        "losses": list(field_uses.losses(field)),
        "action": _("Delete the field"),
        "back_url": reverse("campaigns:field_list"),
        "section": "recipients",
    }
    return render(request, "campaigns/confirm.html", context)


@owner_page
def tag_list(request: HttpRequest) -> HttpResponse:
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tags.add_tag(owner=owner(request), name=form.cleaned_data["name"])
        except ValidationError as error:
            show_errors(form, error)
        else:
            return redirect("campaigns:tag_list")
    context = {"tags": tags.tags_with_counts(owner(request)), "form": form, "section": "recipients", "part": "tags"}
    return render(request, "campaigns/tag_list.html", context, status=422 if form.errors else 200)


@owner_page
def tag_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, or joined with another tag."""
    tag = get_object_or_404(Tag.objects.filter(owner=owner(request)), pk=pk)
    merging = "into" in request.POST
    form = TagForm(None if merging else request.POST or None, initial={"name": tag.name})
    merge = MergeForm(request.POST if merging else None, tag=tag)
    heading = tag.name
    chosen: Any = merge if merging else form
    if request.method == "POST" and chosen.is_valid():
        try:
            if merging:
                tags.merge_tag(tag=tag, into=merge.cleaned_data["into"])
            else:
                tags.rename_tag(tag=tag, name=form.cleaned_data["name"])
        except (CampaignError, ValidationError) as error:
            show_errors(chosen, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:tag_list")
    context = {"tag": tag, "heading": heading, "form": form, "merge": merge, "section": "recipients", "part": "tags"}
    return render(request, "campaigns/tag_form.html", context, status=422 if chosen.errors else 200)


@owner_page
@require_POST
def tag_delete(request: HttpRequest, pk: int) -> HttpResponse:
    tag = get_object_or_404(Tag.objects.filter(owner=owner(request)), pk=pk)
    try:
        tags.delete_tag(tag=tag)
    except CampaignError as error:
        messages.error(request, str(error))
        return redirect("campaigns:tag_edit", pk)
    messages.success(request, _("The tag was deleted."))
    return redirect("campaigns:tag_list")


def form_page(
    request: HttpRequest, form: forms.Form, heading: str, back: str, delete: str, pk: int, section: str = "recipients"
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "section": section,
        "back_url": reverse(f"campaigns:{back}"),
        "delete_url": reverse(f"campaigns:{delete}", args=[pk]),
    }
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)
