"""How the list of orders is narrowed; the bulk actions narrow by the same."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import Select
from django.http import QueryDict
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from store import order_search
from store.countries import country_choices
from store.models import Order, OrderStatus, ShippingMethod
from store.payments import gateways

WORK = [("pack", gettext_lazy("To pack")), ("collect", gettext_lazy("Money to collect"))]
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def ways_of_delivery() -> list[tuple[str, str]]:
    return [(method.code, method.name) for method in ShippingMethod.objects.all()]


def ways_of_payment() -> list[tuple[str, Any]]:
    return [(gateway.code, gateway.label) for gateway in gateways.everything()]


class OrderFilterSet(WagtailFilterSet):
    work = django_filters.ChoiceFilter(choices=WORK, method="by_work", label=gettext_lazy("To do"))
    status = django_filters.MultipleChoiceFilter(choices=OrderStatus.choices, label=gettext_lazy("Status"))
    paid = django_filters.ChoiceFilter(choices=YES_NO, method="by_paid", label=gettext_lazy("Paid"))
    placed_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Placed"), widget=DateRangePickerWidget)
    gateway = django_filters.ChoiceFilter(choices=ways_of_payment, label=gettext_lazy("Way of payment"))
    shipping_code = django_filters.ChoiceFilter(choices=ways_of_delivery, label=gettext_lazy("Way of delivery"))
    country = django_filters.ChoiceFilter(choices=country_choices, label=gettext_lazy("Country"), widget=Select)
    refund = django_filters.ChoiceFilter(choices=YES_NO, method="by_refund", label=gettext_lazy("Has a refund"))
    attention = django_filters.ChoiceFilter(
        choices=[("yes", gettext_lazy("Needs attention"))], method="by_attention", label=gettext_lazy("Attention")
    )

    class Meta:
        model = Order
        fields = ("work", "status", "paid", "placed_at", "attention", "gateway", "shipping_code", "country", "refund")

    def by_work(self, rows: Any, name: str, value: str) -> QuerySet[Order]:
        return rows.to_pack() if value == "pack" else rows.to_collect()

    def by_paid(self, rows: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return rows.filter(paid_at__isnull=value == "no")

    def by_refund(self, rows: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return order_search.with_refund(rows, value == "yes")

    def by_attention(self, rows: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        return order_search.needing_attention(rows)


def shown(query: QueryDict) -> QuerySet[Order]:
    """What the list shows for this query string: filters and search, without pages."""
    return order_search.search(OrderFilterSet(query, queryset=Order.objects.all()).qs, query.get("q", ""))
