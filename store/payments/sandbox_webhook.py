"""The built-in gateway's calls: signed, verified, stored and worked off as those of a real one are."""

import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.utils import timezone

from store.models import WebhookEvent
from store.payments import webhooks
from store.payments.sandbox import CODE


def signature(body: bytes) -> str:
    return hmac.new(f"sandbox {settings.SECRET_KEY}".encode(), body, hashlib.sha256).hexdigest()


def call(kind: str, payload: dict[str, Any], *, after: timedelta = timedelta(0)) -> WebhookEvent:
    """What the gateway sends; `after` some time where it thinks first."""
    event = {"id": f"evt_{secrets.token_hex(12)}", "type": kind, "data": payload}
    body = json.dumps(event).encode()
    return receive(body, signature(body), after=after)


def receive(body: bytes, signed: str, *, after: timedelta = timedelta(0)) -> WebhookEvent:
    """Our end of it: the signature on the raw body first, then stored, then processed. Nothing of it without DEBUG."""
    if not settings.DEBUG or not hmac.compare_digest(signed, signature(body)):
        raise BadSignature("Not a call of the test gateway.")
    event = json.loads(body)
    stored = webhooks.store(gateway=CODE, event_id=event["id"], kind=event["type"], payload=event["data"])
    if after:
        WebhookEvent.objects.filter(pk=stored.pk).update(next_try_at=timezone.now() + after)
    else:
        webhooks.process(event_pk=stored.pk)
    stored.refresh_from_db()
    return stored
