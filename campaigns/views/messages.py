"""Pages of an owner's messages."""

from django.contrib import messages as flash
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import addresses, checks, link_checks, messages
from campaigns.errors import CampaignError
from campaigns.forms import MessageForm, show_errors
from campaigns.models import Message, Recipient
from campaigns.views.access import owner, owner_page
from campaigns.views.listing import asked, listing

OFFERED = 20


@owner_page
@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    rows = Message.objects.owned_by(owner(request)).search(asked(request, [])[0])
    rows = rows.annotate(mailing_count=Count("mailings")).order_by("-pk")
    context = listing(request, rows, state_field="", states=[], section="messages")
    context["search_hint"] = _("Subject or text")
    return render(request, "campaigns/message_list.html", context)


@owner_page
def message_create(request: HttpRequest) -> HttpResponse:
    kind = Message.Kind.BLOCKS if request.GET.get("kind") == "blocks" else Message.Kind.PLAIN
    form = MessageForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            message = messages.create_message(owner=owner(request), kind=kind, **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            flash.success(request, _("Saved."))
            page = "block_list" if kind == Message.Kind.BLOCKS else "message_detail"
            return redirect(f"campaigns:{page}", message.pk)
    return message_page(request, form, _("New message"), reverse("campaigns:template_list"))


@owner_page
def message_edit(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.owned_by(owner(request)), pk=pk)
    heading, back_url = message.subject, reverse("campaigns:message_detail", args=[pk])
    form = MessageForm(
        request.POST or None,
        initial={name: getattr(message, name) for name in MessageForm.base_fields},
        kind=message.kind,
    )
    if request.method == "POST" and form.is_valid():
        try:
            messages.change_message(message=message, **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            flash.success(request, _("Saved."))
            return redirect(back_url)
    return message_page(request, form, heading, back_url)


def message_page(request: HttpRequest, form: MessageForm, heading: str, back_url: str) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "back_url": back_url,
        "merge_fields": messages.merge_fields(owner(request)),
        "section": "messages",
    }
    return render(request, "campaigns/message_form.html", context, status=422 if form.errors else 200)


@owner_page
@require_safe
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.owned_by(owner(request)), pk=pk)
    typed, recipient = asked_recipient(request, request.GET)
    mailings = list(message.mailings.regular().select_related("message")[:OFFERED])
    context = {
        "message": message,
        "preview": messages.preview(message=message, recipient=recipient),
        "phone": request.GET.get("width") == "phone",
        "findings": checks.check(message),
        "links": link_checks.state_of(message),
        "preview_as": typed,
        "unknown_recipient": bool(typed) and recipient is None,
        "addresses": Recipient.objects.owned_by(owner(request)).values_list("email", flat=True)[:OFFERED],
        "mailings": mailings,
        "can_delete": not message.mailings.exists() and not message.steps.exists(),
        "section": "messages",
    }
    return render(request, "campaigns/message_detail.html", context)


@owner_page
def message_links(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment: what its links have answered. POST has them tried again."""
    message = get_object_or_404(Message.objects.owned_by(owner(request)), pk=pk)
    if request.method == "POST":
        link_checks.ask(message=message)
        if not request.headers.get("HX-Request"):
            return redirect("campaigns:message_detail", pk)
    context = {"message": message, "links": link_checks.state_of(message)}
    return render(request, "campaigns/includes/link_check.html", context)


def asked_recipient(request: HttpRequest, query: QueryDict) -> tuple[str, Recipient | None]:
    """The address that was asked for, and the owner's recipient who has it."""
    typed = query.get("as", "").replace("\0", "").strip()[: addresses.MAX_LENGTH]
    if not typed:
        return "", None
    return typed, Recipient.objects.owned_by(owner(request)).filter(email_norm=addresses.normalise(typed)).first()


@owner_page
@require_POST
def message_test(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.owned_by(owner(request)), pk=pk)
    _typed, recipient = asked_recipient(request, request.POST)
    messages.send_test(message=message, to=owner(request), recipient=recipient)
    flash.success(request, _("The test is on its way to %(email)s.") % {"email": owner(request).email})
    return redirect("campaigns:message_detail", pk)


@owner_page
def message_delete(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.owned_by(owner(request)), pk=pk)
    if request.method == "POST":
        try:
            messages.delete_message(message=message)
        except CampaignError as error:
            flash.error(request, str(error))
            return redirect("campaigns:message_detail", pk)
        flash.success(request, _("The message was deleted."))
        return redirect("campaigns:message_list")
    context = {
        "question": _("Delete “%(subject)s”?") % {"subject": message.subject},
        "consequence": _("It can’t be brought back."),
        "action": _("Delete the message"),
        "back_url": reverse("campaigns:message_detail", args=[pk]),
        "section": "messages",
    }
    return render(request, "campaigns/confirm.html", context)
