"""/recipients: the caller's list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from pydantic import SkipValidation
from pydantic import ValidationError as SchemaError

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns import recipients as verbs
from campaigns import segments
from campaigns.api.access import campaign_owner, own, visible
from campaigns.api.plans import Id
from campaigns.models import Recipient, Segment, Tag
from campaigns.recipients import Entry

MAX_ITEMS = 1000
State = Literal["active", "unconfirmed", "unsubscribed", "bounced", "complained"]

router = Router()


class Consent(Schema):
    """`none`, or no consent at all, leaves the recipient unconfirmed: they are not mailed."""

    basis: Literal["opt-in", "customer", "none"] = "none"
    source: str = ""
    # The words that were agreed to; when they are left out, those that are known stay.
    wording: str | None = None


class MoreIn(Schema):
    """Values of own fields by key (null takes one away) and names of tags, made where they are new.

    `tags` are all of them; what is left out stays as it is.
    """

    time_zone: str | None = None
    language: str | None = None
    attributes: dict[str, str | bool | int | float | None] | None = None
    tags: list[str] | None = None
    consent: Consent | None = None

    def more(self) -> dict[str, Any]:
        """What an Entry takes of it."""
        return {
            "time_zone": self.time_zone,
            "language": self.language,
            "fields": self.attributes,
            "tags": self.tags,
            "consent_wording": self.consent.wording if self.consent else None,
        }


class RecipientIn(MoreIn):
    email: str
    full_name: str = ""
    comment: str = ""


class RecipientsIn(MoreIn):
    """One recipient, or up to 1,000 in `items`."""

    email: str = ""
    full_name: str = ""
    comment: str = ""
    # Each is looked at by itself: one that cannot be taken must not refuse the others.
    items: list[SkipValidation[RecipientIn]] | None = Field(None, max_length=MAX_ITEMS)


class RecipientChanges(MoreIn):
    """Only what is sent is changed."""

    email: str | None = None
    full_name: str | None = None
    comment: str | None = None


class ConsentOut(Schema):
    basis: str
    source: str
    wording: str
    at: datetime | None


class RecipientOut(Schema):
    id: int
    email: str
    full_name: str
    comment: str
    state: str
    consent: ConsentOut
    time_zone: str
    language: str
    attributes: dict[str, Any]
    tags: list[str]
    created_at: datetime

    @staticmethod
    def resolve_consent(recipient: Recipient) -> dict[str, Any]:
        wording = recipient.consent_wording
        return {
            "basis": recipient.consent_basis,
            "source": recipient.consent_source,
            "wording": wording.text if wording else "",
            "at": recipient.consented_at,
        }

    @staticmethod
    def resolve_tags(recipient: Recipient) -> list[str]:
        return [tag.name for tag in recipient.tags.all()]


class RecipientList(Schema):
    items: list[RecipientOut]
    next_cursor: str | None


class ItemOut(Schema):
    """`id` of what was added, or `error` (a sentence) with the `field` at fault."""

    id: int | None = None
    error: str | None = None
    field: str | None = None


class ItemsOut(Schema):
    items: list[ItemOut]


class RecipientQuery(PageQuery):
    """`tag` and `segment` are ids."""

    q: str = ""
    state: State | None = None
    tag: Id | None = None
    segment: Id | None = None


@router.post("/recipients", response={201: RecipientOut | ItemsOut}, auth=logged_in, exclude_none=True)
def create_recipients(request: HttpRequest, payload: RecipientsIn) -> Any:
    """Put one recipient into the list, or many: what can be taken is taken, each other item says why not."""
    owner = campaign_owner(request)
    if payload.items is not None:
        return 201, ItemsOut(items=add_items(request, payload.items))
    recipient = verbs.add_recipient(owner=owner, entry=entry(payload))
    return 201, recipient


def add_items(request: HttpRequest, items: Sequence[Any]) -> list[ItemOut]:
    answers: dict[int, ItemOut] = {}
    entries: dict[int, Entry] = {}
    for position, item in enumerate(items):
        try:
            entries[position] = entry(RecipientIn.model_validate(item))
        except SchemaError as error:
            first = error.errors()[0]
            answers[position] = ItemOut(error=first["msg"], field=".".join(str(part) for part in first["loc"]))
    positions = list(entries)
    added = verbs.add_recipients(owner=campaign_owner(request), entries=list(entries.values()))
    for number, recipient in added.recipients.items():
        answers[positions[number]] = ItemOut(id=recipient.pk)
    for number, problem in added.errors.items():
        field, messages = next(iter(problem.message_dict.items()))
        answers[positions[number]] = ItemOut(error=messages[0], field=field)
    return [answers[position] for position in range(len(items))]


def entry(payload: RecipientsIn | RecipientIn) -> Entry:
    consent = payload.consent or Consent()
    return Entry(payload.email, payload.full_name, payload.comment, consent.basis, consent.source, **payload.more())


@router.get("/recipients", response=RecipientList, auth=logged_in)
def list_recipients(request: HttpRequest, query: Query[RecipientQuery]) -> Any:
    """The list, newest first; `q` looks into e-mail, name and comment."""
    rows = visible(request, Recipient)
    if query.segment:
        segment = get_object_or_404(visible(request, Segment), pk=query.segment)
        rows = segments.matching(owner=segment.owner, rules=segment.rules)
    if query.tag:
        rows = rows.filter(tags=get_object_or_404(visible(request, Tag), pk=query.tag))
    if query.state:
        rows = rows.filter(state=query.state)
    return recipient_page(rows.search(query.q), query)  # type: ignore[attr-defined]


def recipient_page(rows: QuerySet[Recipient], query: PageQuery) -> dict[str, Any]:
    whole = rows.select_related("consent_wording").prefetch_related("tags")
    items, cursor = page(whole, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/recipients/{int:recipient_id}", response=RecipientOut, auth=logged_in)
def get_recipient(request: HttpRequest, recipient_id: int) -> Any:
    return get_object_or_404(visible(request, Recipient), pk=recipient_id)


@router.patch("/recipients/{int:recipient_id}", response=RecipientOut, auth=logged_in)
def change_recipient(request: HttpRequest, recipient_id: int, payload: RecipientChanges) -> Any:
    recipient = get_object_or_404(own(request, Recipient), pk=recipient_id)
    kept = Consent.model_construct(basis=recipient.consent_basis, source=recipient.consent_source)
    consent = payload.consent or kept
    entry = Entry(
        email=recipient.email if payload.email is None else payload.email,
        full_name=recipient.full_name if payload.full_name is None else payload.full_name,
        comment=recipient.comment if payload.comment is None else payload.comment,
        consent_basis=consent.basis,
        consent_source=consent.source,
        **payload.more(),
    )
    return verbs.change_recipient(recipient=recipient, entry=entry)


@router.delete("/recipients/{int:recipient_id}", response={204: None}, auth=logged_in)
def delete_recipient(request: HttpRequest, recipient_id: int) -> Any:
    verbs.delete_recipient(recipient=get_object_or_404(own(request, Recipient), pk=recipient_id))
    return 204, None
