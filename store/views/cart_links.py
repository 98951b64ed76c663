"""The link in a mail that opens the cart again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from store import cart_links, carts
from store.receivers import CART_SESSION_KEY
from store.views.sessions import cart_of


@never_cache
@require_safe
def cart_restore(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing of the cart that was left is changed; this browser finds its goods in its own cart."""
    left = cart_links.cart_of(token)
    if left is None:
        messages.warning(request, _("This link is too old: the cart is not kept any more."))
        return redirect("store:cart")
    mine = cart_of(request)
    if mine is not None and mine.lines.exists():
        cart_links.fill(cart=mine, left=left)
    elif request.user.is_authenticated:
        cart_links.fill(cart=carts.get_or_create(user=request.user), left=left)
    else:
        cart = left if left.user_id is None else cart_links.copy_of(left)
        request.session[CART_SESSION_KEY] = cart.key
        request.session.set_expiry(carts.FORGOTTEN)
    return redirect("store:cart")
