"""Whether an address is suppressed, and why; lifting it is a superuser's."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from campaigns import addresses, suppression_lookup
from campaigns.errors import CampaignError
from campaigns.models import Suppression
from campaigns.viewsets.scoped import admin_user
from campaigns.viewsets.watching import WatchersOnly, WatchPage, WatchViewSet
from company.admin_actions import ActionView


class AddressForm(forms.Form):
    email = forms.CharField(
        label=gettext_lazy("E-mail"),
        max_length=addresses.MAX_LENGTH,
        validators=[addresses.validate],
        help_text=gettext_lazy("Only hashes of suppressed addresses are kept: whoever asks has to know the address."),
    )


class LookUpView(WatchPage):
    """The address comes by POST, so that it stands in no log of addresses."""

    template_name = "campaigns/admin/suppressions.html"
    page_title = gettext_lazy("Suppressed addresses")
    header_icon = "no-view"

    @method_decorator(sensitive_post_parameters("email"))
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AddressForm(request.POST)
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            email = form.cleaned_data["email"]
            context |= {"email": email, "found": suppression_lookup.of_address(email=email), "asked": True}
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", AddressForm())
        return super().get_context_data(**kwargs, may_lift=admin_user(self.request).is_superuser)


class LiftForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=255, help_text=gettext_lazy("It is kept in the history.")
    )


class LiftView(WatchersOnly, ActionView):
    model = Suppression
    form_class = LiftForm
    error_class = CampaignError
    is_serious = True
    page_title = button_label = gettext_lazy("Lift the suppression")
    explanation = gettext_lazy("The owner may write to this address again. Only when the person has asked for it.")
    header_icon = "lock-open"

    def allowed(self) -> bool:
        return admin_user(self.request).is_superuser

    def act(self, data: dict[str, Any]) -> str:
        suppression_lookup.lift(suppression=self.object, by=admin_user(self.request), reason=data["reason"])
        return _("The suppression is lifted.")

    def get_success_url(self) -> str:
        return reverse("campaign_suppressions:index")


class SuppressionViewSet(WatchViewSet):
    name = "campaign_suppressions"
    icon = "no-view"
    menu_label = gettext_lazy("Suppressed addresses")
    pages: ClassVar[dict[str, tuple[str, Any]]] = {
        "index": ("", LookUpView),
        "lift": ("<int:pk>/lift/", LiftView),
    }
