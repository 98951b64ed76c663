"""/sign-up-forms: pages and snippets by which people put themselves into the caller's list."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from accounts.models import User
from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import joining as verbs
from campaigns.api.access import campaign_owner, own, visible
from campaigns.api.plans import Id, found, ids
from campaigns.models import OptInForm, Tag, Topic

router = Router()


class FormIn(Schema):
    """`tags` and `topics` are ids, `fields` keys of own fields that the form asks for."""

    name: str
    heading: str = ""
    introduction: str = ""
    consent_text: str
    asks_name: bool = True
    asks_tracking: bool = False
    fields: list[str] = []
    tags: list[Id] = []
    topics: list[Id] = []
    thanks: str = ""
    is_open: bool = True


class FormChanges(Schema):
    """Only what is sent is changed; null changes nothing."""

    name: str | None = None
    heading: str | None = None
    introduction: str | None = None
    consent_text: str | None = None
    asks_name: bool | None = None
    asks_tracking: bool | None = None
    fields: list[str] | None = None
    tags: list[Id] | None = None
    topics: list[Id] | None = None
    thanks: str | None = None
    is_open: bool | None = None


class FormOut(FormIn):
    """`frame` and `html` are to be pasted into another site."""

    id: int
    url: str
    frame: str
    html: str
    created_at: datetime

    @staticmethod
    def resolve_tags(form: OptInForm) -> list[int]:
        return ids(form.tags.all())

    @staticmethod
    def resolve_topics(form: OptInForm) -> list[int]:
        return ids(form.topics.all())

    @staticmethod
    def resolve_url(form: OptInForm) -> str:
        return verbs.page_url(form)

    @staticmethod
    def resolve_frame(form: OptInForm) -> str:
        return verbs.frame_snippet(form)

    @staticmethod
    def resolve_html(form: OptInForm) -> str:
        return verbs.plain_snippet(form)


class FormList(Schema):
    items: list[FormOut]
    next_cursor: str | None


@router.get("/sign-up-forms", response=FormList, auth=logged_in)
def list_forms(request: HttpRequest, query: Query[PageQuery]) -> Any:
    rows = visible(request, OptInForm).prefetch_related("tags", "topics")
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/sign-up-forms", response={201: FormOut}, auth=logged_in)
def create_form(request: HttpRequest, payload: FormIn) -> Any:
    owner = campaign_owner(request)
    return 201, verbs.save_form(owner=owner, values=rows_for(owner, payload.dict()))


@router.get("/sign-up-forms/{int:form_id}", response=FormOut, auth=logged_in)
def get_form(request: HttpRequest, form_id: int) -> Any:
    return get_object_or_404(visible(request, OptInForm), pk=form_id)


@router.patch("/sign-up-forms/{int:form_id}", response=FormOut, auth=logged_in)
def change_form(request: HttpRequest, form_id: int, payload: FormChanges) -> Any:
    form = get_object_or_404(own(request, OptInForm).select_related("owner"), pk=form_id)
    values = rows_for(form.owner, payload.dict(exclude_none=True))
    return verbs.save_form(owner=form.owner, values=values, form=form)


@router.delete("/sign-up-forms/{int:form_id}", response={204: None}, auth=logged_in)
def delete_form(request: HttpRequest, form_id: int) -> Any:
    """Who has signed up by it stays, with the proof."""
    verbs.delete_form(form=get_object_or_404(own(request, OptInForm), pk=form_id))
    return 204, None


def rows_for(owner: User, sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with rows for ids. CampaignError for ids that are not the owner's."""
    models = {"tags": Tag, "topics": Topic}
    return sent | {name: found(model, owner, sent[name]) for name, model in models.items() if name in sent}
