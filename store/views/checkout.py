"""One page from the cart to the order."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from store import carts, orders
from store.carts import Contents
from store.checkout import place_order, placed_before
from store.countries import NAMES
from store.errors import EmptyCart, PaymentRefused, PaymentUnavailable, SoldOut, StoreError
from store.forms import CUSTOMER_FIELDS, CheckoutForm
from store.models import Cart, Order
from store.payments import gateways, starting
from store.payments.base import Purchase
from store.views.sessions import cart_of, order_or_404, remember_order


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """The same form sent twice lands on the same order; `refresh` only works out delivery and totals again."""
    placed = placed_before(request.POST.get("token", "").replace("\x00", ""))
    if placed is not None:
        return go_and_pay(order_or_404(request, placed.number))
    cart = cart_of(request)
    if cart is None or not cart.lines.exists():
        return redirect("store:cart")
    if request.method == "POST" and request.POST.get("country") in NAMES:
        remember_delivery(cart, request)
    contents = carts.contents(cart=cart)
    if not contents.can_order:
        return redirect("store:cart")
    form = build_form(request, cart, contents)
    if request.method == "POST" and "refresh" not in request.POST:
        return submit(request, form, cart, contents)
    return page(request, form, contents)


def remember_delivery(cart: Cart, request: HttpRequest) -> None:
    method = request.POST.get("shipping_method", "")[:32].replace("\x00", "")
    carts.set_delivery(cart=cart, country=request.POST["country"], shipping_method=method)


def build_form(request: HttpRequest, cart: Cart, contents: Contents) -> CheckoutForm:
    choices: dict[str, Any] = {"offers": contents.offers, "gateways": gateways.choices(purchase(contents))}
    if request.method == "POST" and "refresh" not in request.POST:
        return CheckoutForm(request.POST, **choices)
    if request.method == "POST":
        # What was typed stays, without complaints about what was not typed yet.
        return CheckoutForm(initial=request.POST.dict(), **choices)
    return CheckoutForm(initial={"country": contents.country, **known_customer(request)}, **choices)


def purchase(contents: Contents) -> Purchase:
    """What ways of payment may depend on."""
    method = contents.offer.method.code if contents.offer else ""
    return Purchase(country=contents.country, shipping_method=method, total=contents.totals.total)


def known_customer(request: HttpRequest) -> dict[str, Any]:
    """A member's latest order, or at least their address and name."""
    if not request.user.is_authenticated:
        return {}
    latest = orders.of(request.user).first()
    if latest is not None:
        return {name: getattr(latest, name) for name in CUSTOMER_FIELDS}
    return {"email": request.user.email, "full_name": request.user.get_full_name(), "phone": request.user.phone}


def submit(request: HttpRequest, form: CheckoutForm, cart: Cart, contents: Contents) -> HttpResponse:
    if not form.is_valid():
        return page(request, form, contents, status=422)
    if form.price_has_changed(contents.totals.subtotal):
        messages.warning(request, _("A price in your cart has changed. Please check the total and order again."))
        return page(request, form, contents)
    data = form.cleaned_data
    try:
        order = place_order(
            cart=cart,
            customer=form.customer,
            shipping_method=data["shipping_method"],
            payment=data["payment"],
            token=data["token"],
            user=request.user,
            language=translation.get_language() or "en",
        )
    except (EmptyCart, SoldOut) as error:
        messages.error(request, str(error))
        return redirect("store:cart")
    except StoreError as error:
        form.add_error(None, str(error))
        return page(request, form, contents, status=422)
    remember_order(request, order)
    return go_and_pay(order, request)


def go_and_pay(order: Order, request: HttpRequest | None = None) -> HttpResponse:
    """On to where the order is paid; to its own page when there is nothing to pay now."""
    if order.is_payable:
        try:
            payment = starting.start(order=order)
        except (PaymentUnavailable, PaymentRefused) as error:
            if request is not None:
                messages.warning(request, str(error))
        except StoreError:
            # Paid or closed meanwhile: the order's page says so.
            pass
        else:
            if payment.url:
                return redirect(payment.url)
    return redirect(order)


def page(request: HttpRequest, form: CheckoutForm, contents: Contents, status: int = 200) -> HttpResponse:
    first = contents.offer.method.code if contents.offer else ""
    context = {
        "form": form,
        "cart": contents,
        "chosen_shipping": form.chosen("shipping_method", first),
        "chosen_payment": form.chosen("payment", form.gateways[0].code),
    }
    return render(request, "store/checkout.html", context, status=status)
