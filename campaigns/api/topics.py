"""/topics: what an owner writes about."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import topics as verbs
from campaigns.api.access import campaign_owner, own, visible
from campaigns.models import Topic

router = Router()


class TopicIn(Schema):
    name: str
    description: str = ""
    is_public: bool = True
    position: int = 0


class TopicOut(TopicIn):
    id: int


class TopicList(Schema):
    items: list[TopicOut]
    next_cursor: str | None


@router.get("/topics", response=TopicList, auth=logged_in)
def list_topics(request: HttpRequest, query: Query[PageQuery]) -> Any:
    items, cursor = page(visible(request, Topic), order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/topics", response={201: TopicOut}, auth=logged_in)
def create_topic(request: HttpRequest, payload: TopicIn) -> Any:
    return 201, verbs.create_topic(owner=campaign_owner(request), **payload.dict())


@router.put("/topics/{int:topic_id}", response=TopicOut, auth=logged_in)
def change_topic(request: HttpRequest, topic_id: int, payload: TopicIn) -> Any:
    return verbs.change_topic(topic=get_object_or_404(own(request, Topic), pk=topic_id), **payload.dict())


@router.delete("/topics/{int:topic_id}", response={204: None}, auth=logged_in)
def delete_topic(request: HttpRequest, topic_id: int) -> Any:
    verbs.delete_topic(topic=get_object_or_404(own(request, Topic), pk=topic_id))
    return 204, None
