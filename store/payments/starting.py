"""Opening and closing payments at their gateways. Talks over the network: never inside a transaction."""

import contextlib
import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from store import orders
from store.errors import PaymentRefused, PaymentUnavailable, StoreError, WrongStatus
from store.models import Order, Payment, PaymentStatus
from store.payments import gateways
from store.payments.base import Gateway
from store.payments.offline import received
from store.payments.settle import FINAL, settle

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 10
# Reconciling asks about payments that have been silent for this long, and gives up its turn in time for the queue.
SILENT = timedelta(minutes=3)
BANK_SILENT = timedelta(hours=1)
TURN = timedelta(seconds=30)


def start(*, order: Order, gateway: str = "") -> Payment:
    """Let the order be paid at `gateway` (the one chosen at the checkout by default); `url` says where.

    An open payment there is taken up again, so that a double click or a reload does not make a second one. Raises
    WrongStatus, UnknownGateway, PaymentRefused, or PaymentUnavailable: then the order stays and can be paid later.
    """
    chosen = gateways.offered(gateway or order.gateway, gateways.purchase_of(order))
    if order.payments.filter(status=PaymentStatus.PROCESSING).exists():
        raise WrongStatus(
            _("Your bank is working on the payment of this order; please do not pay again."), order_status=order.status
        )
    for other in order.payments.open().exclude(gateway=chosen.code):
        # If that does not get through and both are paid, the second one goes back.
        with contextlib.suppress(PaymentUnavailable, PaymentRefused):
            close(payment=other)
    payment = attempt(order_id=order.pk, gateway=chosen)
    if payment.url:
        return payment
    try:
        started = chosen.start(payment)
    except PaymentRefused as error:
        Payment.objects.filter(pk=payment.pk, status=PaymentStatus.CREATED).update(
            status=PaymentStatus.FAILED, error=str(error)[:500]
        )
        raise
    # Of two clicks at the same moment the first one's address stays: both lead there.
    Payment.objects.filter(pk=payment.pk, reference="").update(reference=started.reference, url=started.url)
    Payment.objects.filter(pk=payment.pk, status=PaymentStatus.CREATED).update(status=PaymentStatus.PENDING)
    payment.refresh_from_db()
    return payment


def attempt(*, order_id: int, gateway: Gateway) -> Payment:
    """The open payment of the order at this gateway, or the next one."""
    with transaction.atomic():
        order = orders.locked(order_id)
        if not order.is_payable:
            raise WrongStatus(_("This order cannot be paid any more."), order_status=order.status)
        payment = order.payments.open().filter(gateway=gateway.code).select_related("order").first()
        if payment is not None and gateway.is_stale(payment):
            Payment.objects.filter(pk=payment.pk).update(status=PaymentStatus.EXPIRED)
            payment = None
        if payment is not None:
            return payment
        number = order.payments.count() + 1
        if number > MAX_ATTEMPTS:
            raise StoreError(_("There were too many attempts to pay this order; please write to us."))
        # Its goods are held at least as long as this attempt can be paid.
        order.expires_at = max(order.expires_at, timezone.now() + gateway.hold)
        order.gateway = gateway.code
        order.save(update_fields=["expires_at", "gateway"])
        return Payment.objects.create(
            order=order,
            gateway=gateway.code,
            attempt=number,
            idempotency_key=f"{order.number}-{number}",
            amount=order.total,
            currency=order.currency,
        )


def paid_by_hand(*, order: Order, actor: str) -> Payment:
    """Staff have the money, on the account or in the till; also after the order has expired, if the goods are there."""
    unpaid = order.payments.exclude(gateway__in=gateways.ONLINE).exclude(status__in=FINAL).order_by("-attempt").first()
    payment = unpaid or attempt(order_id=order.pk, gateway=by_hand(order))
    return settle(payment_id=payment.pk, outcome=received(payment), actor=actor)


def by_hand(order: Order) -> Gateway:
    """The order's own way where that is one without a gateway, else a plain transfer."""
    return gateways.known(order.gateway if order.gateway not in gateways.ONLINE else gateways.OFFLINE)


def close(*, payment: Payment) -> Payment:
    """See to it that it cannot be paid any more; if it was paid meanwhile, that counts. Raises PaymentUnavailable."""
    outcome = gateways.known(payment.gateway).expire(payment)
    return settle(payment_id=payment.pk, outcome=outcome)


def close_all(*, order_id: int) -> None:
    """Close what is open of a cancelled order."""
    for payment in Payment.objects.open().filter(order_id=order_id).select_related("order"):
        close(payment=payment)


def refresh(*, payment: Payment) -> Payment:
    """Ask the gateway where the payment stands, and settle that."""
    Payment.objects.filter(pk=payment.pk).update(checked_at=timezone.now())
    return settle(payment_id=payment.pk, outcome=gateways.known(payment.gateway).fetch(payment))


def reconcile() -> None:
    """Ask about open payments that have said nothing for a while: their webhook may never come."""
    stop_at = timezone.now() + TURN
    now = timezone.now()
    silent = Payment.objects.open().filter(checked_at__lte=now - SILENT, gateway__in=gateways.ONLINE)
    # A bank takes days: asking it every few minutes tells nothing new.
    at_the_bank = Q(status=PaymentStatus.PROCESSING, checked_at__gt=now - BANK_SILENT)
    for payment in (
        silent.exclude(at_the_bank).exclude(reference="").select_related("order").order_by("checked_at")[:200]
    ):
        if timezone.now() > stop_at:
            return
        try:
            refresh(payment=payment)
        except PaymentUnavailable:
            logger.warning("The gateway %s does not answer", payment.gateway)
            return
        except PaymentRefused as error:
            logger.warning("The gateway refuses to say how payment %s stands: %s", payment.pk, error)
