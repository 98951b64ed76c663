"""What cached pages leave out: token, cart count, log-in state, messages. Read by static/js/header.js."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from store import wishes
from store.carts import cart_count
from store.receivers import CART_SESSION_KEY
from store.views.sessions import wishlist_of


@require_GET
@never_cache
def header(request: HttpRequest) -> JsonResponse:
    """The visitor's part of the header as JSON, in the language of the page that asks (`?language=`)."""
    language = request.GET.get("language", "")
    if not translation.check_for_language(language):
        language = translation.get_language() or "en"
    cart = cart_count(key=request.session.get(CART_SESSION_KEY, ""), user=request.user)
    with translation.override(language):
        user = request.user
        account = render_to_string("includes/account_menu.html", request=request) if user.is_authenticated else ""
        messages = render_to_string("includes/messages.html", request=request)
    return JsonResponse(
        {
            "csrf": get_token(request),
            "cart": cart,
            "wishes": wishes.product_ids(wishlist_of(request)),
            "account": account.strip(),
            "messages": messages.strip(),
        }
    )
