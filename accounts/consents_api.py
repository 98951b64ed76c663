"""/me/consents: what the caller has agreed to."""

from datetime import datetime
from typing import Any, Literal, cast

from django.http import HttpRequest
from ninja import Router, Schema

from accounts import consents
from accounts.consent_words import words_for
from accounts.models import Consent, User
from api.auth import user as logged_in

Purpose = Literal["newsletter", "tracking"]

router = Router(tags=["people"])


class ConsentIn(Schema):
    """Agreeing to the words that `GET /me/consents` shows under `words`."""

    purpose: Purpose


class ConsentOut(Schema):
    """`words` are those that were agreed to; `withdrawn_at` is null while it is in force."""

    email: str
    purpose: str
    words: str
    given_at: datetime
    source: str
    ip: str | None
    withdrawn_at: datetime | None

    @staticmethod
    def resolve_words(consent: Consent) -> str:
        return consent.text.text


class ConsentsOut(Schema):
    """`words` by purpose as one would agree to them now, and all that was ever agreed to, newest first."""

    words: dict[str, str]
    items: list[ConsentOut]


@router.get("/me/consents", response=ConsentsOut, auth=logged_in)
def list_consents(request: HttpRequest) -> Any:
    words = {purpose: words_for(purpose) for purpose in Consent.Purpose.values}
    return {"words": words, "items": consents.history(cast(User, request.user))}


@router.post("/me/consents", response={201: ConsentOut}, auth=logged_in)
def give_consent(request: HttpRequest, payload: ConsentIn) -> Any:
    """Agree, for the account's own address; once more changes nothing."""
    user = cast(User, request.user)
    return 201, consents.give(
        email=user.email,
        user=user,
        purpose=payload.purpose,
        text=words_for(payload.purpose),
        source="API",
        ip=request.META.get("REMOTE_ADDR"),
    )


@router.delete("/me/consents/{purpose}", response={204: None}, auth=logged_in)
def withdraw_consent(request: HttpRequest, purpose: Purpose) -> Any:
    """Take it back; where there is nothing to take back, all is well too."""
    consents.withdraw(email=cast(User, request.user).email, purpose=purpose, source="API")
    return 204, None
