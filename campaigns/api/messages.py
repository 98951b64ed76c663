"""/messages: what the caller has written."""

from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import block_editing, checks, link_checks, message_templates
from campaigns import messages as verbs
from campaigns.api.access import campaign_owner, own, visible
from campaigns.api.conflicts import conflicts
from campaigns.block_forms import FORMS
from campaigns.errors import CampaignError
from campaigns.models import Message, Recipient

router = Router()


class BlockIn(Schema):
    """`values` are the fields of the editor's form for blocks of that type; pictures are uploaded in the editor."""

    type: str
    values: dict[str, str | int] = {}


class MessageIn(Schema):
    """Plain text or simple HTML with merge fields: `{{ full_name|reader }}`, `{{ email }}`, `{{ unsubscribe_url }}`.

    With `template` (see /message-templates) it begins with that template's blocks, and with its subject and preview
    line where none are given; `body` and `kind` then say nothing.
    """

    subject: str = ""
    preheader: str = ""
    body: str = ""
    kind: Literal["plain", "blocks"] = "plain"
    template: str = ""


class MessageTemplateOut(Schema):
    """In the caller's language."""

    key: str
    name: str
    description: str
    subject: str
    preheader: str


class MessageTemplateList(Schema):
    items: list[MessageTemplateOut]


class MessageChanges(Schema):
    """Only what is sent is changed."""

    subject: str | None = None
    preheader: str | None = None
    body: str | None = None


class MessageOut(Schema):
    id: int
    kind: str
    subject: str
    preheader: str
    body: str
    created_at: datetime
    updated_at: datetime


class MessageList(Schema):
    items: list[MessageOut]
    next_cursor: str | None


class PreviewOut(Schema):
    """The whole mail; `html` is a document of its own."""

    subject: str
    html: str
    text: str


class FindingOut(Schema):
    """`level` is "error" or "warning"; `code` stays the same in every language."""

    level: str
    code: str
    text: str


class MessageQuery(PageQuery):
    q: str = ""


@router.post("/messages", response={201: MessageOut}, auth=logged_in)
def create_message(request: HttpRequest, payload: MessageIn) -> Any:
    owner, values = campaign_owner(request), payload.dict(exclude={"template"})
    if not payload.template:
        return 201, verbs.create_message(owner=owner, **values)
    return 201, message_templates.create_from_template(
        owner=owner, template=payload.template, subject=payload.subject, preheader=payload.preheader
    )


@router.get("/message-templates", response=MessageTemplateList, auth=logged_in)
def list_message_templates(request: HttpRequest) -> Any:
    """What a message of blocks may begin with."""
    return {"items": message_templates.offered(campaign_owner(request))}


@router.get("/message-templates/{slug:key}/preview", response=PreviewOut, auth=logged_in)
def preview_message_template(request: HttpRequest, key: str) -> Any:
    """The mail that it begins with, with the goods and posts of today."""
    return verbs.preview(message=message_templates.sample_of(campaign_owner(request), key))


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
    return verbs.change_message(message=message, subject=subject, body=body, preheader=payload.preheader)


@router.post("/messages/{int:message_id}/blocks", response={201: MessageOut}, auth=logged_in)
def add_block(request: HttpRequest, message_id: int, payload: BlockIn) -> Any:
    """At the end of a message of blocks."""
    message = get_object_or_404(own(request, Message), pk=message_id, kind=Message.Kind.BLOCKS)
    if payload.type not in FORMS or payload.type == "image":
        raise CampaignError(_("There is no block of this kind."))
    form = FORMS[payload.type](payload.values)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return 201, block_editing.add_block(message=message, kind=payload.type, value=form.value())


@router.get("/messages/{int:message_id}/preview", response=PreviewOut, auth=logged_in)
def preview_message(request: HttpRequest, message_id: int, recipient: int | None = None) -> Any:
    """As the recipient with this id would read it, or an invented one."""
    message = get_object_or_404(own(request, Message), pk=message_id)
    reader = get_object_or_404(own(request, Recipient), pk=recipient) if recipient is not None else None
    return verbs.preview(message=message, recipient=reader)


@router.get("/messages/{int:message_id}/checks", response=list[FindingOut], auth=logged_in)
def check_message(request: HttpRequest, message_id: int) -> Any:
    """What to look at before it goes out to all who may be written to, with what its links last answered."""
    message = get_object_or_404(own(request, Message), pk=message_id)
    return [*checks.check(message), *link_checks.state_of(message).findings]


@router.post("/messages/{int:message_id}/checks", response={202: None}, auth=logged_in)
def try_links(request: HttpRequest, message_id: int) -> Any:
    """Have its links to other sites tried; the answers stand among its checks some seconds later."""
    link_checks.ask(message=get_object_or_404(own(request, Message), pk=message_id))
    return 202, None


@router.post("/messages/{int:message_id}/test", response={202: None}, auth=logged_in)
def test_message(request: HttpRequest, message_id: int) -> Any:
    """Mail it to the caller's own address; again within five seconds sends nothing."""
    verbs.send_test(message=get_object_or_404(own(request, Message), pk=message_id), to=campaign_owner(request))
    return 202, None


@router.delete("/messages/{int:message_id}", response={204: None}, auth=logged_in)
def delete_message(request: HttpRequest, message_id: int) -> Any:
    """409 while a mailing uses it."""
    message = get_object_or_404(own(request, Message), pk=message_id)
    with conflicts():
        verbs.delete_message(message=message)
    return 204, None
