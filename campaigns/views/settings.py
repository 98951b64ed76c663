"""The owner's settings, and the addresses that their mailings come from."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from campaigns import addresses, owner_settings, owners, senders
from campaigns.errors import CampaignError
from campaigns.forms import show_errors
from campaigns.models import OwnerSettings, SenderAddress
from campaigns.sending_domains import summary_of
from campaigns.views.access import owner, owner_page

NO_NUL = ProhibitNullCharactersValidator()


class SettingsForm(forms.ModelForm):
    class Meta:
        model = OwnerSettings
        fields = ("postal_address", "advertiser", "notes_opens", "notes_clicks", "resends_in_doubt")
        widgets = {"postal_address": forms.Textarea(attrs={"rows": 3})}


class SenderForm(forms.Form):
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=addresses.MAX_LENGTH,
        validators=[NO_NUL],
        widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "email"}),
    )
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100, required=False, validators=[NO_NUL])


@owner_page
def settings_page(request: HttpRequest) -> HttpResponse:
    row = owners.settings_of(owner(request))
    form = SettingsForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        owner_settings.change_settings(owner=owner(request), choices=owner_settings.Choices(**form.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("campaigns:settings")
    return page(request, form, SenderForm())


def page(request: HttpRequest, form: SettingsForm, sender_form: SenderForm) -> HttpResponse:
    rows = list(SenderAddress.objects.owned_by(owner(request)))
    domains = {row.domain: row for row in senders.domains_of([sender.email for sender in rows])}
    listed: list[dict[str, Any]] = [
        {"sender": row, "trouble": senders.trouble_with(row.email, domains) if row.verified_at else ""} for row in rows
    ]
    context = {
        "form": form,
        "sender_form": sender_form,
        "senders": listed,
        "domains": [{"domain": row, "summary": summary_of(row)} for row in domains.values()],
        "quota": owners.settings_of(owner(request)),
        "section": "settings",
    }
    status = 422 if form.errors or sender_form.errors else 200
    return render(request, "campaigns/settings.html", context, status=status)


@owner_page
@require_POST
def sender_add(request: HttpRequest) -> HttpResponse:
    sender_form = SenderForm(request.POST)
    if sender_form.is_valid():
        try:
            sender = senders.add_sender(owner=owner(request), **sender_form.cleaned_data)
        except (CampaignError, ValidationError) as error:
            show_errors(sender_form, error)
        else:
            messages.success(request, asked(sender))
            return redirect("campaigns:settings")
    row = owners.settings_of(owner(request))
    return page(request, SettingsForm(instance=row), sender_form)


def asked(sender: SenderAddress) -> str:
    return _("We have written to %(email)s. Please open the link in that mail.") % {"email": sender.email}


@owner_page
@require_POST
def sender_change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask again, make it the default, or delete it."""
    sender = get_object_or_404(SenderAddress.objects.owned_by(owner(request)).select_related("owner"), pk=pk)
    sentences = {
        "ask": asked(sender),
        "default": _("Your mailings come from %(email)s now.") % {"email": sender.email},
        "delete": _("%(email)s is deleted.") % {"email": sender.email},
    }
    verbs = {"ask": senders.ask, "default": senders.make_default, "delete": senders.delete_sender}
    try:
        verbs[verb](sender=sender)
    except CampaignError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentences[verb])
    return redirect("campaigns:settings")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sender_verify(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail, for whoever reads that mailbox: scanners look, people press the button."""
    try:
        sender = senders.verify(token=token) if request.method == "POST" else senders.sender_of_link(token)
    except CampaignError as error:
        return render(request, "campaigns/sender_verify.html", {"error": str(error)}, status=404)
    return render(request, "campaigns/sender_verify.html", {"sender": sender})
