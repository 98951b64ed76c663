"""What a person has agreed to, over all owners: to answer them, to hand it to them, to stop or delete on request."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from campaigns import held, oversight
from campaigns.errors import CampaignError
from campaigns.viewsets.scoped import admin_user
from campaigns.viewsets.suppressions import AddressForm
from campaigns.viewsets.watching import WatchersOnly, WatchPage, WatchViewSet

NAME = "campaign_consents"


class ConsentsView(WatchPage):
    """The address comes by POST, here and on the pages behind the buttons, so that it stands in no log."""

    template_name = "campaigns/admin/consents.html"
    page_title = gettext_lazy("Consents of a person")
    header_icon = "user"

    @method_decorator(sensitive_post_parameters("email"))
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AddressForm(request.POST)
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            email = form.cleaned_data["email"]
            context["held"] = held.about(email=email, by=admin_user(request))
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = admin_user(self.request)
        form = AddressForm()
        form.fields["email"].help_text = _("All that owners and the shop hold about this address is shown.")
        kwargs.setdefault("form", form)
        return super().get_context_data(
            **kwargs, may_stop=oversight.may_disable(user), may_forget=user.is_superuser and not user.is_blocked
        )


def address_of(request: HttpRequest) -> str:
    """What the buttons of the page above post; 404 for what is no address."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        raise Http404
    return str(form.cleaned_data["email"])


class ExportView(WatchersOnly, View):
    """All of it, as a file for the person."""

    def post(self, request: HttpRequest) -> HttpResponse:
        found = held.about(email=address_of(request), by=admin_user(request), most=None)
        response = JsonResponse(held.document(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = 'attachment; filename="consents.json"'
        response["Cache-Control"] = "private, no-store"
        return response


class RequestForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=255,
        help_text=gettext_lazy("The request’s number or date, not the person’s name: it is kept in the history."),
    )


class OnRequestView(WatchersOnly, WagtailAdminTemplateMixin, FormView):
    """Asks for the reason, then calls the verb. The first page comes by POST too: the address is in it."""

    http_method_names: ClassVar = ["post"]
    template_name = "campaigns/admin/on_request.html"
    form_class = RequestForm
    header_icon = "no-view"
    index_url_name = ""
    model = None
    explanation: Any = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.email = address_of(request)
        if not self.allowed(admin_user(request)):
            raise PermissionDenied
        if "confirmed" not in request.POST:
            return self.render_to_response(self.get_context_data(form=RequestForm()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            sentence = self.act(form.cleaned_data["reason"])
        except CampaignError as error:
            form.add_error("reason", str(error))
            return self.form_invalid(form)
        messages.success(self.request, sentence)
        return redirect(self.index_url_name)

    def allowed(self, user: User) -> bool:
        return oversight.may_disable(user)

    def act(self, reason: str) -> str:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, email=self.email, explanation=self.explanation, back_url=reverse(self.index_url_name)
        )


class StopView(OnRequestView):
    page_title = gettext_lazy("Write to this person no more")
    explanation = gettext_lazy(
        "No owner of this site can write to the address any more, whatever they import; consents count as withdrawn."
    )

    def act(self, reason: str) -> str:
        held.stop(email=self.email, by=admin_user(self.request), reason=reason)
        return _("Nobody on this site writes to this address any more.")


class ForgetView(OnRequestView):
    page_title = gettext_lazy("Delete this person from all lists")
    header_icon = "bin"
    explanation = gettext_lazy(
        "The person is taken out of the lists of all owners and not written to again. A hash of the address stays, "
        "so that no import brings it back; what was sent stays on record."
    )

    def allowed(self, user: User) -> bool:
        return user.is_superuser and not user.is_blocked

    def act(self, reason: str) -> str:
        count = held.forget(email=self.email, by=admin_user(self.request), reason=reason)
        return _("Deleted from %(count)d lists; nobody writes to this address any more.") % {"count": count}


class ConsentsViewSet(WatchViewSet):
    name = NAME
    icon = "user"
    menu_label = gettext_lazy("Consents of a person")
    pages: ClassVar[dict[str, tuple[str, Any]]] = {
        "index": ("", ConsentsView),
        "export": ("export/", ExportView),
        "stop": ("stop/", StopView),
        "forget": ("forget/", ForgetView),
    }
