"""Where gateways and their customers come back to."""

import contextlib
import json

import stripe
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from store.errors import PaymentRefused, PaymentUnavailable, StoreError
from store.forms import CardForm
from store.models import Order, OrderStatus, Payment, PaymentStatus, WebhookEvent
from store.payments import gateways, sandbox, sandbox_cards, starting, webhooks
from store.views.sessions import order_or_404, remember_order

# How old a signature may be: replays of recorded calls are refused (the SDK's own value).
TOLERANCE_SECONDS = 300


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Signature first, on the raw body; then stored, and answered. What it means is worked out by the worker."""
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise Http404
    try:
        body = request.body.decode()
        signature = request.headers.get("Stripe-Signature", "")
        stripe.WebhookSignature.verify_header(body, signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS)
        # Not through the SDK's objects: they make Decimals of some strings. PostgreSQL's JSON takes no NUL.
        event = json.loads(body.replace("\\u0000", ""))
        event_id, kind = str(event["id"]), str(event["type"])
    except (ValueError, KeyError, TypeError, stripe.SignatureVerificationError):
        return HttpResponse("The signature or the content is wrong.", status=400, content_type="text/plain")
    webhooks.store(gateway="stripe", event_id=event_id, kind=kind, payload=event)
    return HttpResponse(status=204)


@never_cache
def payment_return(request: HttpRequest, number: str) -> HttpResponse:
    """Back from the gateway: ask it, settle, and show the order; while it does not know yet, wait here."""
    order = order_or_404(request, number)
    if "token" in request.GET:
        remember_order(request, order)
        return redirect("store:payment_return", number=order.number)
    payment = order.payments.order_by("-attempt").first()
    if payment is not None and payment.is_open and order.status == OrderStatus.PLACED:
        with contextlib.suppress(PaymentUnavailable, PaymentRefused):
            payment = starting.refresh(payment=payment)
        if payment.is_open and not payment.error:
            return render(request, "store/payment_return.html", {"order": order})
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(order.get_absolute_url())
    return redirect(order)


@never_cache
@require_http_methods(["GET", "POST"])
def payment_test(request: HttpRequest, reference: str) -> HttpResponse:
    """The built-in gateway's own page; does not exist where the gateway does not."""
    if not gateways.known(sandbox.CODE).is_offered():
        raise Http404
    payment = get_object_or_404(
        Payment.objects.select_related("order"), gateway=sandbox.CODE, reference=reference.replace("\x00", "")
    )
    if not payment.is_open or payment.status == PaymentStatus.PROCESSING:
        return redirect(come_back(payment.order))
    if request.method == "POST" and "off" in request.POST:
        sandbox.switch_off()
        return redirect("store:payment_test", reference=reference)
    form = CardForm(request.POST or None)
    asks = payment.status == PaymentStatus.REQUIRES_ACTION
    if request.method == "POST" and (asks or form.is_valid()):
        status = pay(request, form, payment, asks)
        if status in (PaymentStatus.SUCCEEDED, PaymentStatus.PROCESSING):
            return redirect(come_back(payment.order))
        if status:
            return redirect("store:payment_test", reference=reference)
    context = {"payment": payment, "order": payment.order, "form": form, "asks": asks, "cards": sandbox_cards.CARDS}
    return render(request, "store/payment_test.html", context, status=422 if form.errors else 200)


def pay(request: HttpRequest, form: CardForm, payment: Payment, asks: bool) -> str:
    """The new status; empty when the card was refused with an error in the form."""
    try:
        if asks:
            confirmed = request.POST.get("answer") == "confirm"
            return sandbox_cards.pay(payment=payment, card=asking_card(payment), confirmed=confirmed)
        return sandbox_cards.pay(payment=payment, card=form.cleaned_data["card"])
    except StoreError as error:
        form.add_error("card", str(error))
        return ""


def asking_card(payment: Payment) -> str:
    """The card whose question is being answered: its event says which."""
    events = WebhookEvent.objects.filter(gateway=sandbox.CODE, type="payment.requires_action")
    event = events.filter(payload__reference=payment.reference).order_by("-pk").first()
    return event.payload.get("card", "") if event else sandbox_cards.ASKS


def come_back(order: Order) -> str:
    return f"{order.get_absolute_url()}?token={order.token}"
