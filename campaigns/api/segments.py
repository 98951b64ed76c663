"""/segments: saved questions about the caller's list, and who answers to them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from accounts.models import User
from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import segment_verbs as verbs
from campaigns import segments
from campaigns.api.access import campaign_owner, own, visible
from campaigns.api.conflicts import conflicts
from campaigns.api.recipients import RecipientList, recipient_page
from campaigns.models import Segment

router = Router()


class RulesIn(Schema):
    """`{"match": "all" | "any", "rules": [{"field": …, "test": …, "value": …}]}`; own fields are `own:key`."""

    rules: dict[str, Any]


class SegmentIn(RulesIn):
    name: str


class SegmentChanges(Schema):
    """Only what is sent is changed."""

    name: str | None = None
    rules: dict[str, Any] | None = None


class SegmentOut(Schema):
    id: int
    name: str
    rules: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class SegmentList(Schema):
    items: list[SegmentOut]
    next_cursor: str | None


class Count(Schema):
    """`mailable` of the `recipients` agreed and are still there."""

    recipients: int
    mailable: int


@router.get("/segments", response=SegmentList, auth=logged_in)
def list_segments(request: HttpRequest, query: Query[PageQuery]) -> Any:
    items, cursor = page(visible(request, Segment), order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/segments", response={201: SegmentOut}, auth=logged_in)
def create_segment(request: HttpRequest, payload: SegmentIn) -> Any:
    return 201, verbs.save_segment(owner=campaign_owner(request), name=payload.name, rules=payload.rules)


@router.post("/segments/count", response=Count, auth=logged_in)
def count_of_rules(request: HttpRequest, payload: RulesIn) -> Any:
    """Whom these rules would find; nothing is saved."""
    owner = campaign_owner(request)
    return counted(owner, segments.checked(owner=owner, rules=payload.rules))


@router.get("/segments/{int:segment_id}", response=SegmentOut, auth=logged_in)
def get_segment(request: HttpRequest, segment_id: int) -> Any:
    return get_object_or_404(visible(request, Segment), pk=segment_id)


@router.patch("/segments/{int:segment_id}", response=SegmentOut, auth=logged_in)
def change_segment(request: HttpRequest, segment_id: int, payload: SegmentChanges) -> Any:
    segment = get_object_or_404(own(request, Segment).select_related("owner"), pk=segment_id)
    return verbs.save_segment(
        owner=segment.owner,
        segment=segment,
        name=segment.name if payload.name is None else payload.name,
        rules=segment.rules if payload.rules is None else payload.rules,
    )


@router.delete("/segments/{int:segment_id}", response={204: None}, auth=logged_in)
def delete_segment(request: HttpRequest, segment_id: int) -> Any:
    """409 while a mailing is sent to it, or not sent to it."""
    segment = get_object_or_404(own(request, Segment), pk=segment_id)
    with conflicts():
        verbs.delete_segment(segment=segment)
    return 204, None


@router.get("/segments/{int:segment_id}/count", response=Count, auth=logged_in)
def count_of_segment(request: HttpRequest, segment_id: int) -> Any:
    segment = get_object_or_404(visible(request, Segment).select_related("owner"), pk=segment_id)
    return counted(segment.owner, segment.rules)


@router.get("/segments/{int:segment_id}/recipients", response=RecipientList, auth=logged_in)
def list_recipients_of_segment(request: HttpRequest, segment_id: int, query: Query[PageQuery]) -> Any:
    """Whatever their state, newest first."""
    segment = get_object_or_404(visible(request, Segment).select_related("owner"), pk=segment_id)
    return recipient_page(segments.matching(owner=segment.owner, rules=segment.rules), query)


def counted(owner: User, rules: Any) -> dict[str, int]:
    found: Any = segments.matching(owner=owner, rules=rules)
    return {"recipients": found.count(), "mailable": found.mailable().count()}
