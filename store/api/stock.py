"""Stock, for those who keep the shop."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from api.auth import user
from api.paging import PageQuery, page
from store import movements, stock
from store.errors import UnknownSku
from store.models import Stock, StockMovement

router = Router(tags=["stock"], auth=user)


class StockIn(Schema):
    on_hand: int = Field(ge=0, le=stock.MAX_ON_HAND)


class StockOut(Schema):
    sku: str
    on_hand: int
    reserved: int
    available: int


class MovementIn(Schema):
    """`change`: so many more, or with a minus fewer; `reason`: received, returned, damaged or corrected."""

    change: int = Field(ge=-stock.MAX_ON_HAND, le=stock.MAX_ON_HAND)
    reason: str
    note: str = Field("", max_length=255)


class MovementOut(Schema):
    at: datetime
    reason: str
    on_hand_before: int
    on_hand_change: int
    on_hand: int
    reserved_before: int
    reserved_change: int
    reserved: int
    actor: str
    order: str | None
    note: str


class MovementList(Schema):
    items: list[MovementOut]
    next_cursor: str | None


@router.get("/stock/{path:sku}/movements", response=MovementList)
def list_movements(request: HttpRequest, sku: str, query: Query[PageQuery]) -> dict[str, object]:
    """Everything that has changed this stock, the newest first."""
    require(request, "store.view_stock")
    if not Stock.objects.filter(variant__sku=sku).exists():
        raise UnknownSku(sku)
    rows, cursor = page(movements.of_sku(sku), order=["-pk"], cursor=query.cursor, size=query.page_size)
    return {"items": [moved(line) for line in rows], "next_cursor": cursor}


@router.post("/stock/{path:sku}/movements", response={201: StockOut})
def add_movement(request: HttpRequest, sku: str, payload: MovementIn) -> tuple[int, dict[str, object]]:
    """Goods came, came back, broke or were never there. 409 `below_reserved` when orders hold more."""
    require(request, "store.change_stock")
    row = stock.adjust(
        sku=sku, change=payload.change, reason=payload.reason, actor=actor(request), note=payload.note.replace("\0", "")
    )
    return 201, shown(sku, row)


@router.get("/stock/{path:sku}", response=StockOut)
def get_stock(request: HttpRequest, sku: str) -> dict[str, object]:
    require(request, "store.view_stock")
    row = Stock.objects.filter(variant__sku=sku).first()
    if row is None:
        raise UnknownSku(sku)
    return shown(sku, row)


@router.put("/stock/{path:sku}", response=StockOut)
def put_stock(request: HttpRequest, sku: str, payload: StockIn) -> dict[str, object]:
    """409 `below_reserved` when orders hold more."""
    require(request, "store.change_stock")
    return shown(sku, stock.set_on_hand(sku=sku, on_hand=payload.on_hand, actor=actor(request)))


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied(_("Only shop managers may see and change stock."))


def shown(sku: str, row: Stock) -> dict[str, object]:
    return {"sku": sku, "on_hand": row.on_hand, "reserved": row.reserved, "available": row.available}


def actor(request: HttpRequest) -> str:
    return str(getattr(request.user, "email", ""))


def moved(line: StockMovement) -> dict[str, object]:
    names = ("at", "reason", "on_hand_before", "on_hand_change", "on_hand", "reserved_before", "reserved_change")
    fields = {name: getattr(line, name) for name in (*names, "reserved", "actor", "note")}
    return fields | {"order": line.order.number if line.order else None}
