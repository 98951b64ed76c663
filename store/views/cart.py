"""The cart's page, and what changes it. Works the same by htmx and without scripts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from store import carts, options
from store.countries import NAMES, country_choices
from store.errors import BadQuantity, StoreError
from store.models import MAX_QUANTITY, Variant
from store.picker import PREFIX
from store.pictures import THUMB, pictures
from store.views.sessions import cart_of, cart_to_change


@never_cache
def cart(request: HttpRequest) -> HttpResponse:
    return render(request, "store/cart.html", context(request))


@require_POST
def cart_add(request: HttpRequest) -> HttpResponse:
    """From a product page: `sku`, `variant` (its id) or the options of `product`, and `quantity`."""
    try:
        sku = request.POST.get("sku", "") or sku_by_options(request.POST) or sku_of(request.POST.get("variant", ""))
        line = carts.add(cart=cart_to_change(request), sku=sku, quantity=number(request.POST.get("quantity", "1")))
    except StoreError as error:
        messages.error(request, str(error))
        return redirect(back(request))
    messages.success(request, _("“%(product)s” is in your cart.") % {"product": line.variant})
    return redirect("store:cart")


@require_POST
def cart_update(request: HttpRequest) -> HttpResponse:
    """Another quantity for `sku`; 0 removes it."""
    try:
        quantity = number(request.POST.get("quantity", ""))
        carts.set_quantity(cart=cart_to_change(request), sku=request.POST.get("sku", ""), quantity=quantity)
    except StoreError as error:
        return changed(request, str(error))
    return changed(request)


@require_POST
def cart_delivery(request: HttpRequest) -> HttpResponse:
    """Where to, so that the totals are those of the order."""
    country = request.POST.get("country", "")
    if country in NAMES:
        method = request.POST.get("shipping_method", "")[:32].replace("\x00", "")
        carts.set_delivery(cart=cart_to_change(request), country=country, shipping_method=method)
    return changed(request)


@require_POST
def cart_keep(request: HttpRequest) -> HttpResponse:
    """Put `sku` aside for later, or (`back`) have it again."""
    cart, sku = cart_to_change(request), request.POST.get("sku", "")
    try:
        if "back" in request.POST:
            carts.bring_back(cart=cart, sku=sku)
        else:
            carts.keep(cart=cart, sku=sku)
    except StoreError as error:
        return changed(request, str(error))
    return changed(request)


@require_POST
def cart_prices(request: HttpRequest) -> HttpResponse:
    """The visitor has seen that prices have changed."""
    carts.accept_prices(cart=cart_to_change(request))
    return changed(request)


def changed(request: HttpRequest, error: str = "", *, coupon_error: str = "") -> HttpResponse:
    """The cart again: its body for htmx (the header's badge follows), else the page."""
    if not request.htmx:  # type: ignore[attr-defined]
        if error or coupon_error:
            messages.error(request, error or coupon_error)
        return redirect("store:cart")
    response = render(
        request, "store/includes/cart_body.html", {**context(request), "error": error, "coupon_error": coupon_error}
    )
    response["HX-Trigger"] = "header-refresh"
    return response


def context(request: HttpRequest) -> dict[str, Any]:
    contents = carts.contents(cart=cart_of(request), with_images=True)
    shown = [*contents.items, *contents.kept]
    found = pictures(image_ids=[item.image_id for item in shown], specs=THUMB)
    for item in shown:
        item.picture = found.get(item.image_id or 0)
    return {"cart": contents, "countries": country_choices()}


def number(text: str) -> int:
    """A whole number as typed; raises BadQuantity."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise BadQuantity(MAX_QUANTITY)
    return int(text)


def sku_by_options(form: QueryDict) -> str:
    """Empty where nothing was chosen by options; raises UnknownCombination."""
    wanted = {name.removeprefix(PREFIX): str(value) for name, value in form.items() if name.startswith(PREFIX)}
    product_id = form.get("product", "")
    if not wanted or not (product_id.isascii() and product_id.isdigit() and len(product_id) < 19):
        return ""
    return options.find(product_id=int(product_id), wanted=wanted)


def sku_of(variant_id: str) -> str:
    """The SKU of a variant by its id; empty (which no product has) for nonsense."""
    if not (variant_id.isascii() and variant_id.isdigit() and len(variant_id) < 19):
        return ""
    return Variant.objects.filter(pk=int(variant_id)).values_list("sku", flat=True).first() or ""


def back(request: HttpRequest) -> str:
    """The page that the visitor came from, if it is one of ours."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return referer
    return "store:cart"
