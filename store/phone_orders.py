"""Orders that staff take for a customer, on the telephone or at the counter: the same order, paid by a link."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from company.money import format_money, round_money
from store import billing, carts, checkout, coupons, orders
from store.billing import Bill
from store.checkout import ALPHABET
from store.countries import NAMES
from store.customers import Customer
from store.errors import BadQuantity, SoldOut, StoreError, UnknownSku
from store.models import MAX_QUANTITY, Cart, Coupon, CouponKind, Order, Variant, code_key
from store.payments import gateways

MOST_LINES = 50
LONGEST_HOLD = 30
CODE_LENGTH = 10
PAY_LINK = "order_pay_link"


@dataclass(frozen=True)
class Discount:
    """What staff take off, in the shop's currency, and why."""

    amount: Decimal
    reason: str


def place(
    *,
    goods: list[tuple[str, int]],
    customer: Customer,
    shipping_method: str,
    payment: str,
    staff: Any,
    token: str,
    hold_days: int,
    language: str = "en",
    coupon: str = "",
    discount: Discount | None = None,
) -> Order:
    """Place an order of `goods` (SKU and quantity) for the customer and mail the link by which it is paid.

    It belongs to the account that has confirmed the e-mail address, if there is one. Raises what `checkout.place_order`
    raises, UnknownSku and BadQuantity; then nothing has happened.
    """
    if (placed := checkout.placed_before(token)) is not None:
        return placed
    with transaction.atomic():
        cart = filled_cart(goods, customer.country)
        code = coupon
        if discount:
            if coupon.strip():
                raise StoreError(_("Either a coupon or a discount of your own, not both."))
            code = own_coupon(discount).code
        order = checkout.place_order(
            cart=cart,
            customer=customer,
            shipping_method=shipping_method,
            payment=payment,
            token=token,
            user=account_of(customer.email),
            language=language,
            coupon=code,
            hold=timedelta(days=min(max(hold_days, 0), LONGEST_HOLD)),
            actor=staff.email,
        )
        if discount:
            spend(order, code, discount, actor=staff.email)
        # Transfers get a mail that says where to and carries the same link.
        if order.total and not gateways.of(order).mails_instructions:
            orders.mail(order, PAY_LINK)
    return order


def filled_cart(goods: list[tuple[str, int]], country: str) -> Cart:
    cart = Cart.objects.create(key=carts.new_key(), country=country if country in NAMES else "")
    for sku, quantity in goods[:MOST_LINES]:
        carts.add(cart=cart, sku=sku, quantity=quantity)
    return cart


def spend(order: Order, code: str, discount: Discount, *, actor: str) -> None:
    """Note the discount's reason, and switch its coupon off.

    The code stands on the order: called off, the order must not leave a voucher for whatever else.
    """
    Coupon.objects.filter(key=code_key(code)).update(active=False)
    text = _("Discount of %(sum)s: %(reason)s")
    values = {"sum": format_money(discount.amount, order.currency), "reason": discount.reason}
    orders.write(order=order, note=text % values, actor=actor, internal=True)


def own_coupon(discount: Discount) -> Coupon:
    """A coupon for this one order: so the discount goes through the shop's one reckoning, taxes and refunds too."""
    code = "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LENGTH))
    return Coupon.objects.create(
        code=code,
        kind=CouponKind.AMOUNT,
        value=round_money(discount.amount),
        max_uses=1,
        batch=discount.reason[:60],
    )


def account_of(email: str) -> Any:
    """The account that has confirmed this address."""
    address = EmailAddress.objects.filter(email=email.strip().lower(), verified=True).select_related("user").first()
    return address.user if address else None


def reckon(
    *, goods: list[tuple[str, int]], country: str, shipping_method: str, coupon: str = "", email: str = ""
) -> tuple[list[tuple[Variant, int]], Bill]:
    """What it would come to, and the ways of delivery there are. Raises UnknownSku, BadQuantity, SoldOut or what is
    wrong with the coupon; changes nothing."""
    wanted: dict[str, int] = {}
    for sku, quantity in goods[:MOST_LINES]:
        wanted[sku] = wanted.get(sku, 0) + quantity
    found = {
        variant.sku: variant
        for variant in Variant.objects.filter(sku__in=wanted).select_related("product__category", "stock")
    }
    for sku, quantity in wanted.items():
        if sku not in found:
            raise UnknownSku(sku)
        if not 1 <= quantity <= MAX_QUANTITY:
            raise BadQuantity(MAX_QUANTITY)
        variant = found[sku]
        is_sold = variant.active and variant.product.active
        if not is_sold or variant.available < quantity:
            raise SoldOut(sku, variant.available if is_sold else 0, str(variant))
    lines = [(found[sku], quantity) for sku, quantity in wanted.items()]
    bill = billing.reckon(
        goods=lines,
        country=country,
        shipping_method=shipping_method,
        coupon=coupons.find(coupon) if coupon.strip() else None,
        user=account_of(email),
        email=email,
    )
    return lines, bill


def suggestions(words: str, count: int = 12) -> list[Variant]:
    """What is for sale whose SKU begins with the words, or whose name contains them."""
    words = " ".join(words.replace("\x00", "").split())[:100]
    if len(words) < 2:
        return []
    named = Q(product__name_en__icontains=words) | Q(product__name_ru__icontains=words) | Q(sku__istartswith=words)
    rows = Variant.objects.filter(named, active=True, product__active=True).select_related("product", "stock")
    return list(rows.order_by("sku")[:count])
