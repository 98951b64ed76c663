"""Mailings in the admin: list, form, what became of them, and the buttons that steer them."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button

from campaigns import mailings, oversight
from campaigns.models import Mailing
from campaigns.statistics import mailing_figures
from campaigns.templatetags.campaigns_words import next_date, state
from campaigns.views.access import zone_of
from campaigns.viewsets.bulk import DisableManyView, SelectColumn
from campaigns.viewsets.columns import MomentColumn
from campaigns.viewsets.decisions import DecideView, decisions_for
from campaigns.viewsets.filters import MailingFilterSet
from campaigns.viewsets.forms import AdminMailingForm
from campaigns.viewsets.scoped import (
    ScopedCreateView,
    ScopedDeleteView,
    ScopedEditView,
    ScopedIndexView,
    ScopedInspectView,
    ScopedViewSet,
    admin_user,
)

NAME = "campaign_mailings"


def state_word(mailing: Mailing) -> str:
    return str(state(mailing).label)


def is_on_its_way(mailing: Mailing) -> bool:
    return not mailing.is_disabled and mailing.status in (Mailing.Status.CREATED, Mailing.Status.RUNNING)


class NextRunColumn(MomentColumn):
    """When it goes out next, if nothing holds it."""

    def get_value(self, instance: Any) -> str:
        return super().get_value(instance) if next_date(instance) else "–"


class MailingIndexView(ScopedIndexView):
    related = ("owner", "message")
    results_template_name = "campaigns/admin/mailing_results.html"

    def get_base_queryset(self) -> QuerySet[Mailing]:
        sums = {f"{name}_sum": Coalesce(Sum(f"runs__{name}"), 0) for name in ("sent", "failed", "in_doubt")}
        return super().get_base_queryset().filter(kind=Mailing.Kind.REGULAR).annotate(**sums)

    exported: ClassVar[dict[str, Any]] = {
        "pk": gettext_lazy("Number"),
        "message.subject": gettext_lazy("Mailing"),
        "owner.email": gettext_lazy("Owner"),
        "get_status_display": gettext_lazy("Status"),
        "get_periodicity_display": gettext_lazy("Periodicity"),
        "start": gettext_lazy("Start"),
        "end": gettext_lazy("End"),
        "sent_sum": gettext_lazy("Sent"),
        "failed_sum": gettext_lazy("Failed"),
        "in_doubt_sum": gettext_lazy("In doubt"),
        "disabled_at": gettext_lazy("Disabled"),
        "disabled_reason": gettext_lazy("Reason for disabling"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        boxes = [SelectColumn("select")] if self.may_disable else []
        return [
            *boxes,
            self.title_column(
                TitleColumn, "subject", label=_("Mailing"), accessor="message.subject", sort_key="message__subject"
            ),
            Column("owner", label=_("Owner"), accessor="owner.email", sort_key="owner__email"),
            StatusTagColumn("status", label=_("Status"), accessor=state_word, sort_key="status", primary=is_on_its_way),
            Column("periodicity", label=_("Periodicity"), accessor="get_periodicity_display", sort_key="periodicity"),
            MomentColumn("start", label=_("Start"), sort_key="start"),
            NextRunColumn("next_run_at", label=_("Next run"), sort_key="next_run_at"),
            NumberColumn("sent_sum", label=_("Sent"), sort_key="sent_sum"),
            NumberColumn("failed_sum", label=_("Failed"), sort_key="failed_sum"),
            NumberColumn("in_doubt_sum", label=_("In doubt"), sort_key="in_doubt_sum"),
        ]

    @cached_property
    def may_disable(self) -> bool:
        return oversight.may_disable(admin_user(self.request))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"may_disable": self.may_disable}

    def get_list_more_buttons(self, instance: Mailing) -> list[Any]:
        return super().get_list_more_buttons(instance) + decision_buttons(instance, self.request)


def decision_buttons(mailing: Mailing, request: HttpRequest) -> list[Button]:
    """What the user may do to the mailing as it stands."""
    return [
        Button(
            decision.label,
            url=reverse(f"{NAME}:decide", args=[mailing.pk, name]),
            icon_name=decision.icon,
            priority=25,
        )
        for name, decision in decisions_for(mailing, request.user)
    ]


class InOwnersZone:
    """Times are typed and shown in the owner's time zone, as in the workspace."""

    request: HttpRequest
    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with timezone.override(self.owners_zone()):
            response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            if hasattr(response, "render"):
                response.render()
            return response  # type: ignore[no-any-return]

    def owners_zone(self) -> ZoneInfo:
        return zone_of(self.request.user)  # type: ignore[arg-type]


class MailingCreateView(InOwnersZone, ScopedCreateView):
    submit_button_label = gettext_lazy("Launch")


class MailingEditView(InOwnersZone, ScopedEditView):
    def owners_zone(self) -> ZoneInfo:
        mailing = self.get_queryset().filter(pk=self.kwargs["pk"]).select_related("owner").first()
        return zone_of(mailing.owner) if mailing else ZoneInfo("UTC")


class MailingDeleteView(ScopedDeleteView):
    def call_verb(self, instance: Any) -> None:
        mailings.delete_mailing(mailing=instance)


class MailingInspectView(ScopedInspectView):
    """The plan, the sums over its runs, and the way to each run."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        figures = mailing_figures(self.object)
        sums = (
            (_("Runs"), figures.runs),
            (_("Waiting"), figures.queued),
            (_("Sent"), figures.sent),
            (_("Failed"), figures.failed),
            (_("In doubt"), figures.in_doubt),
            (_("Suppressed"), figures.suppressed),
        )
        rows = [{"label": label, "value": value, "component": None} for label, value in sums]
        return super().get_fields_context() + rows  # type: ignore[no-any-return]

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons, *decision_buttons(self.object, self.request)]
        rivals = [(f" {rival.letter}", rival.message_id) for rival in self.object.rivals.all()]
        for letter, message in rivals or [("", self.object.message_id)]:
            url = reverse("campaign_messages:preview", args=[message])
            buttons.append(Button(f"{_('What is sent')}{letter}", url=url, icon_name="view", priority=30))
        for name, label in (("runs", _("Runs")), ("deliveries", _("Deliveries")), ("attempts", _("Attempts"))):
            url = f"{reverse(f'campaign_{name}:index')}?mailing={self.object.pk}"
            buttons.append(Button(label, url=url, icon_name="list-ul", priority=40))
        return buttons


class MailingViewSet(ScopedViewSet):
    model = Mailing
    name = NAME
    icon = "mail"
    menu_label = gettext_lazy("Mailings")
    index_view_class = MailingIndexView
    add_view_class = MailingCreateView
    edit_view_class = MailingEditView
    delete_view_class = MailingDeleteView
    inspect_view_class = MailingInspectView
    filterset_class = MailingFilterSet
    search_fields: ClassVar[list[str]] = ["message__subject", "owner__email"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = [
        *("message", "owner", "status", "periodicity", "start", "end", "time_zone", "next_run_at", "all_recipients"),
        *("disabled_at", "disabled_reason", "created_at", "updated_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type:
        return AdminMailingForm

    def get_urlpatterns(self) -> list[URLPattern]:
        many = self.construct_view(DisableManyView, index_url_name=self.get_url_name("index"))
        return [
            *super().get_urlpatterns(),
            path("decide/<int:pk>/<str:decision>/", self.construct_view(DecideView), name="decide"),
            path("disable/", many, name="disable_many"),
        ]
