"""/tags: the words that the caller puts on recipients."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import tags as verbs
from campaigns.api.access import campaign_owner, own, visible
from campaigns.api.conflicts import conflicts
from campaigns.api.plans import Id
from campaigns.models import Tag

router = Router()


class TagIn(Schema):
    name: str


class TagOut(TagIn):
    id: int


class CountedTag(TagOut):
    recipients: int

    @staticmethod
    def resolve_recipients(tag: Any) -> int:
        return int(tag.recipient_count)


class TagList(Schema):
    items: list[CountedTag]
    next_cursor: str | None


class MergeIn(Schema):
    into: Id


@router.get("/tags", response=TagList, auth=logged_in)
def list_tags(request: HttpRequest, query: Query[PageQuery]) -> Any:
    """Each with the number of its recipients."""
    rows = verbs.with_counts(visible(request, Tag))
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/tags", response={201: TagOut}, auth=logged_in)
def create_tag(request: HttpRequest, payload: TagIn) -> Any:
    return 201, verbs.add_tag(owner=campaign_owner(request), name=payload.name)


@router.get("/tags/{int:tag_id}", response=CountedTag, auth=logged_in)
def get_tag(request: HttpRequest, tag_id: int) -> Any:
    return get_object_or_404(verbs.with_counts(visible(request, Tag)), pk=tag_id)


@router.patch("/tags/{int:tag_id}", response=TagOut, auth=logged_in)
def rename_tag(request: HttpRequest, tag_id: int, payload: TagIn) -> Any:
    return verbs.rename_tag(tag=get_object_or_404(own(request, Tag), pk=tag_id), name=payload.name)


@router.delete("/tags/{int:tag_id}", response={204: None}, auth=logged_in)
def delete_tag(request: HttpRequest, tag_id: int) -> Any:
    """Take it off everybody; 409 while a segment or a mailing asks for it."""
    tag = get_object_or_404(own(request, Tag), pk=tag_id)
    with conflicts():
        verbs.delete_tag(tag=tag)
    return 204, None


@router.post("/tags/{int:tag_id}/merge", response=TagOut, auth=logged_in)
def merge_tag(request: HttpRequest, tag_id: int, payload: MergeIn) -> Any:
    """Everybody and everything with this tag gets `into`; this one is gone then."""
    into = get_object_or_404(own(request, Tag), pk=payload.into)
    verbs.merge_tag(tag=get_object_or_404(own(request, Tag), pk=tag_id), into=into)
    return into
