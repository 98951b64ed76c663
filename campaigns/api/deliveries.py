"""/deliveries: each recipient of a mailing, with every attempt and the server's answer, and what came afterwards."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import deliveries
from campaigns.api.access import visible
from campaigns.models import Delivery, DeliveryEvent, Mailing

router = Router()


class AttemptOut(Schema):
    at: datetime
    status: str
    code: int | None
    response: str


class EventOut(Schema):
    """What became of the message afterwards. A machine's opens and clicks are kept and not counted."""

    at: datetime
    kind: str
    by_machine: bool
    link: str | None
    details: str

    @staticmethod
    def resolve_link(event: DeliveryEvent) -> str | None:
        return event.link.url if event.link else None


class DeliveryOut(Schema):
    id: int
    email: str
    status: str
    run: int = Field(alias="run_id")
    attempts: list[AttemptOut]
    events: list[EventOut]


class DeliveryList(Schema):
    items: list[DeliveryOut]
    next_cursor: str | None


class DeliveryQuery(PageQuery):
    """`event`: only those to which that has happened, by people. `q`: words of the address."""

    mailing: int = Field(ge=1, le=2**63 - 1)
    run: int | None = Field(None, ge=1, le=2**63 - 1)
    status: Literal["queued", "claimed", "sent", "failed", "in_doubt", "suppressed"] | None = None
    event: Literal["opened", "clicked", "bounced", "complained", "unsubscribed"] | None = None
    q: str = Field("", max_length=100)


@router.get("/deliveries", response=DeliveryList, auth=logged_in, by_alias=False)
def list_deliveries(request: HttpRequest, query: Query[DeliveryQuery]) -> Any:
    mailing = get_object_or_404(visible(request, Mailing), pk=query.mailing)
    runs = mailing.runs.order_by("pk")
    ids = list((runs.filter(pk=query.run) if query.run else runs).values_list("pk", flat=True))
    rows = deliveries.found(runs=ids, state=query.event or "", words=query.q.replace("\0", "").strip())
    if query.status:
        rows = rows.filter(status=query.status)
    items, cursor = page(deliveries.told(rows), order=("id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/deliveries/{int:delivery_id}", response=DeliveryOut, auth=logged_in, by_alias=False)
def get_delivery(request: HttpRequest, delivery_id: int) -> Any:
    return get_object_or_404(deliveries.told(visible(request, Delivery)), pk=delivery_id)
