"""The cart: rows with a random key, or an account's own."""

import secrets
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from store import shipping
from store.errors import BadQuantity, SoldOut, UnknownSku
from store.models import MAX_QUANTITY, Cart, CartLine, Variant
from store.shipping import Offer
from store.totals import Totals, work_out


@dataclass
class Item:
    """One line at its live price. `short` is true when fewer are left than the line asks for; pages fill in
    `picture`."""

    variant: Variant
    quantity: int
    price: Decimal
    price_seen: Decimal
    available: int
    on_sale: bool
    image_id: int | None = None
    picture: Any = None

    @property
    def total(self) -> Decimal:
        return self.price * self.quantity

    @property
    def short(self) -> bool:
        return not self.on_sale or self.quantity > self.available

    @property
    def price_changed(self) -> bool:
        return self.price != self.price_seen

    @property
    def is_dearer(self) -> bool:
        return self.price > self.price_seen


@dataclass(frozen=True)
class Contents:
    """A cart as it would be charged now, to `country` in the way of `offer` (None: we do not deliver there)."""

    items: list[Item]
    totals: Totals
    country: str
    offers: list[Offer] = field(default_factory=list)
    offer: Offer | None = None

    @property
    def count(self) -> int:
        return sum(item.quantity for item in self.items)

    @property
    def can_order(self) -> bool:
        return bool(self.items) and not any(item.short for item in self.items)


def get(*, key: str = "", user: Any = None) -> Cart | None:
    """The account's cart, or the visitor's with this key; never somebody else's."""
    if user is not None and user.is_authenticated:
        return Cart.objects.filter(user=user).first()
    return Cart.objects.filter(key=key, user=None).first() if is_key(key) else None


def is_key(key: str) -> bool:
    return 0 < len(key) <= 43 and key.isascii() and key.isprintable()


def get_or_create(*, key: str = "", user: Any = None) -> Cart:
    """As `get`, made where there is none. A logged-in caller's visitor cart is joined to the account's."""
    if user is not None and user.is_authenticated:
        if key and (merged := merge(key=key, user=user)):
            return merged
        return Cart.objects.get_or_create(user=user, defaults={"key": new_key()})[0]
    return get(key=key) or Cart.objects.create(key=new_key())


def new_key() -> str:
    return secrets.token_urlsafe(24)


def find_variant(sku: str) -> Variant:
    """The variant with its product and stock; raises UnknownSku for what is not for sale."""
    # PostgreSQL refuses NUL in a parameter.
    variants = Variant.objects.filter(active=True, product__active=True).select_related("product", "stock")
    variant = variants.filter(sku=sku).first() if "\x00" not in sku else None
    if variant is None:
        raise UnknownSku(sku[:64].replace("\x00", ""))
    return variant


def available(variant: Variant) -> int:
    stock = getattr(variant, "stock", None)
    return stock.available if stock else 0


def add(*, cart: Cart, sku: str, quantity: int = 1) -> CartLine:
    """Put `quantity` more into the cart. Raises UnknownSku, BadQuantity, or SoldOut when so many are not left."""
    if not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity(MAX_QUANTITY)
    variant = find_variant(sku)
    line = cart.lines.filter(variant=variant).first()
    return put(cart=cart, variant=variant, quantity=quantity + (line.quantity if line else 0))


def set_quantity(*, cart: Cart, sku: str, quantity: int) -> None:
    """Have exactly `quantity` in the cart; 0 takes the line out. Raises as `add` does."""
    if quantity == 0:
        remove(cart=cart, sku=sku)
        return
    if not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity(MAX_QUANTITY)
    variant = find_variant(sku)
    if not cart.lines.filter(variant=variant).exists():
        raise UnknownSku(sku)
    put(cart=cart, variant=variant, quantity=quantity)


def put(*, cart: Cart, variant: Variant, quantity: int) -> CartLine:
    """The line with this quantity, whether it was there or not (one upsert: a double click makes one line)."""
    left = available(variant)
    if quantity > left:
        raise SoldOut(variant.sku, left, str(variant))
    if quantity > MAX_QUANTITY:
        raise BadQuantity(MAX_QUANTITY)
    line = CartLine(cart=cart, variant=variant, quantity=quantity, price_seen=variant.price)
    CartLine.objects.bulk_create(
        [line],
        update_conflicts=True,
        unique_fields=["cart", "variant"],
        update_fields=["quantity", "price_seen"],
    )
    touch(cart)
    return line


def remove(*, cart: Cart, sku: str) -> None:
    """Take the line out; raises UnknownSku when it is not there."""
    if "\x00" in sku or not cart.lines.filter(variant__sku=sku).delete()[0]:
        raise UnknownSku(sku.replace("\x00", ""))
    touch(cart)


def touch(cart: Cart) -> None:
    Cart.objects.filter(pk=cart.pk).update(updated=timezone.now())


def set_delivery(*, cart: Cart, country: str, shipping_method: str = "") -> None:
    """Where to, and how: what the totals are worked out for."""
    cart.country, cart.shipping_method = country, shipping_method
    Cart.objects.filter(pk=cart.pk).update(country=country, shipping_method=shipping_method)


def accept_prices(*, cart: Cart) -> None:
    """The shopper has seen today's prices."""
    for line in cart.lines.select_related("variant"):
        if line.price_seen != line.variant.price:
            CartLine.objects.filter(pk=line.pk).update(price_seen=line.variant.price)


def merge(*, key: str, user: Any) -> Cart | None:
    """Join the visitor's cart to the account's, the larger quantity winning; the visitor's is gone afterwards."""
    guest = get(key=key)
    if guest is None:
        return None
    with transaction.atomic():
        own = Cart.objects.filter(user=user).first()
        if own is None:
            try:
                with transaction.atomic():
                    Cart.objects.filter(pk=guest.pk, user=None).update(user=user)
                guest.user = user
                return guest
            except IntegrityError:
                own = Cart.objects.get(user=user)
        move_lines(guest, own)
        guest.delete()
    return own


def move_lines(guest: Cart, own: Cart) -> None:
    quantities = dict(own.lines.values_list("variant_id", "quantity"))
    for line in guest.lines.all():
        if line.variant_id not in quantities:
            CartLine.objects.filter(pk=line.pk).update(cart=own)
        elif line.quantity > quantities[line.variant_id]:
            own.lines.filter(variant_id=line.variant_id).update(quantity=line.quantity)


def contents(*, cart: Cart | None, with_images: bool = False) -> Contents:
    """Lines at live prices, ways of delivery and totals; an empty one for no cart."""
    items = [as_item(line) for line in lines(cart, with_images)] if cart else []
    subtotal = sum((item.total for item in items), Decimal(0))
    rate = shipping.tax_rate(cart.country if cart else "")
    country = (cart.country if cart else "") or (rate.country if rate else "")
    available_offers = shipping.offers(country=country, subtotal=subtotal) if items else []
    chosen = shipping.pick(available_offers, cart.shipping_method if cart else "")
    return Contents(
        items=items,
        totals=work_out(subtotal=subtotal, shipping=chosen.price if chosen else Decimal(0), rate=rate),
        country=country,
        offers=available_offers,
        offer=chosen,
    )


def lines(cart: Cart, with_images: bool) -> Any:
    rows = cart.lines.select_related("variant__product", "variant__stock")
    if with_images:
        rows = rows.select_related("variant__product__listing")
    return rows.order_by("pk")


def as_item(line: CartLine) -> Item:
    variant = line.variant
    product = variant.product
    # Only where the query brought it along.
    listing = product._state.fields_cache.get("listing")
    return Item(
        variant=variant,
        quantity=line.quantity,
        price=variant.price,
        price_seen=line.price_seen,
        available=available(variant),
        on_sale=variant.active and product.active,
        image_id=variant.image_id or (listing.image_id if listing else None),
    )


def cart_count(*, key: str = "", user: Any = None) -> int:
    """Pieces in the cart, for the badge in the header."""
    lines = CartLine.objects.all()
    if user is not None and user.is_authenticated:
        lines = lines.filter(cart__user=user)
    elif is_key(key):
        lines = lines.filter(cart__key=key, cart__user=None)
    else:
        return 0
    return lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0
