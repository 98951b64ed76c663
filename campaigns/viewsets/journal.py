"""Runs, deliveries and attempts in the admin: what the engine wrote, to look at."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn

from campaigns.models import Attempt, Delivery, Run
from campaigns.viewsets.columns import AnswerColumn, MomentColumn
from campaigns.viewsets.filters import AttemptFilterSet, DeliveryFilterSet, RunFilterSet
from campaigns.viewsets.scoped import JournalViewSet, ScopedIndexView


def went_well(row: Any) -> bool:
    return row.status in (Run.Status.RUNNING, Run.Status.COMPLETED, Delivery.Status.SENT)


STATUS = StatusTagColumn(
    "status", label=_("Status"), accessor="get_status_display", sort_key="status", primary=went_well
)


class RunIndexView(ScopedIndexView):
    related = ("mailing__owner",)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "subject", label=_("Run"), sort_key="subject"),
            MomentColumn("occurrence", label=_("Planned for"), sort_key="occurrence"),
            Column("owner", label=_("Owner"), accessor="mailing.owner.email", sort_key="mailing__owner__email"),
            STATUS,
            NumberColumn("total", label=_("Recipients"), sort_key="total"),
            NumberColumn("sent", label=_("Sent"), sort_key="sent"),
            NumberColumn("failed", label=_("Failed"), sort_key="failed"),
            NumberColumn("in_doubt", label=_("In doubt"), sort_key="in_doubt"),
            MomentColumn("opened_at", label=_("Opened"), sort_key="opened_at"),
        ]


class RunViewSet(JournalViewSet):
    model = Run
    name = "campaign_runs"
    icon = "history"
    menu_label = _("Runs")
    index_view_class = RunIndexView
    filterset_class = RunFilterSet
    search_fields: ClassVar[list[str]] = ["subject", "mailing__owner__email"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = [
        *("mailing", "occurrence", "status", "subject", "body", "total", "sent", "failed", "in_doubt", "suppressed"),
        *("opened_at", "completed_at"),
    ]


class DeliveryIndexView(ScopedIndexView):
    related = ("run",)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "email", label=_("E-mail"), sort_key="email"),
            Column("run", label=_("Mailing"), accessor="run.subject", sort_key="run__subject"),
            STATUS,
            NumberColumn("tries", label=_("Tries"), sort_key="tries"),
            AnswerColumn("last_response", label=_("Server’s last answer")),
            MomentColumn("finished_at", label=_("Finished"), sort_key="finished_at"),
        ]


class DeliveryViewSet(JournalViewSet):
    model = Delivery
    name = "campaign_deliveries"
    icon = "mail"
    menu_label = _("Deliveries")
    index_view_class = DeliveryIndexView
    filterset_class = DeliveryFilterSet
    search_fields: ClassVar[list[str]] = ["email"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = [
        *("run", "email", "full_name", "status", "tries", "next_try_at", "last_code", "last_response", "finished_at"),
    ]


class AttemptIndexView(ScopedIndexView):
    related = ("delivery__run",)

    def get_base_queryset(self) -> QuerySet[Attempt]:
        return super().get_base_queryset().defer("delivery__run__body")  # type: ignore[no-any-return]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(
                TitleColumn, "email", label=_("E-mail"), accessor="delivery.email", sort_key="delivery__email"
            ),
            Column("run", label=_("Mailing"), accessor="delivery.run.subject"),
            MomentColumn("at", label=_("At"), sort_key="at"),
            STATUS,
            Column("code", label=_("Code"), sort_key="code"),
            AnswerColumn("response", label=_("Server’s answer")),
        ]


class AttemptViewSet(JournalViewSet):
    model = Attempt
    name = "campaign_attempts"
    icon = "list-ul"
    menu_label = _("Attempts")
    index_view_class = AttemptIndexView
    filterset_class = AttemptFilterSet
    search_fields: ClassVar[list[str]] = ["delivery__email", "response"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = ["delivery", "at", "status", "code", "response"]
