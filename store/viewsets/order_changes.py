"""What staff may do with an order by a form: send, give back, correct, write."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from store import corrections, fulfilment
from store.customers import Customer
from store.models import Order, OrderStatus
from store.payments import refunds
from store.viewsets.order_actions import STEPS, OrderActionView, OrderFormView
from store.viewsets.order_forms import CustomerForm, LinesForm, NoteForm, RefundForm, ShipForm


class LinesView(OrderFormView):
    template_name = "store/admin/order_lines_form.html"
    form: LinesForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        self.form = form  # type: ignore[assignment]
        return super().form_valid(form)


class ShipView(LinesView):
    page_title = button_label = gettext_lazy("Send a parcel")
    header_icon = "arrow-right"
    form_class = ShipForm
    explanation = gettext_lazy(
        "The courier has the goods, or they lie ready to be collected: the customer gets a mail, with the link if "
        "there is one. What is not in this parcel can follow."
    )
    done = gettext_lazy("a parcel is on its way.")

    @classmethod
    def fits(cls, order: Order) -> bool:
        return order.is_to_send

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        names = ("carrier", "tracking_number", "tracking_url", "token")
        fulfilment.ship(order=order, actor=actor, lines=self.form.chosen(), **{name: data[name] for name in names})


class RefundView(LinesView):
    page_title = button_label = gettext_lazy("Refund")
    header_icon = "rotate"
    is_serious = True
    form_class = RefundForm
    permission = "store.refund_order"
    log_action = "store.refund"
    explanation = gettext_lazy("The money goes back in the way in which it came, and the customer is told.")
    done = gettext_lazy("the refund is on its way.")

    @classmethod
    def fits(cls, order: Order) -> bool:
        return order.is_paid

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        if data["everything"]:
            refunds.refund_order(order=order, actor=actor, reason=data["reason"], restock=data["restock"])
            return
        refunds.refund(
            order=order,
            lines=self.form.chosen(),
            shipping=data["shipping"] or Decimal(0),
            amount=data["amount"],
            restock=data["restock"],
            reason=data["reason"],
            actor=actor,
            token=data["token"],
        )


class CorrectView(OrderFormView):
    page_title = button_label = gettext_lazy("Correct name, e-mail or address")
    header_icon = "edit"
    statuses = corrections.BEFORE_PACKING
    form_class = CustomerForm
    explanation = gettext_lazy("A new e-mail address gets a new link to the order; the old link opens it no more.")
    done = gettext_lazy("corrected.")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name if name in form.fields else None, sentences)
            return self.form_invalid(form)

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        corrections.correct(order=order, customer=Customer(**data, country=order.country), actor=actor)


class NoteView(OrderActionView):
    page_title = button_label = gettext_lazy("Write a note")
    header_icon = "comment"
    statuses = tuple(OrderStatus.values)
    form_class = NoteForm
    explanation = gettext_lazy("It stands in the order's timeline.")
    done = gettext_lazy("the note is written.")

    def change(self, order: Order, actor: str, data: dict[str, Any]) -> None:
        corrections.write(order=order, text=data["text"], to_customer=data["to_customer"], actor=actor)


ACTIONS: dict[str, type[OrderActionView]] = {
    "mark-paid": STEPS["mark-paid"],
    "pack": STEPS["pack"],
    "ship": ShipView,
    "deliver": STEPS["deliver"],
    "refund": RefundView,
    "correct": CorrectView,
    "note": NoteView,
    "invoice": STEPS["invoice"],
    "cancel": STEPS["cancel"],
}


def possible(order: Order, user: Any) -> list[tuple[str, type[OrderActionView]]]:
    """What this person may do with the order as it stands."""
    return [(verb, view) for verb, view in ACTIONS.items() if view.fits(order) and user.has_perm(view.permission)]
