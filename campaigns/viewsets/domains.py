"""The domains that this site writes from, in the Wagtail admin: managers add them, make keys and look at DNS."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns import dkim_keys, sending_domains
from campaigns.audit import record
from campaigns.dns import policies
from campaigns.errors import CampaignError
from campaigns.models import SendingDomain
from campaigns.viewsets.columns import MomentColumn
from campaigns.viewsets.scoped import admin_user
from company.admin_actions import ActionView

CHANGE = "campaigns.change_sendingdomain"


class DomainForm(forms.ModelForm):
    """The verb decides; its refusals stand at the fields."""

    class Meta:
        model = SendingDomain
        fields = ("domain", "selector")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            try:
                self.instance = sending_domains.add_domain(**values)
            except ValidationError as error:
                self.add_error(None, error)
        return values

    def save(self, commit: bool = True) -> SendingDomain:
        return self.instance


class DomainIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        def inspect(row: SendingDomain) -> str | None:
            return self.get_inspect_url(row)

        return [
            TitleColumn("domain", label=gettext_lazy("Domain"), sort_key="domain", get_url=inspect),
            *(StatusTagColumn(key, label=key.upper(), accessor=word_of(key), primary=is_right(key)) for key in NAMES),
            MomentColumn("checked_at", label=gettext_lazy("Checked"), sort_key="checked_at"),
        ]


NAMES = tuple(sending_domains.NAMES)


def word_of(key: str) -> Any:
    def word(row: SendingDomain) -> str:
        state = row.findings.get(key, {}).get("state", "")
        return str(sending_domains.STATES.get(state, "–"))

    return word


def is_right(key: str) -> Any:
    return lambda row: row.findings.get(key, {}).get("state") == policies.RIGHT


class DomainAddView(generic.CreateView):
    def get_success_buttons(self) -> list[Any]:
        return []

    def get_success_url(self) -> str:
        return reverse("sending_domains:inspect", args=[self.object.pk])


class DomainInspectView(generic.InspectView):
    template_name = "campaigns/admin/domain.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            domain=self.object,
            summary=sending_domains.summary_of(self.object),
            has_key=bool(self.object.private_key),
            is_lost=not dkim_keys.is_readable(self.object),
            may_change=self.request.user.has_perm(CHANGE),
            check_url=reverse("sending_domains:check", args=[self.object.pk]),
            key_url=reverse("sending_domains:key", args=[self.object.pk]),
        )


class DomainActionView(ActionView):
    header_icon = "globe"
    error_class = CampaignError
    action = ""

    def allowed(self) -> bool:
        return self.request.user.has_perm(CHANGE)

    def get_success_url(self) -> str:
        return reverse("sending_domains:inspect", args=[self.object.pk])

    def log(self) -> None:
        record(instance=self.object, action=self.action, by=admin_user(self.request))


class CheckView(DomainActionView):
    page_title = gettext_lazy("Check now")
    button_label = gettext_lazy("Check now")
    explanation = gettext_lazy("The name servers are asked; it takes some seconds.")
    action = "campaigns.check_domain"

    def act(self, data: dict[str, Any]) -> str:
        sending_domains.check(domain=self.object)
        self.log()
        return _("%(domain)s is checked.") % {"domain": self.object}


class KeyView(DomainActionView):
    page_title = gettext_lazy("Make a key pair")
    button_label = gettext_lazy("Make a key pair")
    explanation = gettext_lazy(
        "Mail of this domain is signed with it from now on; publish its record at once. "
        "Leave the record of an older key where it is for a week."
    )
    action = "campaigns.make_key"
    is_serious = True

    def act(self, data: dict[str, Any]) -> str:
        sending_domains.make_key(domain=self.object)
        self.log()
        return _("%(domain)s has a new key pair.") % {"domain": self.object}


class SendingDomainViewSet(ModelViewSet):
    model = SendingDomain
    name = "sending_domains"
    icon = "globe"
    menu_label = gettext_lazy("Sending domains")
    index_view_class = DomainIndexView
    add_view_class = DomainAddView
    inspect_view_class = DomainInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields: ClassVar[list[str]] = ["domain"]
    ordering = "domain"
    # A domain's name and selector stand in DNS: whoever wants others adds another.
    views: ClassVar[tuple[str, ...]] = ("index", "index_results", "add", "delete", "inspect")

    def get_form_class(self, for_update: bool = False) -> type:
        return DomainForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_common_view_kwargs(**kwargs)
        for name in ("edit", "history", "usage"):
            kwargs.pop(f"{name}_url_name", None)
        return kwargs

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name in self.views]
        check, key = self.construct_view(CheckView), self.construct_view(KeyView)
        return [*kept, path("<int:pk>/check/", check, name="check"), path("<int:pk>/key/", key, name="key")]
