"""The wishlist: rows with a random key, or an account's own. It is joined to the account at log-in, as the cart is."""

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from store import carts
from store.errors import SoldOut, StoreError
from store.models import Cart, CartLine, Product, Variant, Wish, Wishlist

MOST = 200


class TooManyWishes(StoreError):
    """The list is full."""

    code = "too_many_wishes"

    def __init__(self) -> None:
        super().__init__(_("Your wishlist holds %(most)d products: remove some first.") % {"most": MOST})


class ChooseAnOption(StoreError):
    """The product has several variants, and somebody must say which."""

    code = "choose_an_option"

    def __init__(self) -> None:
        super().__init__(_("Please choose an option on the product's page."))


def get(*, key: str = "", user: Any = None) -> Wishlist | None:
    """The account's list, else the visitor's."""
    if user is not None and user.is_authenticated:
        return Wishlist.objects.filter(user=user).first()
    return Wishlist.objects.filter(key=key, user=None).first() if key and "\x00" not in key else None


def get_or_create(*, key: str = "", user: Any = None) -> Wishlist:
    found = get(key=key, user=user)
    if found is not None:
        return found
    owner = user if user is not None and user.is_authenticated else None
    if owner is None:
        return Wishlist.objects.create(key=secrets.token_urlsafe(32))
    made, _created = Wishlist.objects.get_or_create(user=owner, defaults={"key": secrets.token_urlsafe(32)})
    return made


def product_ids(wishlist: Wishlist | None) -> list[int]:
    """The newest wish first."""
    return list(wishlist.wishes.values_list("product_id", flat=True)) if wishlist else []


def add(*, wishlist: Wishlist, product: Product) -> bool:
    """Whether it is new on the list. Raises TooManyWishes."""
    if wishlist.wishes.filter(product=product).exists():
        return False
    if wishlist.wishes.count() >= MOST:
        raise TooManyWishes
    try:
        with transaction.atomic():
            Wish.objects.create(wishlist=wishlist, product=product)
    except IntegrityError:
        return False
    touch(wishlist)
    return True


def remove(*, wishlist: Wishlist, product_id: int) -> bool:
    deleted, _models = wishlist.wishes.filter(product_id=product_id).delete()
    touch(wishlist)
    return bool(deleted)


def touch(wishlist: Wishlist) -> None:
    Wishlist.objects.filter(pk=wishlist.pk).update(updated=timezone.now())


def merge(*, key: str, user: Any) -> None:
    """What a visitor wished for is on the account's list after log-in: newer wishes first, none twice, no more than
    the list holds."""
    visitor = get(key=key)
    if visitor is None:
        return
    with transaction.atomic():
        own = get_or_create(user=user)
        known = set(own.wishes.values_list("product_id", flat=True))
        new = [wish for wish in visitor.wishes.all() if wish.product_id not in known][: max(0, MOST - len(known))]
        Wish.objects.filter(pk__in=[wish.pk for wish in new]).update(wishlist=own)
        visitor.delete()
        touch(own)


def share(*, wishlist: Wishlist) -> str:
    """The key of the link to read it; the same until sharing is ended."""
    if not wishlist.share_key:
        Wishlist.objects.filter(pk=wishlist.pk, share_key=None).update(share_key=secrets.token_urlsafe(16))
        wishlist.refresh_from_db()
    return wishlist.share_key or ""


def unshare(*, wishlist: Wishlist) -> None:
    """Links given out before lead nowhere from now on."""
    Wishlist.objects.filter(pk=wishlist.pk).update(share_key=None)
    wishlist.share_key = None


def shared(*, share_key: str) -> Wishlist | None:
    return Wishlist.objects.filter(share_key=share_key).first() if share_key and "\x00" not in share_key else None


def move_to_cart(*, wishlist: Wishlist, product: Product, cart: Cart) -> CartLine:
    """One piece into the cart, off the list. Raises ChooseAnOption, or SoldOut."""
    variants = list(Variant.objects.filter(product=product, active=True).select_related("stock", "product"))
    if len(variants) > 1:
        raise ChooseAnOption
    if not variants or variants[0].available < 1:
        raise SoldOut(variants[0].sku if variants else "", 0, product.name)
    with transaction.atomic():
        line = carts.add(cart=cart, sku=variants[0].sku, quantity=1)
        remove(wishlist=wishlist, product_id=product.pk)
    return line
