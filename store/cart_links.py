"""A link that opens a cart again, in any browser: signed, and good for a month."""

from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac

from store import carts
from store.errors import StoreError
from store.models import Cart, Variant

SALT = "store.cart-link"
VALID_SECONDS = 30 * 24 * 60 * 60


def token_of(cart: Cart) -> str:
    return signing.dumps(cart.pk, salt=SALT)


def cart_of(token: str) -> Cart | None:
    """None for a link that is not ours, too old, or whose cart is gone."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    return Cart.objects.filter(pk=pk).first()


def fill(*, cart: Cart, left: Cart) -> int:
    """Put the goods of the cart that was left into this one, as many as there are. How many lines came."""
    if cart.pk == left.pk:
        return 0
    mine = set(cart.lines.values_list("variant", flat=True))
    came = 0
    for line in left.lines.to_buy().select_related("variant"):  # type: ignore[attr-defined]
        if line.variant_id not in mine:
            came += put(cart, line.variant, line.quantity)
    return came


def put(cart: Cart, variant: Variant, quantity: int) -> bool:
    try:
        found = carts.find_variant(variant.sku, cart=cart)
        carts.put(cart=cart, variant=found, quantity=max(1, min(quantity, carts.available(found))))
    except StoreError:
        # Sold out, or not for sale any more: the others come along.
        return False
    return True


def copy_of(left: Cart) -> Cart:
    """A visitor's cart with the same goods; the same one each time the link is followed.

    The account's own cart is nobody else's: whoever has the link sees goods and prices, nothing of the person.
    """
    key = salted_hmac(SALT, f"{left.pk} {left.key}", algorithm="sha256").hexdigest()[:40]
    with transaction.atomic():
        cart, _is_new = Cart.objects.get_or_create(key=key, user=None, defaults={"country": left.country})
        if not cart.lines.exists():
            fill(cart=cart, left=left)
    return cart
