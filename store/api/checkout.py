"""From cart to order."""

import hashlib
import secrets
from contextlib import nullcontext
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import Router, Schema

from company import terms
from store import carts, orders, shipping
from store.api.callers import cart_key, cart_of
from store.api.countries import known_country
from store.attribution import touch_of
from store.checkout import place_order, placed_before
from store.coupon_guard import guarded
from store.customers import Customer
from store.errors import EmptyCart, PaymentRefused, PaymentUnavailable
from store.guest_limit import limited
from store.models import Order
from store.payments import starting

router = Router(tags=["checkout"])

ADDRESS_FIELDS = ("line1", "line2", "city", "region", "postal_code", "country")


class ShippingMethodOut(Schema):
    code: str
    name: str
    price: Decimal
    currency: str
    arrives_from: date
    arrives_until: date


class ShippingMethodsOut(Schema):
    items: list[ShippingMethodOut]


class AddressIn(Schema):
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str


class CheckoutIn(Schema):
    """`coupon`: a code instead of the cart's own. `accept_terms`: the customer has accepted the terms of sale in force
    (`GET /terms`); their version is stored with the order. The address may be empty where goods are collected."""

    email: str
    full_name: str
    phone: str = ""
    address: AddressIn
    shipping_method: str
    payment: str
    coupon: str = ""
    accept_terms: bool = False
    # For an invoice to a company.
    company: str = ""
    vat_number: str = ""


class PaymentOut(Schema):
    """`url` is where the customer pays, or (nothing to pay online, gateway silent) reads how to."""

    gateway: str
    status: str
    url: str
    error: str = ""


class PlacedOut(Schema):
    """`token` opens the order to whoever has no account: `?token=` or the `X-Order-Token` header."""

    number: str
    status: str
    total: Decimal
    currency: str
    token: str
    payment: PaymentOut


class TermsOut(Schema):
    """`text` is HTML."""

    version: str
    valid_from: datetime
    text: str


@router.get("/terms", response=TermsOut)
def get_terms(request: HttpRequest) -> Any:
    """The terms of sale in force; 404 where there are none."""
    found = terms.current()
    if found is None:
        raise Http404
    return found


@router.get("/shipping-methods", response=ShippingMethodsOut)
def list_shipping_methods(request: HttpRequest, country: str = "") -> Any:
    """What delivery of the caller's cart costs, in every way there is to the country (ISO 3166-1)."""
    country = known_country(country) if country else ""
    contents = carts.contents(cart=cart_of(request))
    parcel = shipping.Parcel(subtotal=contents.totals.goods, weight=contents.weight, country=country)
    items = [
        {
            "code": offer.method.code,
            "name": offer.method.name,
            "price": offer.price,
            "currency": settings.STORE_CURRENCY,
            "arrives_from": offer.arrives_from,
            "arrives_until": offer.arrives_until,
        }
        for offer in shipping.offers(parcel=parcel)
    ]
    return {"items": items}


@router.post("/checkout", response={201: PlacedOut})
def checkout(request: HttpRequest, payload: CheckoutIn) -> Any:
    """Place the order and start its payment. The same Idempotency-Key lands on the same order."""
    token = checkout_token(request)
    order = placed_before(token)
    if order is None:
        cart = cart_of(request)
        if cart is None:
            raise EmptyCart
        address = request.META["REMOTE_ADDR"]
        # Only codes can be guessed.
        guesses = guarded(address) if payload.coupon else nullcontext()
        with guesses, limited(address=address, user=request.user):
            order = place(request, payload, cart, token)
    return 201, {
        "number": order.number,
        "status": order.status,
        "total": order.total,
        "currency": order.currency,
        "token": order.token,
        "payment": start_payment(order),
    }


def place(request: HttpRequest, payload: CheckoutIn, cart: Any, token: str) -> Order:
    try:
        return place_order(
            cart=cart,
            customer=Customer(
                email=payload.email,
                full_name=payload.full_name,
                phone=payload.phone,
                company=payload.company,
                vat_number=payload.vat_number,
                **payload.address.dict(),
            ),
            shipping_method=payload.shipping_method,
            payment=payload.payment,
            token=token,
            user=request.user,
            language=translation.get_language() or "en",
            attribution=touch_of(request),
            coupon=payload.coupon or None,
            terms=terms.current() if payload.accept_terms else None,
        )
    except ValidationError as error:
        named = {f"address.{name}" if name in ADDRESS_FIELDS else name: text for name, text in error.error_dict.items()}
        raise ValidationError(named) from error


def checkout_token(request: HttpRequest) -> str:
    """One per caller and Idempotency-Key; without a key every call is a new one."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return secrets.token_urlsafe(24)
    caller = f"user:{request.user.pk}" if request.user.is_authenticated else f"cart:{cart_key(request)}"
    return hashlib.sha256(f"{caller}\n{key}".encode()).hexdigest()


def start_payment(order: Order) -> dict[str, str]:
    """Where to pay; a gateway that does not answer loses no order."""
    here = orders.link(order)
    if not order.is_payable:
        return {"gateway": order.gateway, "status": order.status, "url": here}
    try:
        payment = starting.start(order=order)
    except (PaymentUnavailable, PaymentRefused) as error:
        return {"gateway": order.gateway, "status": "created", "url": here, "error": str(error)}
    url = absolute(payment.url) if payment.url else here
    return {"gateway": payment.gateway, "status": payment.status, "url": url}


def absolute(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url
