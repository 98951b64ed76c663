"""Decisions about a mailing in the admin: pause, resume, cancel by its owner; disable, enable by managers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from campaigns import mailings, oversight
from campaigns.audit import record
from campaigns.errors import CampaignError
from campaigns.models import Mailing
from campaigns.policies import visible_rows
from campaigns.viewsets.scoped import admin_user, may_change


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=255, help_text=gettext_lazy("The owner reads it, word for word.")
    )


@dataclass(frozen=True)
class Decision:
    """`allowed` says who may take it and when; `take` does it."""

    label: str | Promise
    explanation: str | Promise
    icon: str
    allowed: Callable[[Mailing, Any], bool]
    take: Callable[[Mailing, User, str], object]
    form_class: type[forms.Form] = forms.Form
    is_serious: bool = False


def owned(status: str) -> Callable[[Mailing, Any], bool]:
    """By whoever may change the mailing, when it may become `status`."""
    return lambda mailing, user: may_steer(mailing, user) and mailing.may_become(status)


def may_steer(mailing: Mailing, user: Any) -> bool:
    return may_change(user, mailing) and user.has_perm("campaigns.change_mailing")


def logged(verb: Callable[..., Mailing], action: str) -> Callable[[Mailing, User, str], object]:
    def take(mailing: Mailing, by: User, reason: str) -> None:
        verb(mailing=mailing)
        record(instance=mailing, action=action, by=by)

    return take


def stop(mailing: Mailing, by: User, reason: str) -> Mailing:
    return oversight.stop_mailing(mailing=mailing, by=by, reason=reason)


def release(mailing: Mailing, by: User, reason: str) -> Mailing:
    return oversight.release_mailing(mailing=mailing, by=by)


DECISIONS: dict[str, Decision] = {
    "pause": Decision(
        gettext_lazy("Pause"),
        gettext_lazy("It stops within a message or a tenth of a second, and can be resumed."),
        "minus",
        lambda mailing, user: owned("paused")(mailing, user) and mailing.status != Mailing.Status.PAUSED,
        logged(mailings.pause_mailing, "campaigns.pause"),
    ),
    "resume": Decision(
        gettext_lazy("Resume"),
        gettext_lazy("It goes on where it was paused."),
        "rotate",
        lambda mailing, user: may_steer(mailing, user) and mailing.status == Mailing.Status.PAUSED,
        logged(mailings.resume_mailing, "campaigns.resume"),
    ),
    "cancel": Decision(
        gettext_lazy("Cancel"),
        gettext_lazy("It stops for good; what was sent stays on record."),
        "cross",
        owned("cancelled"),
        logged(mailings.cancel_mailing, "campaigns.cancel"),
        is_serious=True,
    ),
    "disable": Decision(
        gettext_lazy("Disable"),
        gettext_lazy("Nothing more of it goes out until a manager enables it. The owner is told by mail."),
        "lock",
        lambda mailing, user: oversight.may_disable(user) and not mailing.is_disabled and not mailing.is_finished,
        stop,
        ReasonForm,
        is_serious=True,
    ),
    "enable": Decision(
        gettext_lazy("Enable"),
        gettext_lazy("It goes on where it stopped. The owner is told by mail."),
        "lock-open",
        lambda mailing, user: oversight.may_disable(user) and mailing.is_disabled,
        release,
    ),
}


def decisions_for(mailing: Mailing, user: Any) -> list[tuple[str, Decision]]:
    """What this user may decide about the mailing now."""
    return [(name, decision) for name, decision in DECISIONS.items() if decision.allowed(mailing, user)]


class DecideView(WagtailAdminTemplateMixin, FormView):
    """Ask, then call the verb."""

    model: ClassVar[type[Mailing]] = Mailing
    index_url_name = ""
    inspect_url_name = ""
    header_icon = "mail"
    template_name = "campaigns/admin/decide.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visible = visible_rows(request.user, Mailing).select_related("owner", "message")
        mailing = visible.filter(pk=kwargs["pk"]).first()
        if (
            mailing is None
            or kwargs["decision"] not in DECISIONS
            or not request.user.has_perm("campaigns.view_mailing")
        ):
            raise Http404
        self.mailing, self.decision = mailing, DECISIONS[kwargs["decision"]]
        if not self.decision.allowed(mailing, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[forms.Form]:
        return self.decision.form_class

    def get_page_title(self) -> str:
        return str(self.decision.label)

    def get_page_subtitle(self) -> str:
        return str(self.mailing)

    def get_success_url(self) -> str:
        return reverse(self.inspect_url_name, args=[self.mailing.pk])

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.decision.take(self.mailing, admin_user(self.request), form.cleaned_data.get("reason", ""))
        except CampaignError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("Done: %(what)s.") % {"what": self.decision.label})
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            explanation=self.decision.explanation,
            button_label=self.decision.label,
            is_serious=self.decision.is_serious,
            cancel_url=reverse(self.index_url_name),
        )
