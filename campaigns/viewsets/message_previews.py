"""A message with one recipient's own values, to look at: nothing is sent and nothing is changed by looking."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns import addresses, messages, viewing
from campaigns.messages import Preview
from campaigns.models import Delivery, Message, Recipient
from campaigns.policies import visible_rows
from campaigns.viewsets.previews import framed

OFFERED = 10


class MessageMixin:
    """The message and the recipient, for those who may look at both; others do not learn whether they exist."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(["campaigns.view_message", "campaigns.view_recipient"]):  # type: ignore[union-attr]
            raise PermissionDenied
        found = visible_rows(request.user, Message).select_related("owner").filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.message: Message = found
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]

    @property
    def people(self) -> Any:
        return Recipient.objects.owned_by(self.message.owner)  # type: ignore[attr-defined]

    @property
    def reader(self) -> Recipient | None:
        """None: an invented one."""
        number = self.request.GET.get("as", "")
        if not number:
            return None
        found: Recipient | None = None
        if number.isascii() and number.isdecimal() and len(number) < 19:
            found = self.people.filter(pk=number).first()
        if found is None:
            raise Http404
        return found

    def preview(self) -> Preview:
        return messages.preview(message=self.message, recipient=self.reader)


class ReaderForm(forms.Form):
    email = forms.CharField(label=gettext_lazy("As this recipient reads it"), max_length=addresses.MAX_LENGTH)


class MessagePreviewView(MessageMixin, WagtailAdminTemplateMixin, TemplateView):
    """An address comes by POST, so that it stands in no log of addresses."""

    template_name = "campaigns/admin/message_preview.html"
    header_icon = "view"
    page_title = gettext_lazy("What is sent")
    model = Message
    index_url_name = ""

    @method_decorator(sensitive_post_parameters("email"))
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReaderForm(request.POST)
        if form.is_valid():
            wanted = addresses.normalise(form.cleaned_data["email"])
            if found := self.people.filter(email_norm=wanted).first():
                return redirect(f"{request.path}?as={found.pk}")
            form.add_error("email", _("The owner of this message has no such recipient."))
        return self.render_to_response(self.get_context_data(form=form))

    def get_page_subtitle(self) -> str:
        return str(self.message)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse(self.index_url_name), "label": _("Messages")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.page_title, "sublabel": str(self.message)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ReaderForm())
        return super().get_context_data(
            **kwargs,
            message=self.message,
            reader=self.reader,
            offered=self.people.order_by("-pk")[:OFFERED],
            preview=self.preview(),
        )


class MessageLetterView(MessageMixin, View):
    """The HTML, for the frame."""

    model = Message

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        shown = self.preview()
        return framed(str(shown.html) or f"<pre>{escape(shown.text)}</pre>")


class SentLetterView(View):
    """What the recipient of one delivery got, links that tell on them left out."""

    model = Delivery

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("campaigns.view_delivery"):  # type: ignore[union-attr]
            raise PermissionDenied
        rows = visible_rows(request.user, Delivery).select_related("content", "run__mailing__owner")
        delivery = rows.filter(pk=pk).first()
        if delivery is None:
            raise Http404
        return framed(viewing.as_sent(delivery))
