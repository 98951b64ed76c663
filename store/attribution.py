"""What brought a shopper here, as somebody above the shop has left it: kept with the order, never read here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

LONGEST = 300


def touch_of(request: HttpRequest) -> dict[str, Any] | None:
    value = request.COOKIES.get(settings.ATTRIBUTION_COOKIE, "").replace("\0", "")
    return {"touch": value} if 0 < len(value) <= LONGEST else None
