"""Coupons, for those who keep the shop."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from api.auth import user
from api.paging import PageQuery, page
from store import coupon_terms
from store.coupon_terms import Target
from store.models import Coupon, CouponTarget, CouponUse, code_key

router = Router(tags=["coupons"], auth=user)
Money = Field(None, ge=0, max_digits=12, decimal_places=2)
MOST_TARGETS = 200


class TargetIn(Schema):
    """Slugs; what stands together must fit together: a brand and a category mean the brand's goods in it."""

    product: str = Field("", max_length=255)
    category: str = Field("", max_length=255)
    brand: str = Field("", max_length=255)


class CouponChanges(Schema):
    """What is left out stays as it is; null takes a limit away. `value`: per cent, or the amount. With `targets` it
    holds for these goods alone, with an empty list for all. `max_uses_each` counts by account and by e-mail."""

    code: str = Field("", max_length=40, min_length=1)
    kind: Literal["percent", "amount", "free_shipping"] = "percent"
    value: Decimal = Field(Decimal(0), ge=0, max_digits=12, decimal_places=2)
    minimum: Decimal | None = Money
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    excludes_sale: bool = False
    max_uses: int | None = Field(None, ge=1, le=2_000_000_000)
    max_uses_each: int | None = Field(None, ge=1, le=2_000_000_000)
    active: bool = True
    batch: str = Field("", max_length=60)
    targets: list[TargetIn] = Field([], max_length=MOST_TARGETS)


class NewCoupon(CouponChanges):
    code: str = Field(min_length=1, max_length=40)


class TargetOut(Schema):
    product: str | None
    category: str | None
    brand: str | None


class CouponOut(Schema):
    """`used` counts the orders that hold it now."""

    id: int
    code: str
    kind: str
    value: Decimal
    minimum: Decimal | None
    starts_at: datetime | None
    ends_at: datetime | None
    excludes_sale: bool
    max_uses: int | None
    max_uses_each: int | None
    used: int
    active: bool
    batch: str
    targets: list[TargetOut]

    @staticmethod
    def resolve_targets(coupon: Coupon) -> list[dict[str, str | None]]:
        rows: list[CouponTarget] = list(coupon.targets.all())
        return [{name: slug_of(getattr(row, name)) for name in ("product", "category", "brand")} for row in rows]


class CouponPage(Schema):
    items: list[CouponOut]
    next_cursor: str | None


class CouponsQuery(PageQuery):
    """`q` is a part of the code."""

    q: str = ""
    active: bool | None = None
    batch: str = ""


class UseOut(Schema):
    """One order; `released_at` is set when it came to nothing and gave the coupon back."""

    order: str
    email: str
    amount: Decimal
    currency: str
    used_at: datetime
    released_at: datetime | None

    @staticmethod
    def resolve_order(use: CouponUse) -> str:
        return use.order.number

    @staticmethod
    def resolve_email(use: CouponUse) -> str:
        return use.order.email

    @staticmethod
    def resolve_currency(use: CouponUse) -> str:
        return use.order.currency


class UsePage(Schema):
    items: list[UseOut]
    next_cursor: str | None


@router.get("/coupons", response=CouponPage)
def list_coupons(request: HttpRequest, query: Query[CouponsQuery]) -> dict[str, Any]:
    """The newest first."""
    require(request, "store.view_coupon")
    rows = Coupon.objects.prefetch_related("targets__product", "targets__category", "targets__brand")
    if query.q:
        rows = rows.filter(key__contains=code_key(query.q))
    if query.active is not None:
        rows = rows.filter(active=query.active)
    if query.batch:
        rows = rows.filter(batch=query.batch.replace("\x00", ""))
    items, cursor = page(rows, order=("-pk",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/coupons", response={201: CouponOut})
def create_coupon(request: HttpRequest, payload: NewCoupon) -> tuple[int, Coupon]:
    """422 with the fields that are wrong, a code that exists among them."""
    require(request, "store.add_coupon")
    return 201, save(request, None, payload)


@router.get("/coupons/{int:pk}", response=CouponOut)
def get_coupon(request: HttpRequest, pk: int) -> Coupon:
    require(request, "store.view_coupon")
    return found(pk)


@router.patch("/coupons/{int:pk}", response=CouponOut)
def change_coupon(request: HttpRequest, pk: int, payload: CouponChanges) -> Coupon:
    """Orders that hold it keep what it gave them. 422 for fewer uses than there are."""
    require(request, "store.change_coupon")
    return save(request, found(pk), payload)


@router.post("/coupons/{int:pk}/switch-off", response=CouponOut)
def switch_off(request: HttpRequest, pk: int) -> Coupon:
    """From now on no order takes it; safe to call twice."""
    require(request, "store.change_coupon")
    return coupon_terms.save(coupon=found(pk), terms={"active": False}, user=request.user)


@router.get("/coupons/{int:pk}/uses", response=UsePage)
def list_uses(request: HttpRequest, pk: int, query: Query[PageQuery]) -> dict[str, Any]:
    """Who has used it, the newest first."""
    require(request, "store.view_couponuse")
    rows = CouponUse.objects.filter(coupon=found(pk)).select_related("order")
    items, cursor = page(rows, order=("-pk",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def found(pk: int) -> Coupon:
    coupon = Coupon.objects.filter(pk=pk).first() if pk < 2**63 else None
    if coupon is None:
        raise Http404
    return coupon


def save(request: HttpRequest, coupon: Coupon | None, payload: CouponChanges) -> Coupon:
    terms = payload.dict(exclude_unset=True)
    rows = terms.pop("targets", None)
    terms = {name: value.replace("\x00", "") if isinstance(value, str) else value for name, value in terms.items()}
    targets = None if rows is None else [Target(**row) for row in rows]
    return coupon_terms.save(coupon=coupon, terms=terms, targets=targets, user=request.user)


def slug_of(row: Any) -> str | None:
    return row.slug if row else None
