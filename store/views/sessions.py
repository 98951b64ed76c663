"""What a visitor's session knows: the cart's key, and the orders placed or opened in it."""

from django.http import Http404, HttpRequest

from store import carts, orders, wishes
from store.models import Cart, Order, Wishlist
from store.receivers import CART_SESSION_KEY, WISHLIST_SESSION_KEY

ORDERS_SESSION_KEY = "orders"
ORDERS_KEPT = 20


def cart_of(request: HttpRequest) -> Cart | None:
    """The visitor's or the account's cart; reading makes neither a cart nor a session."""
    return carts.get(key=request.session.get(CART_SESSION_KEY, ""), user=request.user)


def cart_to_change(request: HttpRequest) -> Cart:
    cart = carts.get_or_create(key=request.session.get(CART_SESSION_KEY, ""), user=request.user)
    if cart.user_id is None and request.session.get(CART_SESSION_KEY) != cart.key:
        request.session[CART_SESSION_KEY] = cart.key
        # The cart is still there when the visitor comes back; log-in sets the account's own, shorter time.
        request.session.set_expiry(carts.FORGOTTEN)
    return cart


def wishlist_of(request: HttpRequest) -> Wishlist | None:
    """The visitor's or the account's wishlist; reading makes none."""
    return wishes.get(key=request.session.get(WISHLIST_SESSION_KEY, ""), user=request.user)


def wishlist_to_change(request: HttpRequest) -> Wishlist:
    wishlist = wishes.get_or_create(key=request.session.get(WISHLIST_SESSION_KEY, ""), user=request.user)
    if wishlist.user_id is None and request.session.get(WISHLIST_SESSION_KEY) != wishlist.key:
        request.session[WISHLIST_SESSION_KEY] = wishlist.key
    return wishlist


def remember_order(request: HttpRequest, order: Order) -> None:
    """This browser may see the order from now on, until the order gets another token."""
    others = [item for item in remembered(request).items() if item[0] != order.number]
    request.session[ORDERS_SESSION_KEY] = dict([*others, (order.number, order.token)][-ORDERS_KEPT:])


def remembered(request: HttpRequest) -> dict[str, str]:
    """Order number → token, the latest last."""
    known: dict[str, str] = request.session.get(ORDERS_SESSION_KEY, {})
    return known


def latest_unpaid(request: HttpRequest) -> Order | None:
    """The order that this browser has placed last, while it can still be paid."""
    number = next(reversed(remembered(request)), "")
    order = Order.objects.filter(number=number).first() if number else None
    return order if order is not None and order.is_payable else None


def order_or_404(request: HttpRequest, number: str) -> Order:
    """The order, for its customer; another's is as absent as one that never was."""
    token = request.GET.get("token") or remembered(request).get(number.upper(), "")
    order = orders.find(number=number, user=request.user, token=token)
    if order is None:
        raise Http404
    return order
