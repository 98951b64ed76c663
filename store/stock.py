"""The only hands that move stock: reserve, release, commit, set.

Each is a guarded UPDATE whose condition the database checks under its row lock, taken in variant order, so that
two baskets with the same goods cannot wait for each other. Call them inside the transaction of the order.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from store import listing
from store.errors import SoldOut, StockBelowReserved, StockMismatch, StoreError, UnknownSku
from store.models import Stock, Variant

MAX_ON_HAND = 1_000_000_000

Items = Iterable[tuple[int, int]]


def reserve(*, items: Items) -> None:
    """Hold `(variant id, quantity)` pairs for an order; raises SoldOut and, in its transaction, holds nothing."""
    with transaction.atomic():
        wanted = in_order(items)
        for variant_id, quantity in wanted:
            free = Stock.objects.filter(variant_id=variant_id, on_hand__gte=F("reserved") + quantity)
            if not free.update(reserved=F("reserved") + quantity):
                raise sold_out(variant_id)
        changed(wanted)


def release(*, items: Items) -> None:
    """Give back what an order held."""
    with transaction.atomic():
        held = in_order(items)
        for variant_id, quantity in held:
            rows = Stock.objects.filter(variant_id=variant_id, reserved__gte=quantity)
            if not rows.update(reserved=F("reserved") - quantity):
                raise mismatch(variant_id, quantity)
        changed(held)


def commit(*, items: Items) -> None:
    """What an order held has left the shelf: it is neither reserved nor on hand any more."""
    with transaction.atomic():
        held = in_order(items)
        for variant_id, quantity in held:
            rows = Stock.objects.filter(variant_id=variant_id, reserved__gte=quantity)
            if not rows.update(reserved=F("reserved") - quantity, on_hand=F("on_hand") - quantity):
                raise mismatch(variant_id, quantity)
        changed(held)


def put_back(*, items: Items) -> None:
    """Returned goods stand on the shelf again."""
    with transaction.atomic():
        returned = in_order(items)
        for variant_id, quantity in returned:
            Stock.objects.filter(variant_id=variant_id).update(on_hand=F("on_hand") + quantity)
        changed(returned)


def set_on_hand(*, sku: str, on_hand: int) -> Stock:
    """What was counted on the shelf. Raises UnknownSku, or StockBelowReserved when orders hold more."""
    if not 0 <= on_hand <= MAX_ON_HAND:
        raise StoreError(_("The count must be a whole number from 0 to %(most)d.") % {"most": MAX_ON_HAND})
    with transaction.atomic():
        variant_id = Variant.objects.filter(sku=sku).values_list("pk", flat=True).first()
        if variant_id is None:
            raise UnknownSku(sku)
        stock, created = Stock.objects.get_or_create(variant_id=variant_id, defaults={"on_hand": on_hand})
        if not created:
            if not Stock.objects.filter(pk=stock.pk, reserved__lte=on_hand).update(on_hand=on_hand):
                stock.refresh_from_db()
                raise StockBelowReserved(sku, stock.reserved)
            stock.refresh_from_db()
        changed([(variant_id, 0)])
    return stock


def in_order(items: Items) -> list[tuple[int, int]]:
    """One pair per variant, in variant order; quantities of a variant named twice are added."""
    totals: dict[int, int] = {}
    for variant_id, quantity in items:
        if quantity < 1:
            raise StoreError(_("The quantity must be at least 1."))
        totals[variant_id] = totals.get(variant_id, 0) + quantity
    return sorted(totals.items())


def changed(items: list[tuple[int, int]]) -> None:
    """Lists learn of it once it is true for everybody."""
    variant_ids = [variant_id for variant_id, _quantity in items]
    transaction.on_commit(lambda: listing.refresh_stock(variant_ids=variant_ids))


def sold_out(variant_id: int) -> StoreError:
    variant = Variant.objects.select_related("product", "stock").filter(pk=variant_id).first()
    if variant is None:
        return UnknownSku(str(variant_id))
    stock = getattr(variant, "stock", None)
    return SoldOut(variant.sku, stock.available if stock else 0, str(variant))


def mismatch(variant_id: int, quantity: int) -> StockMismatch:
    return StockMismatch(
        _("Fewer than %(quantity)d of this product are reserved.") % {"quantity": quantity}, variant=variant_id
    )
