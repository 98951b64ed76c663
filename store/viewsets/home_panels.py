"""What the admin's first page says about the shop, to each as much as they may know."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem, SubMenuItem

from store import low_stock, periods, sales
from store.viewsets.review_actions import PERMISSION as MODERATE
from store.viewsets.reviews import WaitingReviewsPanel
from store.viewsets.sales import MOST_LOW, PERMISSION, chart, key_figures, rows

DAYS = 7


class WorkPanel(Component):
    """What waits for somebody to do it."""

    name = "store_work"
    template_name = "store/admin/home_work.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        low = list(low_stock.low()[:MOST_LOW]) if request.user.has_perm("store.view_stock") else []
        return {**sales.waiting(), "low": low, "user": request.user}


class SalesPanel(Component):
    """The last seven days."""

    name = "store_sales"
    template_name = "store/admin/home_sales.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        report = sales.report(periods.last(DAYS))
        found = rows(report)
        return {"figures": key_figures(report)[:4], "rows": found, "chart": chart(found)}


def panels_for(request: HttpRequest) -> list[Component]:
    user: Any = request.user
    found: list[Component] = []
    if user.has_perm("store.view_order"):
        found.append(WorkPanel())
    if user.has_perm(PERMISSION):
        found.append(SalesPanel())
    if user.has_perm(MODERATE):
        found.append(WaitingReviewsPanel(request))
    return found


class OrdersMenuItem(MenuItem):
    """“Orders” with the number of those that nobody has packed yet."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("store.view_order"))  # type: ignore[union-attr]

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        return LinkMenuItem(
            self.name, self.label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=badge()
        )


class ShopMenuItem(SubmenuMenuItem):
    """The shop's menu, with the same number for those who see orders."""

    def render_component(self, request: HttpRequest) -> SubMenuItem:
        component = super().render_component(request)
        if request.user.has_perm("store.view_order"):  # type: ignore[union-attr]
            component.attrs = badge()
        return component


def badge() -> dict[str, str]:
    """What backoffice.css shows at the end of a menu item."""
    waiting = sales.waiting()["to_pack"]
    return {"data-badge": str(waiting if waiting < 1000 else "999+")} if waiting else {}
