"""Orders as their customers see them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from store import cancelling, orders, reordering, returns, timeline
from store.errors import PaymentRefused, PaymentUnavailable, StoreError
from store.forms import ReturnForm, TrackingForm
from store.models import Order, OrderStatus, PaymentStatus, Refund
from store.payments import gateways, starting
from store.throttle import too_many
from store.views.sessions import cart_to_change, order_or_404, remember_order

PER_PAGE = 20
TRACKING_TRIES = 10


@never_cache
def order_list(request: HttpRequest) -> HttpResponse:
    """The account's orders; whoever has none is asked for number and e-mail instead."""
    if not request.user.is_authenticated:
        return redirect("store:order_track")
    page = Paginator(orders.of(request.user).prefetch_related("lines"), PER_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    latest = found[0] if found and page.number == 1 else None
    steps = timeline.steps(latest) if latest else []
    return render(
        request, "store/order_list.html", {"page_obj": page, "orders": found, "latest": latest, "steps": steps}
    )


@never_cache
def order_detail(request: HttpRequest, number: str) -> HttpResponse:
    order = order_or_404(request, number)
    if "token" in request.GET:
        # The token goes into the session, so that the address can be shown to others.
        remember_order(request, order)
        return redirect(order)
    return render(request, "store/order_detail.html", context(order))


def context(order: Order) -> dict[str, Any]:
    sendable = returns.returnable(order)
    return {
        "order": order,
        "shipments": order.shipments.prefetch_related("lines__order_line"),
        "returns": order.returns.prefetch_related("lines__order_line"),
        "returnable": sendable,
        "can_cancel": cancelling.can_cancel(order, by_customer=True),
        "lines": order.lines.all(),
        "steps": timeline.steps(order),
        "gateway": gateways.known(order.gateway),
        "gateways": gateways.choices(gateways.purchase_of(order)) if order.is_payable else [],
        "at_the_bank": order.status == OrderStatus.PLACED
        and order.payments.filter(status=PaymentStatus.PROCESSING).exists(),
        "failed": order.payments.exclude(error="").order_by("-pk").first() if order.is_payable else None,
        "refunds": [
            refund
            for payment in order.payments.prefetch_related("refunds__lines__order_line")
            for refund in payment.refunds.all()
            if refund.status != Refund.Status.FAILED
        ],
        "documents": order.invoices.order_by("pk"),
        "support_email": settings.DEFAULT_FROM_EMAIL,
    }


@require_POST
def order_pay(request: HttpRequest, number: str) -> HttpResponse:
    """Once more, perhaps in another way."""
    order = order_or_404(request, number)
    try:
        payment = starting.start(order=order, gateway=request.POST.get("payment", ""))
    except (PaymentUnavailable, PaymentRefused) as error:
        messages.warning(request, str(error))
    except StoreError as error:
        messages.error(request, str(error))
    else:
        if payment.url:
            return redirect(payment.url)
    return redirect(order)


@require_POST
def order_cancel(request: HttpRequest, number: str) -> HttpResponse:
    order = order_or_404(request, number)
    try:
        cancelling.call_off(order=order, actor=order.email, by_customer=True)
    except StoreError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The order is cancelled."))
    return redirect(order)


@never_cache
@require_http_methods(["GET", "POST"])
def order_return(request: HttpRequest, number: str) -> HttpResponse:
    """Which goods go back, and why."""
    order = order_or_404(request, number)
    sendable = returns.returnable(order)
    if not sendable:
        messages.error(request, _("Nothing of this order can be sent back (any more)."))
        return redirect(order)
    form = ReturnForm(request.POST or None, sendable=sendable)
    if request.method == "POST" and form.is_valid():
        try:
            returns.ask(order=order, lines=form.chosen(), reason=form.cleaned_data["reason"], actor=order.email)
        except StoreError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you, we answer you by mail soon."))
            return redirect(order)
    return render(
        request, "store/order_return.html", {"order": order, "form": form}, status=422 if form.errors else 200
    )


@require_POST
def order_again(request: HttpRequest, number: str) -> HttpResponse:
    """The same goods into the cart; says what is not as it was."""
    order = order_or_404(request, number)
    found = reordering.reorder(order=order, cart=cart_to_change(request))
    for sentence in reordering.sentences(found, order.currency):
        messages.warning(request, sentence)
    if found.added:
        messages.success(request, _("The goods of your order are in the cart."))
        return redirect("store:cart")
    return redirect(order)


@never_cache
@require_http_methods(["GET", "POST"])
def order_track(request: HttpRequest) -> HttpResponse:
    """The order's link by mail. The answer is the same whether there is such an order or not."""
    form = TrackingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not too_many(what="order_track", who=request.META["REMOTE_ADDR"], most=TRACKING_TRIES):
            orders.request_link(**form.cleaned_data)
        return render(request, "store/order_track.html", {"form": TrackingForm(), "is_sent": True})
    return render(request, "store/order_track.html", {"form": form}, status=422 if form.errors else 200)
