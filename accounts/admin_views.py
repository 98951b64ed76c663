"""Views of the Wagtail admin that do something to an account."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import models as generic
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users as wagtail_users

from accounts.admin_forms import BlockForm, UnblockForm
from accounts.blocking import block_user, may_block, unblock_user
from accounts.deletion import delete_user
from accounts.errors import AccountError
from accounts.models import User
from company.admin_actions import ActionView


class InspectView(generic.InspectView):
    """What managers see of a person, with the button that they may press."""

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        user: User = self.object
        if may_block(user=user, by=self.request.user):  # type: ignore[arg-type]
            verb, label = ("unblock", _("Unblock")) if user.is_blocked else ("block", _("Block"))
            url = reverse(f"wagtailusers_users:{verb}", args=[user.pk])
            buttons.append(Button(label, url=url, icon_name="lock", priority=5))
        return buttons


class DecideView(ActionView):
    header_icon = "lock"
    error_class = AccountError

    def allowed(self) -> bool:
        return may_block(user=self.object, by=self.request.user)  # type: ignore[arg-type]

    def get_page_subtitle(self) -> str:
        return str(self.object.email)


class BlockView(DecideView):
    page_title = gettext_lazy("Block")
    form_class = BlockForm
    is_serious = True
    button_label = gettext_lazy("Block this person")
    explanation = gettext_lazy(
        "A blocked person is logged out everywhere at once and cannot log in; their running mailings stop."
    )

    def act(self, data: dict[str, Any]) -> str:
        block_user(user=self.object, by=self.request.user, reason=data["reason"])  # type: ignore[arg-type]
        return _("%(user)s is blocked.") % {"user": self.object.email}


class UnblockView(DecideView):
    page_title = gettext_lazy("Unblock")
    form_class = UnblockForm
    button_label = gettext_lazy("Unblock this person")
    explanation = gettext_lazy("The person can log in again. Sessions and tokens from before stay dead.")

    def act(self, data: dict[str, Any]) -> str:
        unblock_user(user=self.object, by=self.request.user, reason=data["reason"])  # type: ignore[arg-type]
        return _("%(user)s can log in again.") % {"user": self.object.email}


class DeleteView(wagtail_users.DeleteView):
    """Wagtail's, through the verb: accounts that own things stay."""

    def form_valid(self, form: Any) -> HttpResponse:
        email = self.object.email
        try:
            delete_user(user=self.object, by=self.request.user)
        except AccountError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, _("%(user)s is deleted.") % {"user": email})
        return redirect(self.index_url_name)
