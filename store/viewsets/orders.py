"""Orders in the Wagtail admin: found, read, and moved on by the verbs; never typed in, edited or deleted."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from company.money import format_money
from company.policies import LookOnlyPolicy
from store import mails
from store.models import Order, OrderStatus
from store.viewsets.order_actions import ACTIONS, possible

register_permission_policy(Order, LookOnlyPolicy(Order))


class OrderFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(choices=OrderStatus.choices, label=_("Status"))
    placed_at = django_filters.DateFromToRangeFilter(label=_("Placed"), widget=DateRangePickerWidget)

    class Meta:
        model = Order
        fields = ("status", "placed_at")


def total(order: Order) -> str:
    return format_money(order.total, order.currency)


class OrderIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("number", label=_("Number"), accessor="number", get_url=self.get_inspect_url),
            DateColumn("placed_at", label=_("Placed"), sort_key="placed_at"),
            Column("full_name", label=_("Customer"), sort_key="full_name"),
            Column("email", label=_("E-mail"), sort_key="email"),
            StatusTagColumn(
                "status", label=_("Status"), accessor="get_status_display", sort_key="status", primary=is_settled
            ),
            Column("total", label=_("Total"), accessor=total, sort_key="total"),
        ]

    def search_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        """By number and e-mail from their beginning, where an index helps; else by any part of the name."""
        words = (self.search_query or "").strip().replace("\x00", "")
        if not words:
            return queryset
        by_number = queryset.filter(number__startswith=words.upper())
        by_email = queryset.filter(email__startswith=words.lower())
        return by_number | by_email | queryset.filter(full_name__icontains=words)

    def get_list_more_buttons(self, instance: Order) -> list[Any]:
        return super().get_list_more_buttons(instance) + buttons(instance, self.request.user)


def is_settled(order: Order) -> bool:
    return order.is_paid


def buttons(order: Order, user: Any) -> list[Button]:
    """What this person may do with the order now."""
    found = []
    for position, (verb, action) in enumerate(possible(order, user)):
        url = reverse(f"store_orders:{verb}", args=[order.pk])
        found.append(Button(action.button_label, url=url, icon_name=action.header_icon, priority=20 + position))
    return found


class OrderInspectView(generic.InspectView):
    """Everything about one order on one page."""

    page_title = _("Order")
    template_name = "store/admin/order.html"

    @property
    def header_more_buttons(self) -> list[Button]:
        return list(super().header_more_buttons) + buttons(self.object, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order: Order = self.object
        actions = [(reverse(f"store_orders:{verb}", args=[order.pk]), action) for verb, action in self.possible()]
        return super().get_context_data(
            **kwargs,
            order=order,
            lines=order.lines.all(),
            payments=order.payments.order_by("attempt").prefetch_related("refunds"),
            documents=order.invoices.order_by("pk"),
            events=order.events.all(),
            mails=mails.about(order),
            actions=actions,
        )

    def possible(self) -> list[Any]:
        return possible(self.object, self.request.user)


class OrderViewSet(ModelViewSet):
    model = Order
    name = "store_orders"
    url_prefix = "store/orders"
    icon = "list-ul"
    menu_label = _("Orders")
    list_per_page = 50
    index_view_class = OrderIndexView
    inspect_view_class = OrderInspectView
    inspect_view_enabled = True
    filterset_class = OrderFilterSet
    search_fields = ("number", "email", "full_name")
    search_backend_name = None
    ordering = ("-placed_at", "-pk")
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_fields = ["number"]

    def get_form_fields(self) -> list[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "inspect")
        views = {verb: self.construct_view(view, **self.get_common_view_kwargs()) for verb, view in ACTIONS.items()}
        own = [path(f"<int:pk>/{verb}/", view, name=verb) for verb, view in views.items()]
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept] + own
