"""/messages: what the caller has written."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import messages as verbs
from campaigns.api.access import campaign_owner, own, visible
from campaigns.api.conflicts import conflicts
from campaigns.models import Message

router = Router()


class MessageIn(Schema):
    """Plain text or simple HTML with merge fields: `{{ full_name|reader }}`, `{{ email }}`, `{{ unsubscribe_url }}`."""

    subject: str
    body: str


class MessageChanges(Schema):
    """Only what is sent is changed."""

    subject: str | None = None
    body: str | None = None


class MessageOut(Schema):
    id: int
    subject: str
    body: str
    created_at: datetime
    updated_at: datetime


class MessageList(Schema):
    items: list[MessageOut]
    next_cursor: str | None


class MessageQuery(PageQuery):
    q: str = ""


@router.post("/messages", response={201: MessageOut}, auth=logged_in)
def create_message(request: HttpRequest, payload: MessageIn) -> Any:
    return 201, verbs.create_message(owner=campaign_owner(request), subject=payload.subject, body=payload.body)


@router.get("/messages", response=MessageList, auth=logged_in)
def list_messages(request: HttpRequest, query: Query[MessageQuery]) -> Any:
    """Newest first; `q` looks into subject and body."""
    rows = visible(request, Message).search(query.q)  # type: ignore[attr-defined]
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/messages/{int:message_id}", response=MessageOut, auth=logged_in)
def get_message(request: HttpRequest, message_id: int) -> Any:
    return get_object_or_404(visible(request, Message), pk=message_id)


@router.patch("/messages/{int:message_id}", response=MessageOut, auth=logged_in)
def change_message(request: HttpRequest, message_id: int, payload: MessageChanges) -> Any:
    message = get_object_or_404(own(request, Message), pk=message_id)
    subject = message.subject if payload.subject is None else payload.subject
    body = message.body if payload.body is None else payload.body
    return verbs.change_message(message=message, subject=subject, body=body)


@router.delete("/messages/{int:message_id}", response={204: None}, auth=logged_in)
def delete_message(request: HttpRequest, message_id: int) -> Any:
    """409 while a mailing uses it."""
    message = get_object_or_404(own(request, Message), pk=message_id)
    with conflicts():
        verbs.delete_message(message=message)
    return 204, None
