"""/recipient-fields: what else the caller knows of recipients."""

from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import bulk
from campaigns import own_fields as verbs
from campaigns.api.access import campaign_owner, own, visible
from campaigns.api.conflicts import conflicts
from campaigns.models import RecipientField

router = Router()


class FieldIn(Schema):
    """`key` is what messages and `attributes` use; it stays, as `kind` does."""

    key: str
    label: str
    kind: Literal["text", "number", "date", "yes-no"] = "text"


class FieldChanges(Schema):
    """`key` may be sent along, but not changed."""

    label: str
    key: str | None = None


class FieldOut(FieldIn):
    id: int
    position: int


class FieldList(Schema):
    items: list[FieldOut]
    next_cursor: str | None


@router.get("/recipient-fields", response=FieldList, auth=logged_in)
def list_fields(request: HttpRequest, query: Query[PageQuery]) -> Any:
    rows = visible(request, RecipientField)
    items, cursor = page(rows, order=("position", "id"), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/recipient-fields", response={201: FieldOut}, auth=logged_in)
def create_field(request: HttpRequest, payload: FieldIn) -> Any:
    return 201, verbs.add_field(owner=campaign_owner(request), **payload.dict())


@router.get("/recipient-fields/{int:field_id}", response=FieldOut, auth=logged_in)
def get_field(request: HttpRequest, field_id: int) -> Any:
    return get_object_or_404(visible(request, RecipientField), pk=field_id)


@router.patch("/recipient-fields/{int:field_id}", response=FieldOut, auth=logged_in)
def change_field(request: HttpRequest, field_id: int, payload: FieldChanges) -> Any:
    return verbs.change_field(field=get_object_or_404(own(request, RecipientField), pk=field_id), **payload.dict())


@router.delete("/recipient-fields/{int:field_id}", response={204: None}, auth=logged_in)
def delete_field(request: HttpRequest, field_id: int) -> Any:
    """With what it says of every recipient; 409 while a segment or a message needs it."""
    field = get_object_or_404(own(request, RecipientField), pk=field_id)
    with conflicts():
        bulk.delete_field(field=field)
    return 204, None
