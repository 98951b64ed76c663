"""/deliveries: each recipient of a mailing, with every attempt and the server's answer."""

from datetime import datetime
from typing import Any, Literal

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns.api.access import visible
from campaigns.models import Attempt, Delivery, Mailing

router = Router()


class AttemptOut(Schema):
    at: datetime
    status: str
    code: int | None
    response: str


class DeliveryOut(Schema):
    id: int
    email: str
    status: str
    run: int = Field(alias="run_id")
    attempts: list[AttemptOut]


class DeliveryList(Schema):
    items: list[DeliveryOut]
    next_cursor: str | None


class DeliveryQuery(PageQuery):
    mailing: int = Field(ge=1, le=2**63 - 1)
    status: Literal["queued", "claimed", "sent", "failed", "in_doubt", "suppressed"] | None = None


@router.get("/deliveries", response=DeliveryList, auth=logged_in, by_alias=False)
def list_deliveries(request: HttpRequest, query: Query[DeliveryQuery]) -> Any:
    mailing = get_object_or_404(visible(request, Mailing), pk=query.mailing)
    rows = Delivery.objects.filter(run__mailing=mailing)
    if query.status:
        rows = rows.filter(status=query.status)
    rows = rows.prefetch_related(Prefetch("attempts", queryset=Attempt.objects.order_by("pk")))
    items, cursor = page(rows, order=("id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}
