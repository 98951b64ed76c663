"""Orders in the Wagtail admin: found, read, and moved on by the verbs; never typed in, edited or deleted."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from company.policies import LookOnlyPolicy
from store import mails
from store.models import Order
from store.viewsets import order_bulk, order_list, order_rows
from store.viewsets.home_panels import OrdersMenuItem
from store.viewsets.order_changes import ACTIONS, possible
from store.viewsets.order_filters import OrderFilterSet

register_permission_policy(Order, LookOnlyPolicy(Order))


def buttons(order: Order, user: Any) -> list[Button]:
    """What this person may do with the order now."""
    found = []
    for position, (verb, action) in enumerate(possible(order, user)):
        url = reverse(f"store_orders:{verb}", args=[order.pk])
        found.append(Button(action.button_label, url=url, icon_name=action.header_icon, priority=20 + position))
    return found


class OrderIndexView(order_list.OrderIndexView):
    order_buttons = staticmethod(buttons)


class OrderInspectView(generic.InspectView):
    """Everything about one order on one page."""

    page_title = _("Order")
    template_name = "store/admin/order.html"

    @property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("store_orders:packing_slip", args=[self.object.pk])
        slip = Button(_("Packing slip (PDF)"), url=url, icon_name="doc-full-inverse", priority=90)
        return [*super().header_more_buttons, *buttons(self.object, self.request.user), slip]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order: Order = self.object
        actions = [(reverse(f"store_orders:{verb}", args=[order.pk]), action) for verb, action in self.possible()]
        return super().get_context_data(
            **kwargs,
            order=order,
            lines=order.lines.all(),
            payments=order.payments.order_by("attempt").prefetch_related("refunds__lines__order_line", "disputes"),
            shipments=order.shipments.prefetch_related("lines__order_line"),
            returns=order.returns.prefetch_related("lines__order_line"),
            mail_settled=("sent", "failed"),
            may_refund=self.request.user.has_perm("store.refund_order"),
            may_process=self.request.user.has_perm("store.process_order"),
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
    menu_item_class = OrdersMenuItem
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
        bulk = self.construct_view(order_bulk.BulkView, index_url_name=self.get_url_name("index"))
        row, mail = (self.construct_view(view) for view in (order_rows.OrderRowView, order_rows.OrderMailView))
        own.append(path("<int:pk>/mails/<int:row>/", mail, name="mail"))
        own.append(path("<int:pk>/<slug:verb>/<int:row>/", row, name="row"))
        own.append(path("<int:pk>/packing-slip/", order_bulk.packing_slip, name="packing_slip"))
        own.append(path("bulk/<slug:action>/", bulk, name="bulk"))
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept] + own
