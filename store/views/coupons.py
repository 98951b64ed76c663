"""The coupon in the cart."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from store import coupons
from store.coupon_guard import guarded
from store.errors import StoreError
from store.models import Cart
from store.views.cart import changed
from store.views.sessions import cart_of


@require_POST
def cart_coupon(request: HttpRequest) -> HttpResponse:
    """Use the `code`; without one, none."""
    cart = cart_of(request)
    if cart is None:
        return changed(request)
    code = request.POST.get("code", "").strip()
    if not code:
        coupons.take_out(cart=cart)
        return changed(request)
    error = put_in(request, cart, code)
    # What the cart says beside the coupon needs not be said twice.
    return changed(request, coupon_error=error if cart.coupon_id is None else "")


def put_in(request: HttpRequest, cart: Cart, code: str) -> str:
    """Why it does not hold; empty when it does."""
    try:
        with guarded(request.META["REMOTE_ADDR"]):
            coupons.put_in(cart=cart, code=code)
    except StoreError as error:
        return str(error)
    return ""
