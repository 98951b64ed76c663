"""Series in the admin: whose they are, what they send, how they do; managers stop them and let them go on."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button

from campaigns import oversight, pausing
from campaigns.automations.figures import figures_of, sent_by_step
from campaigns.errors import CampaignError
from campaigns.models import Automation, Enrolment, Run, Step
from campaigns.segments.builder import sentence
from campaigns.viewsets.columns import MomentColumn
from campaigns.viewsets.decisions import ReasonForm
from campaigns.viewsets.filters import OwnerFilterSet, owners_of
from campaigns.viewsets.scoped import (
    HISTORY,
    JournalViewSet,
    ScopedIndexView,
    ScopedInspectView,
    admin_user,
)
from campaigns.viewsets.watching import WatchersOnly
from company.admin_actions import ActionView

NAME = "campaign_automations"
DISABLED, PAUSED, ON = Q(disabled_at__isnull=False), ~Q(paused_for=""), Q(is_on=True)
STATES: dict[str, tuple[Any, Q]] = {
    "on": (gettext_lazy("On"), ON & ~DISABLED),
    "off": (gettext_lazy("Off"), ~ON & ~PAUSED & ~DISABLED),
    "paused": (gettext_lazy("Paused by the site"), PAUSED & ~DISABLED),
    "disabled": (gettext_lazy("Stopped by a manager"), DISABLED),
}


def state_of(automation: Automation) -> str:
    if automation.disabled_at:
        return "disabled"
    if automation.paused_for:
        return "paused"
    return "on" if automation.is_on else "off"


def state_word(automation: Automation) -> str:
    return str(STATES[state_of(automation)][0])


class AutomationFilterSet(OwnerFilterSet):
    owner = django_filters.ModelChoiceFilter(
        queryset=lambda request: owners_of(Automation), label=gettext_lazy("Owner")
    )
    state = django_filters.ChoiceFilter(
        choices=[(name, label) for name, (label, _rows) in STATES.items()],
        method="in_state",
        label=gettext_lazy("State"),
    )

    class Meta:
        model = Automation
        fields: ClassVar[list[str]] = ["trigger"]

    def in_state(self, rows: QuerySet[Automation], name: str, value: str) -> QuerySet[Automation]:
        return rows.filter(STATES[value][1])


def counted(rows: QuerySet[Automation]) -> QuerySet[Automation]:
    """With how many were enrolled and how many messages were sent; for the rows of one page."""
    people = Enrolment.objects.filter(automation=OuterRef("pk")).order_by().values("automation")
    runs = Run.objects.filter(mailing__automation_step__automation=OuterRef("pk")).order_by()
    sent = runs.values("mailing__automation_step__automation").annotate(sum=Sum("sent"))
    return rows.annotate(
        enrolled=Coalesce(Subquery(people.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
        sent=Coalesce(Subquery(sent.values("sum"), output_field=IntegerField()), 0),
    )


class AutomationIndexView(ScopedIndexView):
    related = ("owner",)
    exported: ClassVar[dict[str, Any]] = {
        "pk": gettext_lazy("Number"),
        "name": gettext_lazy("Series"),
        "owner.email": gettext_lazy("Owner"),
        "get_trigger_display": gettext_lazy("Trigger"),
        "enrolled": gettext_lazy("Enrolled"),
        "sent": gettext_lazy("Sent"),
        "disabled_at": gettext_lazy("Disabled"),
        "disabled_reason": gettext_lazy("Reason for disabling"),
    }

    def get_base_queryset(self) -> QuerySet[Automation]:
        return counted(super().get_base_queryset())

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "name", label=_("Series"), sort_key="name"),
            Column("owner", label=_("Owner"), accessor="owner.email", sort_key="owner__email"),
            Column("trigger", label=_("Trigger"), accessor="get_trigger_display", sort_key="trigger"),
            StatusTagColumn("state", label=_("State"), accessor=state_word, primary=lambda row: state_of(row) == "on"),
            NumberColumn("enrolled", label=_("Enrolled")),
            NumberColumn("sent", label=_("Sent")),
            MomentColumn("created_at", label=_("Created"), sort_key="created_at"),
        ]

    def get_list_more_buttons(self, instance: Automation) -> list[Any]:
        return super().get_list_more_buttons(instance) + decision_buttons(instance, self.request.user)


class AutomationInspectView(ScopedInspectView):
    """What sets it off, its steps with their waits, conditions and messages, and how it does."""

    template_name = "campaigns/admin/automation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        automation: Automation = self.object
        sent = sent_by_step(automation)
        steps = automation.steps.select_related("message")
        return super().get_context_data(
            **kwargs,
            automation=automation,
            state=state_word(automation),
            why=pausing.sentence(automation.paused_for),
            figures=figures_of([automation])[automation.pk],
            steps=[(step, conditions(step, automation), sent.get(step.pk, 0)) for step in steps],
        )

    @property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *decision_buttons(self.object, self.request.user)]


def conditions(step: Step, automation: Automation) -> list[str]:
    """Of whom the step's message is meant for, in words; none: everybody."""
    found = []
    if bought := step.condition.get("bought"):
        bought_words = {"no": _("only if nothing was bought since"), "yes": _("only if something was bought since")}
        found.append(bought_words[bought])
    if step.condition.get("rules"):
        found.append(_("only if: %(rules)s") % {"rules": sentence(automation.owner, step.condition)})
    return found


class SeriesDecisionView(WatchersOnly, ActionView):
    error_class = CampaignError
    header_icon = "lock"

    def get_success_url(self) -> str:
        return reverse(f"{NAME}:inspect", args=[self.object.pk])


class DisableView(SeriesDecisionView):
    form_class = ReasonForm
    page_title = button_label = gettext_lazy("Disable")
    explanation = gettext_lazy(
        "Nobody gets its next message until a manager enables it; whoever is on the way waits. "
        "The owner is told by mail."
    )
    is_serious = True

    def allowed(self) -> bool:
        return oversight.may_disable(admin_user(self.request)) and self.object.disabled_at is None

    def act(self, data: dict[str, Any]) -> str:
        oversight.stop_series(automation=self.object, by=admin_user(self.request), reason=data["reason"])
        return _("The series is disabled, and its owner told.")


class EnableView(SeriesDecisionView):
    page_title = button_label = gettext_lazy("Enable")
    explanation = gettext_lazy("Whoever is on the way goes on. The owner is told by mail.")
    header_icon = "lock-open"

    def allowed(self) -> bool:
        return oversight.may_disable(admin_user(self.request)) and self.object.disabled_at is not None

    def act(self, data: dict[str, Any]) -> str:
        oversight.release_series(automation=self.object, by=admin_user(self.request))
        return _("The series is enabled, and its owner told.")


def decision_buttons(automation: Automation, user: Any) -> list[Button]:
    if not oversight.may_disable(user):
        return []
    name, view = ("enable", EnableView) if automation.disabled_at else ("disable", DisableView)
    url = reverse(f"{NAME}:{name}", args=[automation.pk])
    return [Button(view.button_label, url=url, icon_name=view.header_icon, priority=25)]


class AutomationViewSet(JournalViewSet):
    model = Automation
    name = NAME
    icon = "rotate"
    menu_label = gettext_lazy("Series")
    index_view_class = AutomationIndexView
    inspect_view_class = AutomationInspectView
    filterset_class = AutomationFilterSet
    search_fields: ClassVar[list[str]] = ["name", "owner__email"]
    ordering = "-pk"
    views: ClassVar[tuple[str, ...]] = ("index", "index_results", "inspect", *HISTORY)
    inspect_view_fields: ClassVar[list[str]] = ["name", "owner", "trigger", "created_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        disable, enable = self.construct_view(DisableView), self.construct_view(EnableView)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/disable/", disable, name="disable"),
            path("<int:pk>/enable/", enable, name="enable"),
        ]
