"""The cart. Guests send back the `X-Cart` header that the first answer brought."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from store import carts, coupons
from store.api.callers import cart_of, cart_to_change
from store.api.countries import known_country
from store.carts import Contents
from store.coupon_guard import guarded
from store.models import Cart

router = Router(tags=["cart"])


class CartItemOut(Schema):
    """`price` is what would be charged now; `price_seen` what it was when the item was put in."""

    sku: str
    name: str
    quantity: int
    price: Decimal
    price_seen: Decimal
    total: Decimal
    available: int


class TaxPartOut(Schema):
    """What is taxed at `rate` per cent: without the tax, and the tax."""

    rate: Decimal
    net: Decimal
    tax: Decimal


class CartCouponOut(Schema):
    """`reason` says why it does not apply now."""

    code: str
    applies: bool
    reason: str


class KeptOut(Schema):
    sku: str
    quantity: int


class CartOut(Schema):
    """`shipping` and `tax` are worked out for `country` and `shipping_method`, the cheapest until one is chosen.

    `kept` are put aside for later: neither counted nor ordered.
    """

    items: list[CartItemOut]
    kept: list[KeptOut]
    coupon: CartCouponOut | None
    taxes: list[TaxPartOut]
    subtotal: Decimal
    shipping: Decimal
    tax: Decimal
    tax_included: bool
    discount: Decimal
    total: Decimal
    currency: str
    country: str
    shipping_method: str | None


class ItemIn(Schema):
    sku: str
    quantity: int = 1


class QuantityIn(Schema):
    quantity: int


class CouponIn(Schema):
    code: str


class DeliveryIn(Schema):
    country: str
    shipping_method: str = ""


@router.get("/cart", response=CartOut)
def get_cart(request: HttpRequest, response: HttpResponse) -> Any:
    """The caller's cart; an empty one where there is none."""
    cart = cart_of(request)
    if cart is not None and cart.user_id is None:
        response["X-Cart"] = cart.key
    return shape(carts.contents(cart=cart))


@router.patch("/cart", response=CartOut)
def set_delivery(request: HttpRequest, response: HttpResponse, payload: DeliveryIn) -> Any:
    """Where to and how, so that the totals are those of the order."""
    country = known_country(payload.country)
    cart = cart_to_change(request, response)
    carts.set_delivery(cart=cart, country=country, shipping_method=payload.shipping_method[:32].replace("\x00", ""))
    return answer(cart)


@router.post("/cart/items", response=CartOut)
def add_item(request: HttpRequest, response: HttpResponse, payload: ItemIn) -> Any:
    """Put so many more into the cart. 409 `sold_out` when they are not there."""
    cart = cart_to_change(request, response)
    carts.add(cart=cart, sku=payload.sku, quantity=payload.quantity)
    return answer(cart)


# Before the address that takes everything below /cart/items/ for a SKU.
@router.post("/cart/items/{path:sku}/keep", response=CartOut)
def keep_item(request: HttpRequest, response: HttpResponse, sku: str) -> Any:
    """Put the item aside for later; adding it again brings it back."""
    cart = cart_to_change(request, response)
    carts.keep(cart=cart, sku=sku)
    return answer(cart)


@router.patch("/cart/items/{path:sku}", response=CartOut)
def set_quantity(request: HttpRequest, response: HttpResponse, sku: str, payload: QuantityIn) -> Any:
    """Have exactly so many; 0 removes the item."""
    cart = cart_to_change(request, response)
    carts.set_quantity(cart=cart, sku=sku, quantity=payload.quantity)
    return answer(cart)


@router.delete("/cart/items/{path:sku}", response=CartOut)
def remove_item(request: HttpRequest, response: HttpResponse, sku: str) -> Any:
    cart = cart_to_change(request, response)
    carts.remove(cart=cart, sku=sku)
    return answer(cart)


@router.put("/cart/coupon", response=CartOut)
def use_coupon(request: HttpRequest, response: HttpResponse, payload: CouponIn) -> Any:
    """422 `unknown_coupon`, or `coupon_refused` with the reason; 429 after too many guesses."""
    cart = cart_to_change(request, response)
    with guarded(request.META["REMOTE_ADDR"]):
        coupons.put_in(cart=cart, code=payload.code)
    return answer(cart)


@router.delete("/cart/coupon", response=CartOut)
def drop_coupon(request: HttpRequest, response: HttpResponse) -> Any:
    cart = cart_to_change(request, response)
    coupons.take_out(cart=cart)
    return answer(cart)


@router.post("/cart/accept-prices", response=CartOut)
def accept_prices(request: HttpRequest, response: HttpResponse) -> Any:
    """The shopper has seen today's prices: `price_seen` becomes `price`."""
    cart = cart_to_change(request, response)
    carts.accept_prices(cart=cart)
    return answer(cart)


def answer(cart: Cart) -> dict[str, Any]:
    return shape(carts.contents(cart=cart))


def shape(contents: Contents) -> dict[str, Any]:
    items = [
        {
            "sku": item.variant.sku,
            "name": str(item.variant),
            "quantity": item.quantity,
            "price": item.price,
            "price_seen": item.price_seen,
            "total": item.total,
            "available": item.available,
        }
        for item in contents.items
    ]
    kept = [{"sku": item.variant.sku, "quantity": item.quantity} for item in contents.kept]
    return {
        "items": items,
        "kept": kept,
        "country": contents.country,
        "shipping_method": contents.offer.method.code if contents.offer else None,
        "coupon": coupon_shape(contents),
        **vars(contents.totals),
    }


def coupon_shape(contents: Contents) -> dict[str, Any] | None:
    if contents.benefit is None:
        return None
    return {
        "code": contents.benefit.coupon.code,
        "applies": contents.benefit.applies,
        "reason": contents.benefit.refusal,
    }
