"""/mailing-settings, /senders: what the caller says about all their mailings, and where these come from."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from api.auth import user as logged_in
from campaigns import owner_settings, owners, senders
from campaigns.api.access import campaign_owner, own
from campaigns.api.conflicts import conflicts
from campaigns.models import SenderAddress

router = Router()


class SettingsOut(Schema):
    """`daily_quota`: null means the site's own; managers set it."""

    postal_address: str
    advertiser: str
    notes_opens: bool
    notes_clicks: bool
    resends_in_doubt: bool
    daily_quota: int | None


class SettingsChanges(Schema):
    """Only what is sent is changed."""

    postal_address: str | None = None
    advertiser: str | None = None
    notes_opens: bool | None = None
    notes_clicks: bool | None = None
    resends_in_doubt: bool | None = None


class SenderIn(Schema):
    email: str
    name: str = ""


class SenderOut(Schema):
    id: int
    email: str
    name: str
    verified_at: datetime | None
    default: bool = Field(alias="is_default")


class SenderList(Schema):
    items: list[SenderOut]


@router.get("/mailing-settings", response=SettingsOut, auth=logged_in)
def get_settings(request: HttpRequest) -> Any:
    return owners.settings_of(campaign_owner(request))


@router.patch("/mailing-settings", response=SettingsOut, auth=logged_in)
def change_settings(request: HttpRequest, payload: SettingsChanges) -> Any:
    owner = campaign_owner(request)
    sent = {name: value for name, value in payload.dict(exclude_unset=True).items() if value is not None}
    now = asdict(owner_settings.choices_of(owners.settings_of(owner)))
    return owner_settings.change_settings(owner=owner, choices=owner_settings.Choices(**{**now, **sent}))


@router.get("/senders", response=SenderList, auth=logged_in, by_alias=False)
def list_senders(request: HttpRequest) -> Any:
    return {"items": list(own(request, SenderAddress))}


@router.post("/senders", response={201: SenderOut}, auth=logged_in, by_alias=False)
def add_sender(request: HttpRequest, payload: SenderIn) -> Any:
    """Its mailbox gets a link; the address is used once somebody has opened it there and agreed."""
    return 201, senders.add_sender(owner=campaign_owner(request), email=payload.email, name=payload.name)


@router.post("/senders/{int:sender_id}/ask", response=SenderOut, auth=logged_in, by_alias=False)
def ask_sender(request: HttpRequest, sender_id: int) -> Any:
    """Send the mail again; 409 when it is verified or was asked too often."""
    sender = get_object_or_404(own(request, SenderAddress).select_related("owner"), pk=sender_id)
    with conflicts():
        senders.ask(sender=sender)
    return sender


@router.post("/senders/{int:sender_id}/default", response=SenderOut, auth=logged_in, by_alias=False)
def make_default(request: HttpRequest, sender_id: int) -> Any:
    """409 unless it is verified."""
    sender = get_object_or_404(own(request, SenderAddress).select_related("owner"), pk=sender_id)
    with conflicts():
        senders.make_default(sender=sender)
    sender.refresh_from_db()
    return sender


@router.delete("/senders/{int:sender_id}", response={204: None}, auth=logged_in)
def delete_sender(request: HttpRequest, sender_id: int) -> Any:
    senders.delete_sender(sender=get_object_or_404(own(request, SenderAddress), pk=sender_id))
    return 204, None
