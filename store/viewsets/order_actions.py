"""The plain steps of an order, each on a page that says what will happen. (Those with forms: order_changes.)"""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from company.admin_actions import ActionView
from store import cancelling, fulfilment, orders
from store.errors import StoreError
from store.invoices import issuing
from store.models import Order, OrderStatus
from store.payments import starting


class OrderActionView(ActionView):
    """Needs `permission`; the order must be in one of `statuses`."""

    error_class = StoreError
    permission = "store.process_order"
    statuses: tuple[str, ...] = ()
    log_action = "store.order"
    done: str | Promise = ""

    def allowed(self) -> bool:
        return self.request.user.has_perm(self.permission)  # type: ignore[union-attr]

    def act(self, data: dict[str, Any]) -> str:
        self.change(self.object, str(self.request.user.email), data)  # type: ignore[union-attr]
        details = {"number": self.object.number, "done": str(self.button_label)}
        # Without what is empty; sums as text.
        details |= {name: str(value) for name, value in data.items() if value and name != "token"}
        log(self.object, self.log_action, user=self.request.user, data=details)
        return f"{self.object.number}: {self.done}"

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        raise NotImplementedError

    def get_success_url(self) -> str:
        return reverse("store_orders:inspect", args=[self.object.pk])


class MarkPaidView(OrderActionView):
    page_title = button_label = gettext_lazy("Mark as paid")
    header_icon = "check"
    statuses = (OrderStatus.PLACED, OrderStatus.EXPIRED)
    explanation = gettext_lazy(
        "Only when the whole sum has arrived by bank transfer: the customer gets the confirmation."
    )
    done = gettext_lazy("the payment is noted.")

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        starting.paid_by_hand(order=order, actor=actor)


class PackView(OrderActionView):
    page_title = button_label = gettext_lazy("Mark as packed")
    header_icon = "check"
    statuses = (OrderStatus.PAID,)
    explanation = gettext_lazy("The goods are packed and wait for the courier.")
    done = gettext_lazy("packed.")

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        fulfilment.advance(order=order, to=OrderStatus.PACKED, actor=actor)


class DeliverView(OrderActionView):
    page_title = button_label = gettext_lazy("Mark as delivered")
    header_icon = "check"
    statuses = (OrderStatus.SHIPPED,)
    explanation = gettext_lazy("The customer has the goods.")
    done = gettext_lazy("delivered.")

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        fulfilment.advance(order=order, to=OrderStatus.DELIVERED, actor=actor)


class CancelView(OrderActionView):
    page_title = button_label = gettext_lazy("Cancel the order")
    header_icon = "cross"
    is_serious = True
    statuses = (OrderStatus.PLACED, OrderStatus.PAID)
    explanation = gettext_lazy(
        "Its goods are free again. What was paid, or still comes in, goes back, and the customer is told."
    )
    done = gettext_lazy("cancelled.")

    def allowed(self) -> bool:
        may_refund = self.request.user.has_perm("store.refund_order")  # type: ignore[union-attr]
        return super().allowed() and (self.object.status != OrderStatus.PAID or may_refund)

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        cancelling.call_off(order=order, actor=actor)


class IssueInvoiceView(OrderActionView):
    page_title = button_label = gettext_lazy("Issue and mail the invoice")
    header_icon = "doc-full"
    statuses = (OrderStatus.PAID, OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED)
    explanation = gettext_lazy("The invoice is issued if there is none yet, and goes to the customer by mail.")
    done = gettext_lazy("the invoice is on its way.")

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        issuing.issue(order=order)
        orders.mail(order, "order_invoice")


STEPS: dict[str, type[OrderActionView]] = {
    "mark-paid": MarkPaidView,
    "pack": PackView,
    "deliver": DeliverView,
    "cancel": CancelView,
    "invoice": IssueInvoiceView,
}
