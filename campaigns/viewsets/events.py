"""Events in the admin: what became of messages after they were sent."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from campaigns.models import DeliveryEvent
from campaigns.viewsets.columns import AnswerColumn, MomentColumn
from campaigns.viewsets.filters import EventFilterSet
from campaigns.viewsets.journal import AddressSearch
from campaigns.viewsets.scoped import JournalViewSet, ScopedIndexView


class EventIndexView(AddressSearch, ScopedIndexView):
    path = "delivery__"
    related = ("delivery__run", "link")
    exported: ClassVar[dict[str, Any]] = {
        "at": _("At"),
        "delivery.email": _("E-mail"),
        "delivery.run.subject": _("Mailing"),
        "get_kind_display": _("Kind"),
        "by_machine": _("By a machine"),
        "link": _("Link"),
        "details": _("Details"),
    }

    def get_base_queryset(self) -> QuerySet[DeliveryEvent]:
        return super().get_base_queryset().defer("delivery__run__body", "delivery__attributes")  # type: ignore[no-any-return]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "email", label=_("E-mail"), accessor="delivery.email"),
            Column("run", label=_("Mailing"), accessor="delivery.run.subject"),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            MomentColumn("at", label=_("At")),
            BooleanColumn("by_machine", label=_("By a machine")),
            AnswerColumn("details", label=_("Details")),
        ]


class EventViewSet(JournalViewSet):
    model = DeliveryEvent
    name = "campaign_events"
    icon = "view"
    menu_label = _("Events")
    index_view_class = EventIndexView
    filterset_class = EventFilterSet
    search_fields: ClassVar[list[str]] = ["delivery__email"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = ["delivery", "kind", "at", "link", "by_machine", "details"]
