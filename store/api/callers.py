"""Whose cart and whose order a call is about."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from store import carts, orders
from store.models import Cart, Order
from store.receivers import CART_SESSION_KEY

VIEW, PROCESS = "store.view_order", "store.process_order"


def cart_key(request: HttpRequest) -> str:
    """A guest's key: the `X-Cart` header, else the one that the site's own session holds."""
    return request.headers.get("X-Cart", "") or request.session.get(CART_SESSION_KEY, "")


def cart_of(request: HttpRequest) -> Cart | None:
    return carts.get(key=cart_key(request), user=request.user)


def cart_to_change(request: HttpRequest, response: HttpResponse) -> Cart:
    """The caller's cart, made where there is none; a guest's answer carries its key."""
    cart = carts.get_or_create(key=cart_key(request), user=request.user)
    if cart.user_id is None:
        response["X-Cart"] = cart.key
    return cart


def own_order(request: HttpRequest, number: str, token: str = "") -> Order | None:
    """The caller's order: by account, cart, or the order's token (`?token=` or `X-Order-Token`)."""
    return orders.find(
        number=number,
        user=request.user,
        token=token or request.headers.get("X-Order-Token", ""),
        cart_key=cart_key(request),
    )


def order_of(request: HttpRequest, number: str, token: str = "", *, staff: str = VIEW) -> Order:
    """The caller's order, and for staff any; 404 otherwise. `staff`: what they must be allowed to; seeing is not
    changing."""
    order = own_order(request, number, token)
    if order is None and request.user.has_perm(VIEW) and number.isascii() and number.isprintable():
        order = Order.objects.filter(number=number.upper()).first()
        if not request.user.has_perm(staff):
            raise PermissionDenied
    if order is None:
        raise Http404
    return order
