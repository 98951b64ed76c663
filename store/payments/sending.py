"""Refunds on their way to the gateway."""

import logging
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from store.errors import PaymentRefused, PaymentUnavailable
from store.models import Refund
from store.payments import gateways, refunds

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)


def send(*, refund_id: int) -> None:
    """Hand the refund to its gateway. Safe to run twice: claimed here, and known there by its key."""
    now = timezone.now()
    waiting = Refund.objects.filter(pk=refund_id, status=Refund.Status.PENDING, reference="", next_try_at__lte=now)
    if not waiting.update(tries=F("tries") + 1, next_try_at=now + LEASE):
        return
    refund = Refund.objects.select_related("payment__order").get(pk=refund_id)
    try:
        reference, is_done = gateways.known(refund.payment.gateway).refund(refund)
    except PaymentUnavailable as error:
        pause = min(LEASE * 2 ** min(refund.tries, 10), LONGEST_PAUSE)
        Refund.objects.filter(pk=refund.pk).update(next_try_at=now + pause, error=error.detail[:500])
    except PaymentRefused as error:
        refunds.failed(refund_id=refund.pk, error=str(error))
        logger.error("Refund %s of order %s failed: %s", refund_id, refund.payment.order.number, error)
    else:
        Refund.objects.filter(pk=refund.pk).update(reference=reference, error="")
        if is_done:
            refunds.done(refund_id=refund.pk)


def send_waiting() -> None:
    """Whatever did not get through before."""
    due = Refund.objects.filter(status=Refund.Status.PENDING, reference="", next_try_at__lte=timezone.now())
    for refund_id in due.values_list("pk", flat=True)[:50]:
        send(refund_id=refund_id)
