"""The list of orders in the Wagtail admin: what it shows, how it is narrowed."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from company.money import format_money
from store import order_search
from store.countries import country_name
from store.models import Order
from store.viewsets import order_bulk


def total(order: Order) -> str:
    return format_money(order.total, order.currency)


class SelectColumn(BaseColumn):
    """The box that takes a row into the selection of the bulk actions."""

    header_template_name = "store/admin/select_all_cell.html"
    cell_template_name = "store/admin/select_cell.html"


class OrderStatusColumn(Column):
    """The status as a word in its colour."""

    cell_template_name = "store/admin/status_cell.html"


class OrderIndexView(generic.IndexView):
    results_template_name = "store/admin/order_list_results.html"
    # More orders match the words than are listed.
    has_more = False

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            SelectColumn("select"),
            title("number", label=_("Number"), accessor="number", get_url=self.get_inspect_url),
            DateColumn("placed_at", label=_("Placed"), sort_key="placed_at"),
            Column("full_name", label=_("Customer"), sort_key="full_name"),
            Column("email", label=_("E-mail"), sort_key="email"),
            OrderStatusColumn("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
            Column("total", label=_("Total"), accessor=total, sort_key="total", classname="is-number"),
            Column("shipping_name", label=_("Delivery"), sort_key="shipping_code"),
            Column("country", label=_("Country"), accessor=lambda order: country_name(order.country)),
        ]

    def search_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        found = order_search.newest(queryset, self.search_query or "")
        self.has_more = found.has_more
        return found.rows

    def get_list_more_buttons(self, instance: Order) -> list[Any]:
        return super().get_list_more_buttons(instance) + self.order_buttons(instance, self.request.user)

    # How the buttons of one order are made: the viewset knows its page's.
    order_buttons: Any = staticmethod(lambda order, user: [])

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        query = self.request.GET.copy()
        query.pop("p", None)
        query.pop("_w_filter_fragment", None)
        context |= {"bulk_actions": order_bulk.possible(self.request.user), "bulk_query": query.urlencode()}
        context |= {"has_more": self.has_more, "most_listed": order_search.LISTED}
        return context
