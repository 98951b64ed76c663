"""The cart: rows with a random key, or an account's own."""

import secrets
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from store import billing
from store.coupons import Benefit
from store.errors import BadQuantity, SoldOut, UnknownSku
from store.models import MAX_QUANTITY, Cart, CartLine, Variant
from store.shipping import Offer
from store.totals import Totals

# A visitor's cart lives as long as its cookie.
FORGOTTEN = timedelta(days=90)
TOUCH_EVERY = timedelta(minutes=1)
BATCH = 500
DRAFT_CHARACTERS = 250


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
    """A cart as it would be charged now, to `country` in the way of `offer` (None: we do not deliver there).

    `kept` are the lines put aside for later, `benefit` what its coupon is worth or why it is not.
    """

    items: list[Item]
    totals: Totals
    country: str
    offers: list[Offer] = field(default_factory=list)
    offer: Offer | None = None
    benefit: Benefit | None = None
    kept: list[Item] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(item.quantity for item in self.items)

    @property
    def weight(self) -> int:
        """In grams."""
        return sum((item.variant.weight or 0) * item.quantity for item in self.items)

    @property
    def can_order(self) -> bool:
        return bool(self.items) and not any(item.short for item in self.items)

    @property
    def prices_changed(self) -> bool:
        return any(item.price_changed for item in self.items)

    @property
    def coupon_code(self) -> str:
        """The coupon that counts; empty for one that does not hold."""
        return self.benefit.coupon.code if self.benefit and self.benefit.applies else ""


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


def find_variant(sku: str, *, cart: Cart | None = None) -> Variant:
    """The variant with its product and stock; raises UnknownSku for what is not for sale.

    With `cart` its line, or None, is in hand as well: `line_in_hand`.
    """
    own = CartLine.objects.filter(cart=cart, variant=OuterRef("pk"))
    # PostgreSQL refuses NUL in a parameter.
    variants = Variant.objects.filter(active=True, product__active=True, product__live=True).select_related(
        "product", "stock"
    )
    if cart is not None:
        variants = variants.annotate(in_cart=Subquery(own.values("quantity")), is_kept=Subquery(own.values("kept")))
    variant = variants.filter(sku=sku).first() if "\x00" not in sku else None
    if variant is None:
        raise UnknownSku(sku[:64].replace("\x00", ""))
    return variant


def line_in_hand(cart: Cart, variant: Variant) -> CartLine | None:
    """The cart's line as `find_variant` has read it; None where there was none."""
    quantity = getattr(variant, "in_cart", None)
    if quantity is None:
        return None
    return CartLine(cart=cart, variant=variant, quantity=quantity, kept=getattr(variant, "is_kept", False))


def available(variant: Variant) -> int:
    stock = getattr(variant, "stock", None)
    return stock.available if stock else 0


def add(*, cart: Cart, sku: str, quantity: int = 1) -> CartLine:
    """Put `quantity` more into the cart. Raises UnknownSku, BadQuantity, or SoldOut when so many are not left."""
    if not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity(MAX_QUANTITY)
    variant = find_variant(sku, cart=cart)
    line = line_in_hand(cart, variant)
    return put(cart=cart, variant=variant, quantity=quantity + (line.quantity if line and not line.kept else 0))


def set_quantity(*, cart: Cart, sku: str, quantity: int) -> None:
    """Have exactly `quantity` in the cart; 0 takes the line out. Raises as `add` does."""
    if quantity == 0:
        remove(cart=cart, sku=sku)
        return
    if not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity(MAX_QUANTITY)
    variant = find_variant(sku, cart=cart)
    if line_in_hand(cart, variant) is None:
        raise UnknownSku(sku)
    put(cart=cart, variant=variant, quantity=quantity)


def put(*, cart: Cart, variant: Variant, quantity: int) -> CartLine:
    """The line with this quantity, whether it was there or not."""
    left = available(variant)
    if quantity > left:
        raise SoldOut(variant.sku, left, str(variant))
    if quantity > MAX_QUANTITY:
        raise BadQuantity(MAX_QUANTITY)
    line = CartLine(cart=cart, variant=variant, quantity=quantity, price_seen=variant.price, kept=False)
    write(line, is_new=line_in_hand(cart, variant) is None)
    touch(cart)
    return line


def write(line: CartLine, *, is_new: bool) -> None:
    """One statement, the one that is likely; a double click makes one line."""
    there = CartLine.objects.filter(cart=line.cart, variant=line.variant)
    values = {"quantity": line.quantity, "price_seen": line.price_seen, "kept": line.kept}
    if not is_new and there.update(**values):
        return
    try:
        # Alone, one statement needs no transaction; within one, a conflict must not spoil it.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            line.save(force_insert=True)
    except IntegrityError:
        there.update(**values)


def keep(*, cart: Cart, sku: str) -> None:
    """Put the line aside for later: it is neither counted nor ordered. Raises UnknownSku."""
    if "\x00" in sku or not cart.lines.filter(variant__sku=sku).update(kept=True):
        raise UnknownSku(sku.replace("\x00", ""))
    touch(cart)


def bring_back(*, cart: Cart, sku: str) -> CartLine:
    """What was kept for later is to be bought, as many as there are. Raises UnknownSku, or SoldOut."""
    variant = find_variant(sku, cart=cart)
    line = line_in_hand(cart, variant)
    if line is None or not line.kept:
        raise UnknownSku(sku)
    return put(cart=cart, variant=variant, quantity=max(min(line.quantity, available(variant)), 1))


def remove(*, cart: Cart, sku: str) -> None:
    """Take the line out; raises UnknownSku when it is not there."""
    if "\x00" in sku or not cart.lines.filter(variant__sku=sku).delete()[0]:
        raise UnknownSku(sku.replace("\x00", ""))
    touch(cart)


def touch(cart: Cart) -> None:
    """Somebody is at it; to the minute is enough."""
    now = timezone.now()
    if now - cart.updated > TOUCH_EVERY:
        cart.updated = now
        Cart.objects.filter(pk=cart.pk).update(updated=now)


def set_delivery(*, cart: Cart, country: str, shipping_method: str = "") -> None:
    """Where to, and how: what the totals are worked out for."""
    cart.country, cart.shipping_method = country, shipping_method
    Cart.objects.filter(pk=cart.pk).update(country=country, shipping_method=shipping_method)


def accept_prices(*, cart: Cart) -> None:
    """The shopper has seen today's prices."""
    price = Variant.objects.filter(pk=OuterRef("variant_id")).values("price")
    cart.lines.update(price_seen=Subquery(price))


def remove_forgotten(now: datetime | None = None) -> int:
    """Delete the carts of visitors who have not come back for FORGOTTEN; how many. Accounts keep theirs."""
    old = Cart.objects.filter(user=None, updated__lt=(now or timezone.now()) - FORGOTTEN)
    removed = 0
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        removed += len(keys)
        Cart.objects.filter(pk__in=keys).delete()
    return removed


def save_draft(*, cart: Cart, values: dict[str, str]) -> None:
    """What was typed at the checkout so far, by field."""
    cart.draft = {name: value.replace("\x00", "")[:DRAFT_CHARACTERS] for name, value in values.items() if value}
    Cart.objects.filter(pk=cart.pk).update(draft=cart.draft)


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
        Cart.objects.filter(pk=own.pk).update(
            coupon=guest.coupon_id or own.coupon_id,
            country=guest.country or own.country,
            draft=guest.draft or own.draft,
            updated=timezone.now(),
        )
        guest.delete()
        own.refresh_from_db()
    return own


def move_lines(guest: Cart, own: Cart) -> None:
    known = {line.variant_id: line for line in own.lines.all()}
    for line in guest.lines.all():
        mine = known.get(line.variant_id)
        if mine is None:
            CartLine.objects.filter(pk=line.pk).update(cart=own)
        else:
            own.lines.filter(pk=mine.pk).update(
                quantity=max(line.quantity, mine.quantity), kept=line.kept and mine.kept
            )


def contents(*, cart: Cart | None, with_images: bool = False) -> Contents:
    """Lines at live prices, ways of delivery and totals; an empty one for no cart."""
    rows = list(lines(cart, with_images)) if cart else []
    items = [as_item(row) for row in rows if not row.kept]
    bill = billing.reckon(
        goods=[(item.variant, item.quantity) for item in items],
        country=cart.country if cart else "",
        shipping_method=cart.shipping_method if cart else "",
        coupon=cart.coupon if cart and items else None,
        user=cart.user if cart else None,
    )
    return Contents(
        items=items,
        totals=bill.totals,
        country=bill.country,
        offers=bill.offers,
        offer=bill.offer,
        benefit=bill.benefit,
        kept=[as_item(row) for row in rows if row.kept],
    )


def lines(cart: Cart, with_images: bool) -> Any:
    rows = cart.lines.select_related("variant__product__category", "variant__stock")
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
        on_sale=variant.active and product.is_for_sale,
        image_id=variant.image_id or (listing.image_id if listing else None),
    )


def cart_count(*, key: str = "", user: Any = None) -> int:
    """Pieces in the cart, for the badge in the header."""
    lines = CartLine.objects.to_buy()
    if user is not None and user.is_authenticated:
        lines = lines.filter(cart__user=user)
    elif is_key(key):
        lines = lines.filter(cart__key=key, cart__user=None)
    else:
        return 0
    return lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0
