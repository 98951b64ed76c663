"""The caller's wishlist, and waiting for goods to come back. Guests carry their list by the `X-Wishlist` header."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from ninja import Router, Schema

from api.auth import user
from store import stock_alerts, wishes
from store.api.callers import cart_to_change
from store.api.products import ProductOut, list_items
from store.cards import cards_for
from store.errors import UnknownSku
from store.models import Product, Variant, Wishlist
from store.receivers import WISHLIST_SESSION_KEY
from store.structured_data import absolute
from store.throttle import too_many

router = Router(tags=["wishlist"])
MOST_ALERTS = 20


class WishlistOut(Schema):
    """`share_url` is null while the list is not shared."""

    items: list[ProductOut]
    share_url: str | None


class WishIn(Schema):
    """A product's slug."""

    product: str


class AlertIn(Schema):
    sku: str
    email: str = ""


class AlertOut(Schema):
    """Unconfirmed ones have been sent a mail to confirm by."""

    sku: str
    confirmed: bool


class WaitOut(Schema):
    """`product` is a slug; `told_at` is null while the account waits."""

    id: int
    sku: str
    name: str
    product: str
    asked_at: datetime
    told_at: datetime | None


@router.get("/wishlist", response=WishlistOut)
def get_wishlist(request: HttpRequest) -> dict[str, Any]:
    return shown(wishes.get(key=wish_key(request), user=request.user))


@router.post("/wishlist/items", response={201: WishlistOut})
def add_wish(request: HttpRequest, response: HttpResponse, payload: WishIn) -> tuple[int, dict[str, Any]]:
    """409 `too_many_wishes` when the list is full."""
    product = on_sale(payload.product)
    own = wishes.get_or_create(key=wish_key(request), user=request.user)
    if own.user_id is None:
        response["X-Wishlist"] = own.key
    wishes.add(wishlist=own, product=product)
    return 201, shown(own)


@router.delete("/wishlist/items/{slug}", response=WishlistOut)
def remove_wish(request: HttpRequest, slug: str) -> dict[str, Any]:
    own = own_or_404(request)
    product = get_object_or_404(Product, slug=slug)
    if not wishes.remove(wishlist=own, product_id=product.pk):
        raise Http404
    return shown(own)


@router.post("/wishlist/items/{slug}/to-cart", response=WishlistOut)
def move_to_cart(request: HttpRequest, response: HttpResponse, slug: str) -> dict[str, Any]:
    """One piece into the cart. 409 `choose_an_option` where there are variants, `sold_out` where none is left."""
    own = own_or_404(request)
    wishes.move_to_cart(wishlist=own, product=on_sale(slug), cart=cart_to_change(request, response))
    return shown(own)


@router.post("/wishlist/share", response=WishlistOut)
def share_wishlist(request: HttpRequest) -> dict[str, Any]:
    own = own_or_404(request)
    wishes.share(wishlist=own)
    return shown(own)


@router.delete("/wishlist/share", response=WishlistOut)
def unshare_wishlist(request: HttpRequest) -> dict[str, Any]:
    own = own_or_404(request)
    wishes.unshare(wishlist=own)
    return shown(own)


@router.get("/wishlist/shared/{share_key}", response=WishlistOut)
def get_shared_wishlist(request: HttpRequest, share_key: str) -> dict[str, Any]:
    found = wishes.shared(share_key=share_key)
    if found is None:
        raise Http404
    return shown(found)


@router.post("/stock-alerts", response={201: AlertOut})
def ask_for_alert(request: HttpRequest, payload: AlertIn) -> tuple[int, dict[str, Any]]:
    """Tell me when it is back. An account's own address needs no confirming."""
    variant = Variant.objects.filter(sku=payload.sku.replace("\x00", ""), active=True).select_related("product").first()
    if variant is None:
        raise UnknownSku(payload.sku)
    if too_many(what="stock-alert", who=request.META["REMOTE_ADDR"], most=MOST_ALERTS):
        raise stock_alerts.TooManyAlerts
    alert = stock_alerts.ask(
        variant=variant, email=payload.email[:254], user=request.user, language=get_language() or "en"
    )
    # What is known of another's address is not told.
    return 201, {"sku": variant.sku, "confirmed": bool(alert.user_id and alert.confirmed_at)}


@router.get("/stock-alerts", response=list[WaitOut], auth=user)
def my_alerts(request: HttpRequest) -> list[dict[str, Any]]:
    """What the account waits for, and what it was told of in the last 30 days."""
    return [
        {
            "id": alert.pk,
            "sku": alert.variant.sku,
            "name": str(alert.variant),
            "product": alert.variant.product.slug,
            "asked_at": alert.created_at,
            "told_at": alert.told_at,
        }
        for alert in stock_alerts.of_account(user=request.user)
    ]


@router.delete("/stock-alerts/{int:pk}", response={204: None}, auth=user)
def remove_alert(request: HttpRequest, pk: int) -> tuple[int, None]:
    """404 for what is another's, or told already."""
    alert = stock_alerts.find(user=request.user, pk=pk)
    if alert is None:
        raise Http404
    stock_alerts.stop(alert=alert)
    return 204, None


def wish_key(request: HttpRequest) -> str:
    return request.headers.get("X-Wishlist", "") or request.session.get(WISHLIST_SESSION_KEY, "")


def own_or_404(request: HttpRequest) -> Wishlist:
    own = wishes.get(key=wish_key(request), user=request.user)
    if own is None:
        raise Http404
    return own


def on_sale(slug: str) -> Product:
    return get_object_or_404(Product.objects.on_sale(), slug=slug.replace("\x00", ""))


def shown(own: Wishlist | None) -> dict[str, Any]:
    url = None
    if own is not None and own.share_key:
        url = absolute(reverse("store:wishlist_shared", kwargs={"share_key": own.share_key}))
    return {"items": list_items(cards_for(product_ids=wishes.product_ids(own))), "share_url": url}
