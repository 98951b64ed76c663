"""Buttons beside one refund, parcel or mail on an order's page."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.log_actions import log

from notifications.errors import NotificationError
from notifications.models import OutgoingMail
from notifications.outgoing import send_again
from store import fulfilment, mails
from store.errors import StoreError
from store.models import Order, Refund
from store.payments import refunds


def retry(order: Order, pk: int, user: Any) -> None:
    refunds.again(refund=get_object_or_404(Refund, pk=pk, payment__order=order), actor=user.email)


def by_hand(order: Order, pk: int, user: Any) -> None:
    refunds.by_hand(refund=get_object_or_404(Refund, pk=pk, payment__order=order), actor=user.email)


def arrived(order: Order, pk: int, user: Any) -> None:
    fulfilment.deliver(order=order, actor=user.email, shipment=get_object_or_404(order.shipments, pk=pk))


def mail_again(order: Order, pk: int, user: Any) -> None:
    send_again(mail=mail_of(order, pk), by=user)


def mail_of(order: Order, pk: int) -> OutgoingMail:
    """One of the order's mails; any other is not there."""
    for mail in mails.about(order):
        if mail.pk == pk:
            return mail
    raise Http404


Verb = tuple[Callable[[Order, int, Any], None], str, str | Promise]
VERBS: dict[str, Verb] = {
    "retry-refund": (retry, "store.refund_order", gettext_lazy("The refund is tried again.")),
    "refund-by-hand": (by_hand, "store.refund_order", gettext_lazy("The refund is noted as given by hand.")),
    "parcel-arrived": (arrived, "store.process_order", gettext_lazy("The parcel is delivered.")),
    "mail-again": (mail_again, "store.process_order", gettext_lazy("The mail is queued again.")),
}


class OrderRowView(View):
    """POST …/<order>/<verb>/<row>/."""

    model: Any = Order
    http_method_names: ClassVar = ["post"]

    def post(self, request: HttpRequest, pk: int, verb: str, row: int) -> HttpResponse:
        if verb not in VERBS:
            raise Http404
        run, permission, sentence = VERBS[verb]
        user: Any = request.user
        if not user.has_perm(permission):
            raise PermissionDenied
        order = get_object_or_404(Order, pk=pk)
        try:
            run(order, row, user)
        except (StoreError, NotificationError) as error:
            messages.error(request, str(error))
        else:
            log(order, "store.order", user=user, data={"number": order.number, "done": verb, "row": row})
            messages.success(request, str(sentence))
        return redirect("store_orders:inspect", pk)


class OrderMailView(View):
    """A mail as it was written, for the frame on the order's page."""

    model: Any = Order

    def get(self, request: HttpRequest, pk: int, row: int) -> HttpResponse:
        user: Any = request.user
        if not user.has_perm("store.view_order"):
            raise PermissionDenied
        mail = mail_of(get_object_or_404(Order, pk=pk), row)
        answer = HttpResponse(mail.html or format_html("<pre>{}</pre>", mail.text))
        # Nothing in it runs or leads out of its frame; its styles are inline, as mail has them.
        policy = "sandbox; default-src 'none'; img-src * data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
        answer["Content-Security-Policy"] = policy
        answer["X-Frame-Options"] = "SAMEORIGIN"
        return answer
