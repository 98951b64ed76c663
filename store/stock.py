"""The only hands that move stock: reserve, release, commit, put back, count, adjust.

Each locks its rows in variant order (so that two baskets with the same goods cannot wait for each other), changes
them by a guarded UPDATE whose condition the database checks, and writes the movement into the ledger, all in one
transaction. Call them inside the transaction of the order.

`reason` is one of MovementReason, `actor` who did it: an e-mail address, "gateway", or empty for the shop itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from store import listing, movements
from store.errors import SoldOut, StockBelowReserved, StockMismatch, StoreError, UnknownSku
from store.models import MovementReason, Order, Stock, Variant
from store.movements import Books, Cause

MAX_ON_HAND = 1_000_000_000
# What staff may give as the reason of a change by hand, and its sign: +1 more, -1 fewer, 0 either.
BY_HAND = {
    MovementReason.RECEIVED: 1,
    MovementReason.RETURNED: 1,
    MovementReason.DAMAGED: -1,
    MovementReason.CORRECTED: 0,
}

Items = Iterable[tuple[int, int]]


def reserve(
    *,
    items: Items,
    reason: str = MovementReason.RESERVED,
    actor: str = "",
    order: Order | None = None,
    note: str = "",
    savepoint: bool = True,
) -> None:
    """Hold `(variant id, quantity)` pairs for an order; raises SoldOut and, in its transaction, holds nothing.

    `savepoint` is False where the caller's whole transaction fails with it.
    """

    def hold(row: Books, quantity: int) -> bool:
        free = Stock.objects.filter(variant_id=row.variant_id, on_hand__gte=F("reserved") + quantity)
        row.reserved_change = quantity
        return bool(free.update(reserved=F("reserved") + quantity))

    cause = Cause(reason, actor, order, note)
    move(items, hold, lambda variant_id, quantity: sold_out(variant_id), cause, savepoint=savepoint)


def release(
    *, items: Items, reason: str = MovementReason.RELEASED, actor: str = "", order: Order | None = None, note: str = ""
) -> None:
    """Give back what an order held."""

    def free(row: Books, quantity: int) -> bool:
        row.reserved_change = -quantity
        return bool(held(row, quantity).update(reserved=F("reserved") - quantity))

    move(items, free, mismatch, Cause(reason, actor, order, note))


def commit(
    *, items: Items, reason: str = MovementReason.SOLD, actor: str = "", order: Order | None = None, note: str = ""
) -> None:
    """What an order held has left the shelf: it is neither reserved nor on hand any more."""

    def take(row: Books, quantity: int) -> bool:
        row.reserved_change = row.on_hand_change = -quantity
        return bool(held(row, quantity).update(reserved=F("reserved") - quantity, on_hand=F("on_hand") - quantity))

    move(items, take, mismatch, Cause(reason, actor, order, note))


def put_back(
    *, items: Items, reason: str = MovementReason.RETURNED, actor: str = "", order: Order | None = None, note: str = ""
) -> None:
    """Returned goods stand on the shelf again."""

    def add(row: Books, quantity: int) -> bool:
        row.on_hand_change = quantity
        return bool(Stock.objects.filter(variant_id=row.variant_id).update(on_hand=F("on_hand") + quantity))

    move(items, add, None, Cause(reason, actor, order, note))


def set_on_hand(
    *,
    sku: str,
    on_hand: int,
    reason: str = MovementReason.COUNTED,
    actor: str = "",
    order: Order | None = None,
    note: str = "",
) -> Stock:
    """What was counted on the shelf. Raises UnknownSku, or StockBelowReserved when orders hold more."""
    variant = Variant.objects.filter(sku=sku).first()
    if variant is None:
        raise UnknownSku(sku)
    refused = set_many(counts={variant.pk: on_hand}, cause=Cause(reason, actor, order, note))
    if refused:
        raise refused[variant.pk]
    return Stock.objects.get(variant=variant)


def set_many(*, counts: Mapping[int, int], cause: Cause, relative: bool = False) -> dict[int, StoreError]:
    """Set many counts by variant id, or with `relative` add to them; those that orders forbid are left out and
    returned with the reason."""
    refused: dict[int, StoreError] = {}
    with transaction.atomic():
        open_rows(variant_ids=counts)
        books = movements.lock(counts)
        for variant_id, row in books.items():
            on_hand = counts[variant_id] + (row.on_hand if relative else 0)
            row.on_hand_change = on_hand - row.on_hand
            enough = Stock.objects.filter(variant_id=variant_id, reserved__lte=on_hand)
            try:
                check_count(on_hand)
            except StoreError as error:
                refused[variant_id] = error
            else:
                if row.moved and not enough.update(on_hand=on_hand):
                    refused[variant_id] = StockBelowReserved(row.sku, row.reserved)
        done = [row for variant_id, row in books.items() if variant_id not in refused]
        movements.write(books=done, cause=cause)
        changed([row.variant_id for row in done if row.moved])
    return refused


def adjust(*, sku: str, change: int, reason: str, actor: str = "", order: Order | None = None, note: str = "") -> Stock:
    """So many more (or, with a minus, fewer) stand on the shelf. `reason` is one of BY_HAND.

    Raises UnknownSku, StockBelowReserved when orders hold more than would be left, StoreError for nonsense.
    """
    if reason not in BY_HAND:
        raise StoreError(_("Choose a reason."))
    sign = BY_HAND[MovementReason(reason)]
    if not change or abs(change) > MAX_ON_HAND or change * sign < 0:
        raise StoreError(_("The number of pieces does not fit the reason."))
    with transaction.atomic():
        variant_id = Variant.objects.filter(sku=sku).values_list("pk", flat=True).first()
        if variant_id is None:
            raise UnknownSku(sku)
        open_rows(variant_ids=[variant_id])
        row = movements.lock([variant_id])[variant_id]
        check_count(row.on_hand + change)
        enough = Stock.objects.filter(variant_id=variant_id, reserved__lte=F("on_hand") + change)
        if not enough.update(on_hand=F("on_hand") + change):
            raise StockBelowReserved(sku, row.reserved)
        row.on_hand_change = change
        movements.write(books=[row], cause=Cause(reason, actor, order, note))
        changed([variant_id])
    return Stock.objects.get(variant_id=variant_id)


def set_low_at(*, sku: str, low_at: int | None) -> None:
    """From how many pieces on it is reported as low; None for the shop's usual threshold."""
    Stock.objects.filter(variant__sku=sku).update(low_at=low_at)


def open_rows(*, variant_ids: Iterable[int]) -> None:
    """Give variants without a stock row an empty one."""
    without = Variant.objects.filter(pk__in=list(variant_ids), stock__isnull=True).values_list("pk", flat=True)
    Stock.objects.bulk_create([Stock(variant_id=pk) for pk in without], ignore_conflicts=True)


def open_with(*, stocks: Sequence[Stock], cause: Cause | None = None) -> None:
    """Make the stock rows of new variants, with their first movement. Lists are the caller's to refresh."""
    if not stocks:
        return
    with transaction.atomic():
        Stock.objects.bulk_create(stocks)
        movements.opening(stocks=stocks, cause=cause)


def move(
    items: Items,
    change: Callable[[Books, int], bool],
    refusal: Callable[[int, int], StoreError] | None,
    cause: Cause,
    *,
    savepoint: bool = True,
) -> None:
    """Lock, change each row, write the ledger. A change that does not come about raises `refusal`, or is left out."""
    with transaction.atomic(savepoint=savepoint):
        wanted = in_order(items)
        books = movements.lock(variant_id for variant_id, _quantity in wanted)
        done = []
        for variant_id, quantity in wanted:
            row = books.get(variant_id)
            if row is not None and change(row, quantity):
                done.append(row)
            elif refusal is not None:
                raise refusal(variant_id, quantity)
        movements.write(books=done, cause=cause)
        changed([variant_id for variant_id, _quantity in wanted])


def held(row: Books, quantity: int) -> QuerySet[Stock]:
    return Stock.objects.filter(variant_id=row.variant_id, reserved__gte=quantity)


def in_order(items: Items) -> list[tuple[int, int]]:
    """One pair per variant, in variant order; quantities of a variant named twice are added."""
    totals: dict[int, int] = {}
    for variant_id, quantity in items:
        if quantity < 1:
            raise StoreError(_("The quantity must be at least 1."))
        totals[variant_id] = totals.get(variant_id, 0) + quantity
    return sorted(totals.items())


def check_count(on_hand: int) -> None:
    if not 0 <= on_hand <= MAX_ON_HAND:
        raise StoreError(_("The count must be a whole number from 0 to %(most)d.") % {"most": MAX_ON_HAND})


def changed(variant_ids: Sequence[int]) -> None:
    """Lists learn of it once it is true for everybody."""
    if variant_ids:
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
