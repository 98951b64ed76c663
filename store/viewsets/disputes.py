"""Disputes in the Wagtail admin: which wait for an answer, and until when."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from company.money import format_money
from company.policies import LookOnlyPolicy
from store.models import Dispute
from store.viewsets.payments import ReadOnlyViewSet

register_permission_policy(Dispute, LookOnlyPolicy(Dispute))


class DisputeFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Dispute.Status.choices, label=gettext_lazy("Status"))
    open = django_filters.BooleanFilter(
        field_name="closed_at", lookup_expr="isnull", label=gettext_lazy("Not decided yet")
    )

    class Meta:
        model = Dispute
        fields: Any = []


def amount(dispute: Dispute) -> str:
    return format_money(dispute.amount, dispute.currency)


def order_url(dispute: Dispute) -> str:
    return reverse("store_orders:inspect", args=[dispute.payment.order_id])


def needs_answer(dispute: Dispute) -> bool:
    return dispute.needs_answer


class DisputeIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("order", label=_("Order"), accessor="payment.order.number", get_url=order_url),
            Column("amount", label=_("Amount"), accessor=amount, sort_key="amount"),
            Column("reason", label=_("Reason"), sort_key="reason"),
            StatusTagColumn(
                "status", label=_("Status"), accessor="get_status_display", sort_key="status", primary=needs_answer
            ),
            BooleanColumn("withdrawn", label=_("Money withdrawn"), sort_key="withdrawn"),
            DateColumn("due_at", label=_("Answer by"), sort_key="due_at"),
            DateColumn("opened_at", label=_("Opened"), sort_key="opened_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Dispute]:
        return Dispute.objects.select_related("payment__order").order_by("-opened_at", "-pk")


class DisputeViewSet(ReadOnlyViewSet):
    model = Dispute
    name = "store_disputes"
    url_prefix = "store/disputes"
    icon = "warning"
    menu_label = gettext_lazy("Disputes")
    index_view_class = DisputeIndexView
    filterset_class = DisputeFilterSet
    inspect_view_enabled = False
    search_fields = ("payment__order__number", "reference")
