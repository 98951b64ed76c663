"""Stock, for those who keep the shop."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from api.auth import user
from store import stock
from store.errors import UnknownSku
from store.models import Stock

router = Router(tags=["stock"], auth=user)


class StockIn(Schema):
    on_hand: int = Field(ge=0, le=stock.MAX_ON_HAND)


class StockOut(Schema):
    sku: str
    on_hand: int
    reserved: int
    available: int


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
    return shown(
        sku, stock.set_on_hand(sku=sku, on_hand=payload.on_hand, actor=str(getattr(request.user, "email", "")))
    )


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied(_("Only shop managers may see and change stock."))


def shown(sku: str, row: Stock) -> dict[str, object]:
    return {"sku": sku, "on_hand": row.on_hand, "reserved": row.reserved, "available": row.available}
