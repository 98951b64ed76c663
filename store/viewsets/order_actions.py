"""The plain steps of an order, each on a page that says what will happen. (Those with forms: order_changes.)"""

from typing import Any

from django import forms
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
    """Needs `permission`; offered where it `fits`, which is in one of `statuses`."""

    error_class = StoreError
    permission = "store.process_order"
    statuses: tuple[str, ...] = ()
    log_action = "store.order"
    done: str | Promise = ""

    @classmethod
    def fits(cls, order: Order) -> bool:
        return order.status in cls.statuses

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


class OrderFormView(OrderActionView):
    """The form knows its order."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"order": self.object}


class PaidForm(forms.Form):
    delivered = forms.BooleanField(label=gettext_lazy("The customer has the goods"), required=False, initial=True)

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only of what has left is it a question.
        if order.status != OrderStatus.SHIPPED:
            del self.fields["delivered"]


class MarkPaidView(OrderFormView):
    page_title = button_label = gettext_lazy("Mark as paid")
    header_icon = "check"
    statuses = (OrderStatus.PLACED, OrderStatus.EXPIRED)
    form_class = PaidForm
    explanation = gettext_lazy(
        "Only when the whole sum is there, on the account, from the courier or at the desk: the customer gets the "
        "confirmation."
    )
    done = gettext_lazy("the payment is noted.")

    @classmethod
    def fits(cls, order: Order) -> bool:
        return super().fits(order) or order.is_owed

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        starting.paid_by_hand(order=order, actor=actor)
        if data.get("delivered"):
            fulfilment.advance(order=order, to=OrderStatus.DELIVERED, actor=actor)


class PackView(OrderActionView):
    page_title = button_label = gettext_lazy("Mark as packed")
    header_icon = "check"
    explanation = gettext_lazy("The goods are packed and wait for the courier.")
    done = gettext_lazy("packed.")

    @classmethod
    def fits(cls, order: Order) -> bool:
        return order.is_to_send and order.status != OrderStatus.PACKED

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


class CancelForm(forms.Form):
    came_back = forms.BooleanField(
        label=gettext_lazy("The goods are back with us"),
        required=False,
        initial=True,
        help_text=gettext_lazy("They stand on the shelf again."),
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not any(line.shipped for line in order.lines.all()):
            del self.fields["came_back"]


class CancelView(OrderFormView):
    page_title = button_label = gettext_lazy("Cancel the order")
    header_icon = "cross"
    is_serious = True
    statuses = (OrderStatus.PLACED, OrderStatus.PAID)
    form_class = CancelForm
    explanation = gettext_lazy(
        "Its goods are free again. What was paid, or still comes in, goes back, and the customer is told."
    )
    done = gettext_lazy("cancelled.")

    @classmethod
    def fits(cls, order: Order) -> bool:
        return super().fits(order) or (order.is_owed and order.can_become(OrderStatus.CANCELLED))

    def allowed(self) -> bool:
        may_refund = self.request.user.has_perm("store.refund_order")  # type: ignore[union-attr]
        return super().allowed() and (self.object.status != OrderStatus.PAID or may_refund)

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        cancelling.call_off(order=order, actor=actor, came_back=data.get("came_back", True))


class IssueInvoiceView(OrderActionView):
    page_title = button_label = gettext_lazy("Issue and mail the invoice")
    header_icon = "doc-full"
    explanation = gettext_lazy("The invoice is issued if there is none yet, and goes to the customer by mail.")
    done = gettext_lazy("the invoice is on its way.")

    @classmethod
    def fits(cls, order: Order) -> bool:
        return order.is_paid or (order.is_owed and order.is_invoiceable)

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
