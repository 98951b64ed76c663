"""What this visitor has looked at: kept in a cookie, shown by a fragment; product pages stay the same for all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from store.cards import cards_for
from store.models import Product

COOKIE = "viewed"
COOKIE_SECONDS = 60 * 60 * 24 * 30
KEPT = 13
SHOWN = 4


@never_cache
@require_GET
def viewed(request: HttpRequest, slug: str) -> HttpResponse:
    """The products seen before this one, the latest first; the answer remembers this one."""
    product = get_object_or_404(Product.objects.on_sale().only("pk"), slug=slug)
    seen = [pk for pk in read(request.COOKIES.get(COOKIE, "")) if pk != product.pk]
    context = {"products": cards_for(product_ids=seen)[:SHOWN] if seen else [], "heading": _("Recently viewed")}
    response = render(request, "store/includes/recommended.html", context)
    kept = ".".join(str(pk) for pk in [product.pk, *seen][:KEPT])
    response.set_cookie(COOKIE, kept, max_age=COOKIE_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


def read(cookie: str) -> list[int]:
    """Product ids; nonsense is nothing."""
    parts = cookie.split(".")[:KEPT]
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 18]
