"""The queue of reports of abuse, and the three decisions."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button

from accounts.blocking import may_block
from campaigns import abuse, oversight
from campaigns.errors import CampaignError
from campaigns.models import AbuseReport, Mailing
from campaigns.viewsets.columns import AnswerColumn, MomentColumn
from campaigns.viewsets.filters import owners_of
from campaigns.viewsets.scoped import JournalViewSet, ScopedIndexView, ScopedInspectView, admin_user
from company.admin_actions import ActionView

NAME = "campaign_abuse"


class AbuseFilterSet(WagtailFilterSet):
    waiting = django_filters.BooleanFilter(
        field_name="handled_at", lookup_expr="isnull", label=gettext_lazy("Not decided yet")
    )
    owner = django_filters.ModelChoiceFilter(
        field_name="mailing__owner", queryset=lambda request: owners_of(Mailing), label=gettext_lazy("Owner")
    )
    created_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Reported"), widget=DateRangePickerWidget)

    class Meta:
        model = AbuseReport
        fields: ClassVar[list[str]] = ["reason"]


class AbuseIndexView(ScopedIndexView):
    related = ("mailing__owner", "mailing__message", "handled_by")

    def get_base_queryset(self) -> QuerySet[AbuseReport]:
        """What waits comes first."""
        return super().get_base_queryset().order_by(F("handled_at").desc(nulls_first=True), "-pk")  # type: ignore[no-any-return]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(
                TitleColumn, "reason", label=_("Reason"), accessor="get_reason_display", sort_key="reason"
            ),
            Column("mailing", label=_("Mailing"), accessor="mailing.message.subject"),
            Column("owner", label=_("Owner"), accessor="mailing.owner.email"),
            AnswerColumn("text", label=_("What happened")),
            MomentColumn("created_at", label=_("Reported"), sort_key="created_at"),
            AnswerColumn("decision", label=_("Decision")),
        ]

    def get_list_more_buttons(self, instance: AbuseReport) -> list[Any]:
        return super().get_list_more_buttons(instance) + buttons(instance, self.request.user)


class AbuseInspectView(ScopedInspectView):
    @property
    def header_more_buttons(self) -> list[Button]:
        ways = [
            Button(
                _("See the mailing"),
                url=reverse("campaign_mailings:inspect", args=[self.object.mailing_id]),
                icon_name="mail",
                priority=40,
            ),
        ]
        if self.object.delivery_id:
            url = reverse("campaign_deliveries:inspect", args=[self.object.delivery_id])
            ways.append(Button(_("See the delivery"), url=url, icon_name="history", priority=50))
        return [*super().header_more_buttons, *buttons(self.object, self.request.user), *ways]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=255)


class DecisionView(ActionView):
    form_class = ReasonForm
    error_class = CampaignError
    verb: Callable[..., AbuseReport]
    done: Any = ""

    def allowed(self) -> bool:
        return oversight.may_disable(admin_user(self.request)) and self.object.handled_at is None

    def act(self, data: dict[str, Any]) -> str:
        type(self).verb(report=self.object, by=admin_user(self.request), reason=data["reason"])
        return str(self.done)

    def get_success_url(self) -> str:
        return reverse(f"{NAME}:index")


class DismissView(DecisionView):
    verb = staticmethod(abuse.dismiss)
    page_title = button_label = gettext_lazy("Dismiss")
    header_icon = "check"
    explanation = gettext_lazy("The mailing goes on; nobody is told. The reason is kept in the history.")
    done = gettext_lazy("The report is dismissed.")


class StopView(DecisionView):
    verb = staticmethod(abuse.stop_mailing)
    page_title = button_label = gettext_lazy("Disable the mailing")
    header_icon = "lock"
    is_serious = True
    explanation = gettext_lazy("Nothing more of it goes out; its owner is told, with the reason word for word.")
    done = gettext_lazy("The mailing is disabled.")


class BlockView(DecisionView):
    verb = staticmethod(abuse.block_owner)
    page_title = button_label = gettext_lazy("Block the owner")
    header_icon = "no-view"
    is_serious = True
    explanation = gettext_lazy("All mailings of the owner stop and the log-in is closed; a mail tells them the reason.")
    done = gettext_lazy("The owner is blocked.")

    def allowed(self) -> bool:
        return super().allowed() and may_block(user=self.object.mailing.owner, by=admin_user(self.request))


DECISIONS: dict[str, type[DecisionView]] = {"dismiss": DismissView, "stop": StopView, "block": BlockView}


def buttons(report: AbuseReport, user: Any) -> list[Button]:
    if report.handled_at is not None or not oversight.may_disable(user):
        return []
    may = {"block": may_block(user=report.mailing.owner, by=user)}
    return [
        Button(view.button_label, url=reverse(f"{NAME}:{name}", args=[report.pk]), icon_name=view.header_icon)
        for name, view in DECISIONS.items()
        if may.get(name, True)
    ]


class AbuseViewSet(JournalViewSet):
    model = AbuseReport
    name = NAME
    icon = "warning"
    menu_label = gettext_lazy("Reports of abuse")
    index_view_class = AbuseIndexView
    inspect_view_class = AbuseInspectView
    filterset_class = AbuseFilterSet
    search_fields: ClassVar[list[str]] = ["text", "mailing__owner__email", "mailing__message__subject"]
    inspect_view_fields: ClassVar[list[str]] = [
        *("reason", "text", "mailing", "delivery", "created_at", "handled_at", "handled_by", "decision"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        index = self.get_url_name("index")
        decisions = [
            path(f"<int:pk>/{name}/", self.construct_view(view, index_url_name=index), name=name)
            for name, view in DECISIONS.items()
        ]
        return [*super().get_urlpatterns(), *decisions]
