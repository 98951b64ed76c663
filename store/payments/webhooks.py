"""Events of the gateways: stored once, then processed until it worked."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from store import disputes
from store.models import Payment, WebhookEvent
from store.payments import sandbox, stripe_events
from store.payments.settle import settle

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = 50
TURN = timedelta(seconds=20)


def store(*, gateway: str, event_id: str, kind: str, payload: dict[str, Any]) -> WebhookEvent:
    """Keep the event, once however often it is sent, and have the worker process it."""
    with transaction.atomic():
        event, is_new = WebhookEvent.objects.get_or_create(
            gateway=gateway, event_id=event_id[:255], defaults={"type": kind[:100], "payload": payload}
        )
        if is_new:
            transaction.on_commit(lambda: async_task("store.tasks.process_webhook", event.pk))
    return event


def process(*, event_pk: int) -> bool:
    """Do what the event says; False when somebody else does, or has done, it. Trouble is noted for the next try."""
    now = timezone.now()
    if (
        not WebhookEvent.objects.waiting(now)
        .filter(pk=event_pk)
        .update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    ):
        return False
    event = WebhookEvent.objects.get(pk=event_pk)
    try:
        note = HANDLERS[event.gateway](event)
    except Exception as error:
        # Whatever it was: the event stays, and comes back.
        logger.exception("Webhook event %s could not be processed", event.event_id)
        pause = min(LEASE * 2 ** min(event.attempts, 10), LONGEST_PAUSE)
        text = f"{type(error).__name__}: {error}"[:500].replace("\x00", "")
        WebhookEvent.objects.filter(pk=event.pk).update(next_try_at=now + pause, error=text)
        return False
    WebhookEvent.objects.filter(pk=event.pk).update(processed_at=timezone.now(), error="", result=note[:500])
    return True


def process_again(*, event: WebhookEvent) -> WebhookEvent:
    """Staff's button: from the start, whether it was processed or not; the event as it is after that."""
    WebhookEvent.objects.filter(pk=event.pk).update(processed_at=None, next_try_at=timezone.now(), error="", result="")
    process(event_pk=event.pk)
    event.refresh_from_db()
    return event


def process_many(*, events: Iterable[WebhookEvent]) -> tuple[list[WebhookEvent], list[WebhookEvent]]:
    """For many: those that were processed, and those that were not; what takes too long is left to the queue."""
    stop_at = timezone.now() + TURN
    done: list[WebhookEvent] = []
    failed: list[WebhookEvent] = []
    for event in events:
        if timezone.now() > stop_at:
            WebhookEvent.objects.filter(pk=event.pk).update(processed_at=None, next_try_at=timezone.now(), error="")
            event.error = _("Left to the worker.")
            failed.append(event)
            continue
        event = process_again(event=event)
        (done if event.processed_at else failed).append(event)
    return done, failed


def process_waiting() -> None:
    """What the first task did not manage; beyond GIVE_UP_AFTER tries a person has to look."""
    waiting = WebhookEvent.objects.waiting().filter(attempts__lt=GIVE_UP_AFTER)
    for pk in waiting.order_by("pk").values_list("pk", flat=True)[:100]:
        process(event_pk=pk)


def from_sandbox(event: WebhookEvent) -> str:
    payment = Payment.objects.get(gateway=sandbox.CODE, reference=event.payload["reference"])
    if event.type == sandbox.DISPUTED:
        disputes.take_note(payment=payment, told=sandbox.dispute(event))
        return ""
    settle(payment_id=payment.pk, outcome=sandbox.outcome(event))
    return ""


HANDLERS: dict[str, Callable[[WebhookEvent], str]] = {"stripe": stripe_events.handle, sandbox.CODE: from_sandbox}
