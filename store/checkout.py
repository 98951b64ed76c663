"""From cart to order, in one transaction."""

import secrets
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from store import customers, orders, shipping, stock
from store.customers import Customer
from store.errors import AccountBlocked, EmptyCart, SoldOut, StoreError
from store.models import Cart, CartLine, Order, OrderEvent, OrderLine, OrderStatus
from store.payments import gateways
from store.shipping import Offer
from store.signals import order_placed, tell
from store.totals import work_out

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
) -> Order:
    """Make the cart an order and hold its goods. The same `token` always lands on the same order.

    Raises ValidationError (by field of `customer`), EmptyCart, SoldOut, UnknownShippingMethod, UnknownGateway or
    AccountBlocked; then nothing has happened.
    """
    token = token[:MAX_TOKEN]
    if (placed := placed_before(token)) is not None:
        return placed
    account = user if user is not None and user.is_authenticated else None
    if account is not None and account.is_blocked:
        raise AccountBlocked
    customer = customers.clean(customer)
    gateway = gateways.offered(payment)
    for _try in range(NUMBER_TRIES):
        try:
            # Names are frozen in the order's language.
            with translation.override(language), transaction.atomic():
                return write_order(
                    cart=cart,
                    customer=customer,
                    shipping_method=shipping_method,
                    gateway=gateway,
                    token=token,
                    user=account,
                    language=language,
                    attribution=attribution,
                )
        except IntegrityError:
            # Somebody was faster with this token, or the number was taken.
            if (placed := placed_before(token)) is not None:
                return placed
    raise StoreError(_("The order could not be placed just now; please try again."))


def placed_before(token: str) -> Order | None:
    return Order.objects.filter(checkout_token=token).first() if token else None


def write_order(
    *, cart: Cart, customer: Customer, shipping_method: str, gateway: Any, token: str, **details: Any
) -> Order:
    """The transaction of `place_order`."""
    # The cart's lock keeps two tabs from ordering the same lines twice.
    Cart.objects.select_for_update().get(pk=cart.pk)
    if (placed := placed_before(token)) is not None:
        return placed
    lines = list(cart.lines.select_related("variant__product"))
    if not lines:
        raise EmptyCart
    subtotal = sum((line.variant.price * line.quantity for line in lines), Decimal(0))
    offer = shipping.find(code=shipping_method, country=customer.country, subtotal=subtotal)
    order = insert(cart, customer, subtotal, offer, gateway, token, details)
    OrderLine.objects.bulk_create(frozen(order, line) for line in lines)
    OrderEvent.objects.create(order=order, to_status=OrderStatus.PLACED, actor=customer.email)
    reserve(lines, order)
    cart.lines.all().delete()
    tell(order_placed, order)
    if not order.total:
        orders.mark_paid(order=order, actor=orders.SHOP)
    elif gateway.mails_instructions:
        orders.mail(order, "order_received")
    return order


def insert(
    cart: Cart, customer: Customer, subtotal: Decimal, offer: Offer, gateway: Any, token: str, details: dict[str, Any]
) -> Order:
    rate = shipping.tax_rate(customer.country)
    totals = work_out(subtotal=subtotal, shipping=offer.price, rate=rate)
    now = timezone.now()
    return Order.objects.create(
        number=new_number(),
        token=secrets.token_urlsafe(24),
        checkout_token=token or secrets.token_urlsafe(24),
        cart=cart,
        currency=totals.currency,
        subtotal=totals.subtotal,
        shipping=totals.shipping,
        discount=totals.discount,
        tax=totals.tax,
        tax_included=totals.tax_included,
        total=totals.total,
        shipping_code=offer.method.code,
        shipping_name=offer.method.name,
        deliver_from=offer.arrives_from,
        deliver_to=offer.arrives_until,
        gateway=gateway.code,
        placed_at=now,
        expires_at=now + gateway.hold,
        **customer.as_dict(),
        **details,
    )


def frozen(order: Order, line: CartLine) -> OrderLine:
    """The line at the price of this moment."""
    variant = line.variant
    return OrderLine(
        order=order,
        variant=variant,
        sku=variant.sku,
        name=str(variant)[:400],
        quantity=line.quantity,
        price=variant.price,
        total=variant.price * line.quantity,
    )


def reserve(lines: list[CartLine], order: Order) -> None:
    """Hold the goods; whatever is not for sale any more counts as sold out."""
    for line in lines:
        if not (line.variant.active and line.variant.product.active):
            raise SoldOut(line.variant.sku, 0, str(line.variant))
    items = [(line.variant_id, line.quantity) for line in lines]
    stock.reserve(items=items, order=order)


def new_number() -> str:
    """Random, so that it reveals nothing about how much is sold: XXXXX-XXXXX."""
    letters = "".join(secrets.choice(ALPHABET) for _position in range(10))
    return f"{letters[:5]}-{letters[5:]}"
