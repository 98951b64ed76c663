"""Stopping several mailings at once, for one reason."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns import oversight
from campaigns.errors import CampaignError
from campaigns.models import Mailing
from campaigns.viewsets.scoped import admin_user

MOST_AT_ONCE = 500


class SelectColumn(BaseColumn):
    """The box that takes a mailing into the selection."""

    header_template_name = "store/admin/select_all_cell.html"
    cell_template_name = "store/admin/select_cell.html"


class BulkReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=255, help_text=gettext_lazy("The owners read it, word for word.")
    )


class DisableManyView(WagtailAdminTemplateMixin, FormView):
    """The ticked mailings; asks by a page first."""

    http_method_names: ClassVar = ["post"]
    template_name = "campaigns/admin/disable_many.html"
    form_class = BulkReasonForm
    index_url_name = ""
    model = Mailing
    header_icon = "lock"
    page_title = gettext_lazy("Disable")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not oversight.may_disable(admin_user(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ticked = request.POST.getlist("select")
        keys = [int(key) for key in ticked if key.isascii() and key.isdecimal() and len(key) < 19]
        rows = Mailing.objects.filter(pk__in=keys[:MOST_AT_ONCE], kind=Mailing.Kind.REGULAR)
        self.chosen = list(rows.select_related("owner", "message"))
        if not self.chosen:
            messages.warning(request, _("No mailing is chosen: tick some first."))
            return redirect(self.index_url_name)
        if "confirmed" not in request.POST:
            return self.render_to_response(self.get_context_data(form=self.form_class()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            count = oversight.stop_mailings(
                chosen=self.chosen, by=admin_user(self.request), reason=form.cleaned_data["reason"]
            )
        except CampaignError as error:
            form.add_error("reason", str(error))
            return self.form_invalid(form)
        sentence = ngettext("%(count)d mailing is disabled.", "%(count)d mailings are disabled.", count)
        messages.success(self.request, sentence % {"count": count})
        return redirect(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, chosen=self.chosen, back_url=reverse(self.index_url_name))
