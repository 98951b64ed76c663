"""The ledger of the stock: written by `store.stock` only, in the transaction that moves the stock itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from store.models import MovementReason, Order, Stock, StockMovement, Variant

BATCH = 500


@dataclass(frozen=True, slots=True)
class Cause:
    """Why, by whom and for which order. `actor` is an e-mail address, a name like “gateway”, or empty for the shop."""

    reason: str
    actor: str = ""
    order: Order | None = None
    note: str = ""


@dataclass(slots=True)
class Books:
    """The count of one variant, under its row lock: as it was, and as the verb leaves it."""

    variant_id: int
    sku: str
    on_hand: int
    reserved: int
    on_hand_change: int = 0
    reserved_change: int = 0

    @property
    def moved(self) -> bool:
        return bool(self.on_hand_change or self.reserved_change)


def lock(variant_ids: Iterable[int]) -> dict[int, Books]:
    """Lock the stock rows in variant order and read them; a variant without a row is absent.

    SQLite has no row locks: there an IMMEDIATE transaction holds the whole database.
    """
    rows = (
        Stock.objects.select_for_update(of=("self",))
        .filter(variant_id__in=list(variant_ids))
        .order_by("variant_id")
        .values_list("variant_id", "variant__sku", "on_hand", "reserved")
    )
    return {variant_id: Books(variant_id, sku, on_hand, reserved) for variant_id, sku, on_hand, reserved in rows}


def write(*, books: Iterable[Books], cause: Cause) -> None:
    """One line for each that moved. Call it in the transaction that locked and changed the rows."""
    StockMovement.objects.bulk_create([line(row, cause) for row in books if row.moved], BATCH)


def line(row: Books, cause: Cause) -> StockMovement:
    return StockMovement(
        variant_id=row.variant_id,
        sku=row.sku,
        reason=cause.reason,
        on_hand_change=row.on_hand_change,
        reserved_change=row.reserved_change,
        on_hand=row.on_hand + row.on_hand_change,
        reserved=row.reserved + row.reserved_change,
        # The customer's address stands in the order, where it can be erased.
        actor="" if cause.order is not None and cause.actor == cause.order.email else cause.actor[:254],
        order=cause.order,
        note=cause.note[:255],
    )


def opening(*, stocks: Sequence[Stock], cause: Cause | None = None) -> None:
    """The first lines of new stock rows; their variants must be loaded."""
    new = [
        Books(row.variant_id, row.variant.sku, 0, 0, on_hand_change=row.on_hand, reserved_change=row.reserved)
        for row in stocks
    ]
    write(books=new, cause=cause or Cause(MovementReason.OPENING))


def of_sku(sku: str) -> QuerySet[StockMovement]:
    """The history of one variant, the newest first."""
    return StockMovement.objects.filter(variant__sku=sku).select_related("order").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A stock row that its ledger does not explain."""

    sku: str
    on_hand: int
    reserved: int
    ledger_on_hand: int
    ledger_reserved: int


def mismatches() -> list[Mismatch]:
    """Stock rows whose movements do not add up to them; empty when the books are right."""
    sums = (
        Variant.objects.filter(stock__isnull=False)
        .order_by("sku")
        .values_list("sku", "stock__on_hand", "stock__reserved")
        .annotate(
            moved=Coalesce(Sum("movements__on_hand_change"), 0), held=Coalesce(Sum("movements__reserved_change"), 0)
        )
        .exclude(moved=F("stock__on_hand"), held=F("stock__reserved"))
    )
    return [Mismatch(*row) for row in sums]
