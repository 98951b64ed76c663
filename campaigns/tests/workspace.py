"""What the tests of the workspace share."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Message


def url(name: str, *args: Any) -> str:
    return reverse(f"campaigns:{name}", args=args)


def plan(message: Message, /, **fields: Any) -> dict[str, Any]:
    start = timezone.now() + timedelta(days=1)
    values = {"message": message.pk, "audience": "all", "start": f"{start:%Y-%m-%dT%H:%M}", "periodicity": "once"}
    return {**values, **fields}
