"""From cart to order, in one transaction."""

import secrets
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from company.models import TermsVersion
from store import billing, coupons, customers, orders, shipping, stock
from store.billing import Bill
from store.customers import Customer
from store.errors import AccountBlocked, CouponRefused, EmptyCart, SoldOut, StoreError, UnknownShippingMethod
from store.models import Cart, CartLine, Coupon, Order, OrderEvent, OrderLine, OrderStatus
from store.payments import gateways
from store.payments.base import Purchase
from store.signals import order_placed, tell
from store.totals import Share

# No letter or figure that could be taken for another one.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NUMBER_TRIES = 5
MAX_TOKEN = 64


def place_order(
    *,
    cart: Cart,
    customer: Customer,
    shipping_method: str,
    payment: str,
    token: str,
    user: Any = None,
    language: str = "en",
    attribution: dict[str, Any] | None = None,
    coupon: str | None = None,
    terms: TermsVersion | None = None,
    hold: timedelta = timedelta(0),
    actor: str = "",
) -> Order:
    """Make the cart an order and hold its goods. The same `token` always lands on the same order.

    `coupon` is a code, empty for none, None for the cart's own. `terms` are those that the customer has accepted.
    `hold` keeps the goods longer than the way of payment would; `actor` is who places it, if not the customer.

    Raises ValidationError (by field of `customer`), EmptyCart, SoldOut, UnknownShippingMethod, UnknownGateway,
    UnknownCoupon, CouponRefused or AccountBlocked; then nothing has happened.
    """
    token = token[:MAX_TOKEN]
    try:
        account = user if user is not None and user.is_authenticated else None
        if account is not None and account.is_blocked:
            raise AccountBlocked
        customer = customers.clean(customer, is_collected=is_collected(customer, shipping_method))
        wanted = cart.coupon if coupon is None else coupons.find(coupon) if coupon.strip() else None
        return write_with_new_number(
            cart=cart,
            customer=customer,
            shipping_method=shipping_method,
            payment=payment,
            token=token,
            user=account,
            language=language,
            attribution=attribution,
            coupon=wanted,
            hold=hold,
            actor=actor,
            terms=terms,
        )
    except (StoreError, ValidationError):
        # A repeat finds its cart empty, its coupon used or its goods sold, by its own order. A first call, which
        # nearly every one is, asks nothing: the token's unique index is the judge.
        if (placed := placed_before(token)) is not None:
            return placed
        raise


def write_with_new_number(*, token: str, language: str, **details: Any) -> Order:
    """`write_order` until its number is free; lands on the order that has the token."""
    for _try in range(NUMBER_TRIES):
        try:
            # Names are frozen in the order's language.
            with translation.override(language), transaction.atomic():
                return write_order(token=token, language=language, **details)
        except IntegrityError:
            # Somebody was faster with this token, or the number was taken.
            if (placed := placed_before(token)) is not None:
                return placed
    raise StoreError(_("The order could not be placed just now; please try again."))


def is_collected(customer: Customer, shipping_method: str) -> bool:
    """Asked only where it matters: somebody has not said where they live."""
    is_complete = customer.line1 and customer.city and customer.postal_code
    return not is_complete and shipping.is_pickup(shipping_method)


def placed_before(token: str) -> Order | None:
    return Order.objects.filter(checkout_token=token).first() if token else None


def write_order(
    *,
    cart: Cart,
    customer: Customer,
    shipping_method: str,
    payment: str,
    token: str,
    coupon: Coupon | None,
    hold: timedelta,
    actor: str,
    **details: Any,
) -> Order:
    """The transaction of `place_order`. Its locks are taken in one order: cart, stock, coupon."""
    # The cart's lock keeps two tabs from ordering the same lines twice.
    cart = Cart.objects.select_for_update().get(pk=cart.pk)
    lines = list(cart.lines.to_buy().select_related("variant__product__category"))
    if not lines:
        raise EmptyCart
    bill = billing.reckon(
        goods=[(line.variant, line.quantity) for line in lines],
        country=customer.country,
        shipping_method=shipping_method,
        coupon=coupon,
        user=details["user"],
        email=customer.email,
        strict=True,
    )
    if bill.benefit and not bill.benefit.applies:
        raise CouponRefused(bill.benefit.refusal, bill.benefit.coupon.code)
    purchase = Purchase(country=customer.country, shipping_method=shipping_method, total=bill.totals.total)
    gateway = gateways.offered(payment, purchase)
    order = insert(cart, customer, bill, gateway, token, max(gateway.hold, hold), details)
    order.gateway_in_hand = gateway
    OrderLine.objects.bulk_create(
        frozen(order, line, share) for line, share in zip(lines, bill.totals.lines, strict=True)
    )
    OrderEvent.objects.create(order=order, to_status=OrderStatus.PLACED, actor=actor or customer.email)
    reserve(lines, order)
    if bill.benefit:
        coupons.spend(coupon=bill.benefit.coupon, order=order, amount=saved(bill))
    cart.lines.to_buy().delete()
    if cart.coupon_id or cart.draft:
        Cart.objects.filter(pk=cart.pk).update(coupon=None, draft={})
    tell(order_placed, order)
    if not order.total:
        orders.mark_paid(order=order, actor=orders.SHOP)
    elif gateway.mails_instructions:
        orders.mail(order, "order_received")
    return order


def saved(bill: Bill) -> Decimal:
    """What the coupon was worth: its discount, and the delivery it paid for."""
    return bill.totals.discount + (bill.offer.full_price - bill.offer.price if bill.offer else 0)


def insert(
    cart: Cart, customer: Customer, bill: Bill, gateway: Any, token: str, hold: timedelta, details: dict[str, Any]
) -> Order:
    totals, now = bill.totals, timezone.now()
    if (offer := bill.offer) is None:
        raise UnknownShippingMethod("")
    return Order.objects.create(
        number=new_number(),
        token=secrets.token_urlsafe(24),
        checkout_token=token or secrets.token_urlsafe(24),
        cart=cart,
        currency=totals.currency,
        subtotal=totals.subtotal,
        shipping=totals.shipping,
        discount=totals.discount,
        coupon_code=bill.benefit.coupon.code if bill.benefit else "",
        tax=totals.tax,
        taxes=[part.as_data() for part in totals.taxes],
        tax_included=totals.tax_included,
        shipping_tax=totals.shipping_tax,
        shipping_tax_rate=totals.shipping_rate,
        total=totals.total,
        shipping_code=offer.method.code,
        shipping_name=offer.method.name,
        pickup_at=offer.pickup_at,
        deliver_from=offer.arrives_from,
        deliver_to=offer.arrives_until,
        gateway=gateway.code,
        goods_first=gateway.goods_first,
        placed_at=now,
        expires_at=now + hold,
        **customer.as_dict(),
        **details,
    )


def frozen(order: Order, line: CartLine, share: Share) -> OrderLine:
    """The line at the price of this moment, with its share of discount and tax."""
    variant = line.variant
    return OrderLine(
        order=order,
        variant=variant,
        sku=variant.sku,
        name=str(variant)[:400],
        quantity=line.quantity,
        price=variant.price,
        total=share.total,
        discount=share.discount,
        tax=share.tax,
        tax_rate=share.rate,
    )


def reserve(lines: list[CartLine], order: Order) -> None:
    """Hold the goods; whatever is not for sale any more counts as sold out."""
    for line in lines:
        if not (line.variant.active and line.variant.product.is_for_sale):
            raise SoldOut(line.variant.sku, 0, str(line.variant))
    items = [(line.variant_id, line.quantity) for line in lines]
    stock.reserve(items=items, order=order, savepoint=False)


def new_number() -> str:
    """Random, so that it reveals nothing about how much is sold: XXXXX-XXXXX."""
    letters = "".join(secrets.choice(ALPHABET) for _position in range(10))
    return f"{letters[:5]}-{letters[5:]}"
