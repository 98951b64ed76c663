"""Deliveries on their way: signed, tried again with growing pauses, given up after some days.

At least once: a receiver that answers too late gets the same event id again. Signatures are those of Standard Webhooks
(https://www.standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body` with the endpoint's secret.
"""

import base64
import hashlib
import hmac
import json
import logging
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.tasks import async_task

from accounts.models import User
from notifications.notices import notify
from store.errors import StoreError
from store.hooks import endpoints, events
from store.models import HookAttempt, HookDelivery, HookEndpoint, HookEvent

logger = logging.getLogger(__name__)

# 10 seconds, half a minute, … in all a little over three days.
PAUSES = [10, 30, 120, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 24 * 3600]
LEASE = timedelta(minutes=2)
TIMEOUT = urllib3.Timeout(connect=3.05, read=8)
MOST_KEPT = 4000
# While an endpoint fails only so many are tried a minute; after this long it is switched off.
TRIED_WHILE_FAILING = 1
OFF_AFTER = timedelta(days=5)
GONE = gettext_lazy("The receiver says that it is gone (410).")
SILENT = gettext_lazy("Nothing was taken for five days.")
AT_ONCE = 50
KEPT_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; no status without an answer."""

    status: int | None
    body: str
    error: str
    milliseconds: int

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def run() -> int:
    """Scheduled, and after an order's news: store what is new and send what is due; how many were sent."""
    events.collect()
    return sum(send(delivery_id=pk) for pk in due())


def due() -> list[int]:
    """The oldest first; of an endpoint that fails only a few, so that it does not hold up the others."""
    waiting = HookDelivery.objects.filter(status=HookDelivery.Status.WAITING, next_try_at__lte=timezone.now())
    found: list[int] = []
    for endpoint in HookEndpoint.objects.filter(active=True):
        most = TRIED_WHILE_FAILING if endpoint.failing_since else AT_ONCE
        found += waiting.filter(endpoint=endpoint).order_by("next_try_at", "pk").values_list("pk", flat=True)[:most]
    return found


def send(*, delivery_id: int) -> bool:
    """One try, claimed first. Whether it was taken."""
    now = timezone.now()
    claimed = HookDelivery.objects.filter(
        pk=delivery_id, status=HookDelivery.Status.WAITING, next_try_at__lte=now, endpoint__active=True
    )
    if not claimed.update(tries=F("tries") + 1, next_try_at=now + LEASE):
        return False
    delivery = HookDelivery.objects.select_related("endpoint").get(pk=delivery_id)
    answer = post(delivery)
    HookAttempt.objects.create(
        delivery=delivery,
        status_code=answer.status,
        response=answer.body,
        error=answer.error[:300],
        milliseconds=answer.milliseconds,
    )
    if answer.is_taken:
        taken(delivery)
    else:
        refused(delivery, answer)
    return answer.is_taken


def post(delivery: HookDelivery) -> Answer:
    began = time.monotonic()
    body = body_of(delivery).encode()
    status, text, error = None, "", ""
    try:
        status, text = exchange(delivery.endpoint.url, body, headers(delivery, body))
    except (urllib3.exceptions.HTTPError, OSError, StoreError, ValueError) as problem:
        error = str(problem) or type(problem).__name__
    return Answer(status, text.replace("\x00", ""), error, int(1000 * (time.monotonic() - began)))


def body_of(delivery: HookDelivery) -> str:
    """What is sent, to the letter: it is signed."""
    return json.dumps(delivery.payload, cls=DjangoJSONEncoder, separators=(",", ":"), ensure_ascii=False)


def exchange(url: str, body: bytes, extra: dict[str, str]) -> tuple[int, str]:
    """To the address that was looked at, not to what the name may lead to a moment later. Follows no redirect."""
    parts = urlsplit(endpoints.checked_url(url))
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = endpoints.resolve(host, port)
    options: dict[str, Any] = {"timeout": TIMEOUT, "retries": False, "maxsize": 1}
    if parts.scheme == "https":
        pool: Any = urllib3.HTTPSConnectionPool(address, port, server_hostname=host, assert_hostname=host, **options)
    else:
        pool = urllib3.HTTPConnectionPool(address, port, **options)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with pool:
        response = pool.urlopen(
            "POST", target, body=body, headers={**extra, "Host": parts.netloc}, redirect=False, preload_content=False
        )
        text = response.read(MOST_KEPT, decode_content=False).decode("utf-8", "replace")
        response.close()
    return response.status, text


def headers(delivery: HookDelivery, body: bytes, now: float | None = None) -> dict[str, str]:
    timestamp = str(int(now if now is not None else time.time()))
    return {
        "Content-Type": "application/json",
        "User-Agent": "Vitrina-Webhooks/1",
        "webhook-id": delivery.event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(delivery.endpoint.secret, delivery.event_id, timestamp, body),
    }


def signature(secret: str, event_id: str, timestamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{event_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


def taken(delivery: HookDelivery) -> None:
    HookDelivery.objects.filter(pk=delivery.pk).update(
        status=HookDelivery.Status.DELIVERED, delivered_at=timezone.now()
    )
    HookEndpoint.objects.filter(pk=delivery.endpoint_id).update(failing_since=None)


def refused(delivery: HookDelivery, answer: Answer) -> None:
    """Later again; 410 Gone means never again. After days without a single success the endpoint is switched off."""
    now = timezone.now()
    HookEndpoint.objects.filter(pk=delivery.endpoint_id, failing_since=None).update(failing_since=now)
    if answer.status == 410:
        switch_off(delivery.endpoint, GONE)
    if delivery.tries > len(PAUSES) or answer.status == 410:
        HookDelivery.objects.filter(pk=delivery.pk).update(status=HookDelivery.Status.FAILED)
    else:
        pause = timedelta(seconds=PAUSES[delivery.tries - 1])
        HookDelivery.objects.filter(pk=delivery.pk).update(next_try_at=now + pause)
    long_failing = HookEndpoint.objects.filter(pk=delivery.endpoint_id, failing_since__lt=now - OFF_AFTER).exists()
    if long_failing:
        switch_off(delivery.endpoint, SILENT)


def switch_off(endpoint: HookEndpoint, reason: str | Promise) -> None:
    """The admin's list says why, and whoever keeps the webhooks is told; the log says it to whoever runs the site."""
    with transaction.atomic():
        held = HookEndpoint.objects.filter(pk=endpoint.pk, active=True)
        if not held.update(active=False, disabled_reason=str(reason)[:300]):
            return
        tell_staff(endpoint, reason)
    logger.error("Webhook %s was switched off: %s", endpoint.pk, reason)


def tell_staff(endpoint: HookEndpoint, reason: str | Promise) -> None:
    for user in User.objects.allowed_in().with_right("store.change_hookendpoint", superusers=True):
        with translation.override(user.language):
            text = _("The webhook “%(name)s” was switched off: %(reason)s")
            values = {"name": str(endpoint)[:120], "reason": str(reason)}
            notify(user=user, text=text % values, url=reverse("store_hooks:index"))


def send_again(*, delivery: HookDelivery) -> None:
    """Once more from the beginning, also what was taken: the receiver knows it by its id."""
    HookDelivery.objects.filter(pk=delivery.pk).update(
        status=HookDelivery.Status.WAITING, tries=0, next_try_at=timezone.now(), delivered_at=None
    )
    async_task("store.after_sale_tasks.send_hook", delivery.pk)


def send_test(*, endpoint: HookEndpoint) -> HookDelivery:
    """A delivery that is about nothing, sent by the worker like any other."""
    now = timezone.now()
    delivery = HookDelivery.objects.create(
        endpoint=endpoint,
        event_id=f"test-{uuid.uuid4().hex}",
        event=HookEvent.TEST,
        payload=events.envelope(HookEvent.TEST, now, {"message": "It works."}),
    )
    async_task("store.after_sale_tasks.send_hook", delivery.pk)
    return delivery


def forget_old() -> int:
    """Settled deliveries of long ago."""
    deleted, _models = old().delete()
    return deleted


def old() -> QuerySet[HookDelivery]:
    settled = (HookDelivery.Status.DELIVERED, HookDelivery.Status.FAILED)
    return HookDelivery.objects.filter(status__in=settled, created_at__lt=timezone.now() - KEPT_FOR)
