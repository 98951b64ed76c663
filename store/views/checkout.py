"""One page from the cart to the order."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import consents
from accounts.consent_words import words_for
from accounts.models import Consent
from company import terms
from company.models import Company, TermsVersion
from store import address_book, carts, coupons
from store.attribution import touch_of
from store.carts import Contents
from store.checkout import place_order, placed_before
from store.checkout_form import CheckoutForm
from store.countries import NAMES
from store.errors import CouponRefused, EmptyCart, PaymentRefused, PaymentUnavailable, SoldOut, StoreError
from store.guest_limit import limited
from store.models import Cart, Order
from store.payments import gateways, starting
from store.payments.base import Purchase
from store.views.checkout_draft import draft_of, known_customer
from store.views.coupons import put_in
from store.views.sessions import cart_of, latest_unpaid, order_or_404, remember_order


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """The same form sent twice lands on the same order; `refresh` only works out delivery and totals again."""
    if (placed := placed_by_this_form(request)) is not None:
        return placed
    cart = cart_of(request)
    if cart is None or not cart.lines.to_buy().exists():
        return nothing_to_order(request)
    coupon_error = ""
    if request.method == "POST":
        coupon_error = take_note(request, cart)
    contents = carts.contents(cart=cart)
    if not contents.can_order:
        return redirect("store:cart") if contents.items else nothing_to_order(request)
    form = build_form(request, cart, contents)
    if request.method == "POST" and "refresh" not in request.POST:
        return submit(request, form, cart, contents)
    return page(request, form, contents, coupon_error=coupon_error)


def placed_by_this_form(request: HttpRequest) -> HttpResponse | None:
    """On to the order that this very form has made; None where it has made none."""
    placed = placed_before(request.POST.get("token", "").replace("\x00", ""))
    if placed is None:
        return None
    cart = cart_of(request)
    if cart is not None and placed.cart_id == cart.pk:
        # A second click is answered before the first one's answer has brought the session.
        remember_order(request, placed)
        return go_and_pay(placed)
    return go_and_pay(order_or_404(request, placed.number))


def nothing_to_order(request: HttpRequest) -> HttpResponse:
    """Back from the order by the browser's button, or faster than oneself: to the order. Else to the empty cart."""
    if (placed := placed_by_this_form(request)) is not None:
        return placed
    if (order := latest_unpaid(request)) is not None:
        return redirect(order)
    return redirect("store:cart")


def take_note(request: HttpRequest, cart: Cart) -> str:
    """Keep what was typed, where to it goes and the coupon; why the coupon does not hold."""
    carts.save_draft(cart=cart, values=draft_of(request.POST))
    country = request.POST.get("country", "")
    chosen = request.POST.get("refresh") == "address" and address_book.chosen(
        user=request.user, text=request.POST.get("address", "")
    )
    if chosen:
        country = chosen.country
        carts.save_draft(cart=cart, values={**cart.draft, **address_book.as_values(chosen)})
    if country in NAMES:
        method = request.POST.get("shipping_method", "")[:32].replace("\x00", "")
        carts.set_delivery(cart=cart, country=country, shipping_method=method)
    if request.POST.get("refresh") == "coupon":
        return put_in(request, cart, request.POST.get("coupon", "").strip())
    if request.POST.get("refresh") == "no-coupon":
        coupons.take_out(cart=cart)
    return ""


def build_form(request: HttpRequest, cart: Cart, contents: Contents) -> CheckoutForm:
    choices: dict[str, Any] = {
        "offers": contents.offers,
        "gateways": gateways.choices(purchase(contents)),
        "terms": terms.current(),
        "offers_book": request.user.is_authenticated,
    }
    if request.method == "POST" and "refresh" not in request.POST:
        return CheckoutForm(request.POST, **choices)
    typed: dict[str, Any] = {"country": contents.country, **known_customer(request), **cart.draft}
    if request.method == "POST":
        # What was typed stays, without complaints about what was not typed yet.
        typed = {**request.POST.dict(), **typed, **cart.draft, "country": contents.country}
    typed["shipping_method"] = contents.offer.method.code if contents.offer else ""
    return CheckoutForm(initial=typed, **choices)


def purchase(contents: Contents) -> Purchase:
    """What ways of payment may depend on."""
    method = contents.offer.method.code if contents.offer else ""
    return Purchase(country=contents.country, shipping_method=method, total=contents.totals.total)


def submit(request: HttpRequest, form: CheckoutForm, cart: Cart, contents: Contents) -> HttpResponse:
    if not form.is_valid():
        return page(request, form, contents, status=422)
    if form.price_has_changed(contents.totals.goods):
        messages.warning(request, _("A price in your cart has changed. Please check the total and order again."))
        return page(request, form, contents)
    if form.terms_have_changed:
        messages.warning(request, _("Our terms of sale have changed. Please read them and order again."))
        return page(request, form, contents)
    data = form.cleaned_data
    try:
        with limited(address=request.META["REMOTE_ADDR"], user=request.user):
            order = place_order(
                cart=cart,
                customer=form.customer,
                shipping_method=data["shipping_method"],
                payment=data["payment"],
                token=data["token"],
                user=request.user,
                language=translation.get_language() or "en",
                attribution=touch_of(request),
                coupon=contents.coupon_code,
                terms=form.current_terms,
            )
    except EmptyCart:
        return nothing_to_order(request)
    except SoldOut as error:
        messages.error(request, str(error))
        return redirect("store:cart")
    except CouponRefused as error:
        form.add_error(None, str(error))
        return page(request, form, carts.contents(cart=cart_of(request) or cart), status=422)
    except StoreError as error:
        form.add_error(None, str(error))
        return page(request, form, contents, status=422)
    if data.get("save_address") and not form.is_collected:
        keep_address(request, form)
    if data.get("newsletter"):
        subscribe(request, order)
    remember_order(request, order)
    return go_and_pay(order, request)


def subscribe(request: HttpRequest, order: Order) -> None:
    """They ticked the box; who writes the newsletter hears of it, and asks the mailbox where it is not known."""
    consents.give(
        email=order.email,
        user=order.user,
        purpose=Consent.Purpose.NEWSLETTER,
        text=words_for(Consent.Purpose.NEWSLETTER),
        source="checkout",
        ip=request.META.get("REMOTE_ADDR"),
    )


def keep_address(request: HttpRequest, form: CheckoutForm) -> None:
    try:
        address_book.save(user=request.user, customer=form.customer)
    except StoreError as error:
        messages.warning(request, str(error))


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


def page(
    request: HttpRequest, form: CheckoutForm, contents: Contents, status: int = 200, coupon_error: str = ""
) -> HttpResponse:
    first = contents.offer.method.code if contents.offer else ""
    context = {
        "form": form,
        "cart": contents,
        "addresses": address_book.of(request.user),
        "offers_newsletter": offers_newsletter(request),
        "coupon_error": "" if contents.benefit else coupon_error,
        "chosen_shipping": form.chosen("shipping_method", first),
        "chosen_payment": form.chosen("payment", form.gateways[0].code),
    }
    return render(request, "store/checkout.html", context, status=status)


def offers_newsletter(request: HttpRequest) -> bool:
    """Where somebody writes it, and to those who have not agreed yet."""
    if not Company.objects.filter(system_owner__isnull=False, site__is_default_site=True).exists():
        return False
    user = request.user
    return not (user.is_authenticated and consents.is_given(email=user.email, purpose=Consent.Purpose.NEWSLETTER))


@require_POST
@sensitive_post_parameters()
def checkout_draft(request: HttpRequest) -> HttpResponse:
    """Keeps what is typed while it is typed: a reload, a time-out or a log-in loses nothing."""
    cart = cart_of(request)
    if cart is not None:
        carts.save_draft(cart=cart, values=draft_of(request.POST))
    return HttpResponse(status=204)


def terms_of_sale(request: HttpRequest, version: str = "") -> HttpResponse:
    """The terms in force, or those of a version that somebody has accepted."""
    found = TermsVersion.objects.filter(version=version).first() if version else terms.current()
    if found is None:
        raise Http404
    return render(request, "store/terms.html", {"terms": found})
