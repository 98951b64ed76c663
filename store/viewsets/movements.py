"""The stock ledger in the Wagtail admin: read, filtered, exported, never written."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from api.cells import harmless
from store.models import MovementReason, StockMovement


class LedgerPolicy(ModelPermissionPolicy):
    """Whoever may see the stock may see how it came to be so."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and user.has_perm("store.view_stock")


register_permission_policy(StockMovement, LedgerPolicy(StockMovement))


class MovementFilterSet(WagtailFilterSet):
    sku = django_filters.CharFilter(label=_("SKU"), method="by_sku")
    reason = django_filters.MultipleChoiceFilter(choices=MovementReason.choices, label=_("Reason"))
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = StockMovement
        fields = ("sku", "reason", "at")

    def by_sku(self, lines: QuerySet[StockMovement], name: str, value: str) -> QuerySet[StockMovement]:
        return lines.filter(sku=value.replace("\x00", "").strip())


def change(before: int, by: int, after: int) -> str:
    return f"{before} → {after}" if by else str(after)


def on_hand(line: StockMovement) -> str:
    return change(line.on_hand_before, line.on_hand_change, line.on_hand)


def reserved(line: StockMovement) -> str:
    return change(line.reserved_before, line.reserved_change, line.reserved)


class OrderColumn(Column):
    """The order's number, leading to it."""

    cell_template_name = "wagtailadmin/tables/title_cell.html"

    def get_value(self, instance: StockMovement) -> str:
        return instance.order_number

    def get_cell_context_data(self, instance: StockMovement, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["link_url"] = reverse("store_orders:inspect", args=[instance.order_id]) if instance.order_id else None
        return context


class MovementIndexView(IndexView):
    list_export = [
        "at",
        "sku",
        "get_reason_display",
        "on_hand_before",
        "on_hand_change",
        "on_hand",
        "reserved_before",
        "reserved_change",
        "reserved",
        "actor",
        "order_number",
        "note",
    ]
    export_headings = {
        "get_reason_display": _("reason"),
        "on_hand_before": _("on hand before"),
        "reserved_before": _("reserved before"),
        "order_number": _("order"),
    }
    export_filename = "stock-movements"
    custom_field_preprocess = {
        name: {"csv": harmless, "xlsx": harmless} for name in ("sku", "actor", "order_number", "note")
    }

    @cached_property
    def columns(self) -> list[Column]:
        return [
            DateColumn("at", label=_("When"), sort_key="at"),
            Column("sku", label=_("SKU"), sort_key="sku"),
            Column("reason", label=_("Reason"), accessor="get_reason_display", sort_key="reason"),
            NumberColumn("change", label=_("Change"), accessor=signed),
            Column("on_hand", label=_("On hand"), accessor=on_hand),
            Column("reserved", label=_("Reserved"), accessor=reserved),
            OrderColumn("order", label=_("Order")),
            Column("actor", label=_("By"), accessor="actor", sort_key="actor"),
            Column("note", label=_("Note"), accessor="note"),
        ]

    def get_base_queryset(self) -> QuerySet[StockMovement]:
        return StockMovement.objects.select_related("order").order_by("-pk")


def signed(line: StockMovement) -> str:
    return f"{line.on_hand_change:+d}" if line.on_hand_change else "–"


class MovementViewSet(ModelViewSet):
    model = StockMovement
    name = "store_movements"
    url_prefix = "store/movements"
    icon = "history"
    menu_label = _("Stock movements")
    list_per_page = 50
    index_view_class = MovementIndexView
    filterset_class = MovementFilterSet
    search_fields = ("sku", "note", "actor")
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_fields(self) -> list[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results")
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]
