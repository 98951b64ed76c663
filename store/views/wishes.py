"""The wishlist's pages, for visitors and members alike."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from store import wishes
from store.cards import cards_for
from store.errors import StoreError
from store.models import Product, Wishlist
from store.structured_data import absolute
from store.throttle import too_many
from store.views.sessions import cart_to_change, wishlist_of, wishlist_to_change

MOST_CHANGES = 300


@never_cache
@require_GET
def wishlist(request: HttpRequest) -> HttpResponse:
    own = wishlist_of(request)
    return render(request, "store/wishlist.html", context(own) | {"is_own": True})


@never_cache
@require_GET
def wishlist_shared(request: HttpRequest, share_key: str) -> HttpResponse:
    """Somebody's list, to read; says nothing about whose it is."""
    found = wishes.shared(share_key=share_key)
    if found is None:
        raise Http404
    return render(request, "store/wishlist.html", context(found) | {"is_own": False})


@require_POST
def wish_toggle(request: HttpRequest) -> HttpResponse:
    """On the list, or off it. JSON for the hearts' script, else back."""
    product = product_or_404(request)
    if too_many(what="wishes", who=request.META["REMOTE_ADDR"], most=MOST_CHANGES):
        return answer(request, product, wished=False, error=_("That was a lot at once: please try again later."))
    own = wishlist_to_change(request)
    try:
        wished = not wishes.remove(wishlist=own, product_id=product.pk) and wishes.add(wishlist=own, product=product)
    except StoreError as error:
        return answer(request, product, wished=False, error=str(error))
    return answer(request, product, wished=wished, count=len(wishes.product_ids(own)))


@require_POST
def wish_to_cart(request: HttpRequest) -> HttpResponse:
    product = product_or_404(request)
    own = wishlist_of(request)
    if own is None:
        raise Http404
    try:
        line = wishes.move_to_cart(wishlist=own, product=product, cart=cart_to_change(request))
    except wishes.ChooseAnOption as error:
        messages.info(request, str(error))
        return redirect(product)
    except StoreError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(product)s” is in your cart.") % {"product": line.variant})
    return redirect("store:wishlist")


@require_POST
def wishlist_share(request: HttpRequest) -> HttpResponse:
    """Make the link (`on`), or end it."""
    own = wishlist_of(request)
    if own is None:
        raise Http404
    if request.POST.get("on"):
        wishes.share(wishlist=own)
    else:
        wishes.unshare(wishlist=own)
    return redirect("store:wishlist")


def context(found: Wishlist | None) -> dict[str, Any]:
    ids = wishes.product_ids(found)
    url = ""
    if found is not None and found.share_key:
        url = absolute(reverse("store:wishlist_shared", kwargs={"share_key": found.share_key}))
    return {"products": cards_for(product_ids=ids), "wishlist": found, "share_url": url}


def product_or_404(request: HttpRequest) -> Product:
    text = request.POST.get("product", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return get_object_or_404(Product.objects.on_sale(), pk=int(text))


def answer(request: HttpRequest, product: Product, *, wished: bool, error: str = "", count: int = 0) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"wished": wished, "count": count, "error": error}, status=409 if error else 200)
    if error:
        messages.error(request, error)
    return redirect("store:wishlist")
