"""The trace that a click leaves in the reader's browser, so that an order can be told to have followed it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.utils import timezone

from campaigns.models import Delivery

SALT = "campaigns.touch"


def leave(response: HttpResponse, *, delivery: Delivery) -> None:
    """The last click wins: it writes over the one before."""
    days = settings.CAMPAIGNS_ATTRIBUTION_DAYS
    if days <= 0:
        return
    response.set_cookie(
        settings.ATTRIBUTION_COOKIE,
        signed(delivery, timezone.now()),
        max_age=days * 24 * 60 * 60,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def signed(delivery: Delivery, at: datetime) -> str:
    return signing.dumps([delivery.pk, int(at.timestamp())], salt=SALT)


def read(stored: Any) -> tuple[int, datetime] | None:
    """The delivery and the moment of a click, from what an order has kept; None for what we never wrote."""
    value = stored.get("touch") if isinstance(stored, dict) else None
    try:
        delivery, seconds = signing.loads(str(value or ""), salt=SALT)
        return int(delivery), datetime.fromtimestamp(int(seconds), tz=timezone.get_default_timezone())
    except (signing.BadSignature, ValueError, TypeError, OverflowError):
        return None
