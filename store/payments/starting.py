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
from store.models import OPEN_PAYMENTS, Order, OrderStatus, Payment, PaymentStatus
from store.payments import gateways
from store.payments.base import Gateway, Started
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
    # Of an order that was placed a moment ago the choice has just been checked.
    fresh, order.gateway_in_hand = order.gateway_in_hand, None
    if gateway or fresh is None:
        chosen = gateways.offered(gateway or order.gateway, gateways.purchase_of(order))
    else:
        chosen = fresh
    payments = list(order.payments.all())
    if any(payment.status == PaymentStatus.PROCESSING for payment in payments):
        raise WrongStatus(
            _("Your bank is working on the payment of this order; please do not pay again."), order_status=order.status
        )
    for other in payments:
        if other.gateway == chosen.code or other.status not in OPEN_PAYMENTS:
            continue
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
    return announced(payment, started)


def announced(payment: Payment, started: Started) -> Payment:
    """The gateway knows of it now. Of two clicks at the same moment the first one's address stays: both lead there."""
    known = {"reference": started.reference, "url": started.url}
    new = Payment.objects.filter(pk=payment.pk, reference="", status=PaymentStatus.CREATED)
    if payment.status == PaymentStatus.CREATED and new.update(**known, status=PaymentStatus.PENDING):
        payment.reference, payment.url, payment.status = started.reference, started.url, PaymentStatus.PENDING
        return payment
    Payment.objects.filter(pk=payment.pk, reference="").update(**known)
    Payment.objects.filter(pk=payment.pk, status=PaymentStatus.CREATED).update(status=PaymentStatus.PENDING)
    payment.refresh_from_db()
    return payment


def attempt(*, order_id: int, gateway: Gateway, by_staff: bool = False) -> Payment:
    """The open payment of the order at this gateway, or the next one. Staff may also take what is owed,
    or came late."""
    with transaction.atomic():
        order = orders.locked(order_id)
        late = order.status in (OrderStatus.PLACED, OrderStatus.EXPIRED)
        if not (order.is_payable or (by_staff and (order.is_owed or late))):
            raise WrongStatus(_("This order cannot be paid any more."), order_status=order.status)
        payments = list(order.payments.all())
        here = (item for item in payments if item.gateway == gateway.code and item.status in OPEN_PAYMENTS)
        payment = next(here, None)
        if payment is not None and gateway.is_stale(payment):
            Payment.objects.filter(pk=payment.pk).update(status=PaymentStatus.EXPIRED)
            payment = None
        if payment is not None:
            return payment
        number = len(payments) + 1
        if number > MAX_ATTEMPTS:
            raise StoreError(_("There were too many attempts to pay this order; please write to us."))
        # Its goods are held at least as long as this attempt can be paid.
        order.expires_at = max(order.expires_at, timezone.now() + gateway.hold)
        choose(order, gateway)
        order.save(update_fields=["expires_at", "gateway", "goods_first"])
        return Payment.objects.create(
            order=order,
            gateway=gateway.code,
            attempt=number,
            idempotency_key=f"{order.number}-{number}",
            amount=order.total,
            currency=order.currency,
        )


def choose(order: Order, gateway: Gateway) -> None:
    """The order goes this gateway's way from now on; a way that says how to pay says it by mail."""
    if order.gateway == gateway.code or order.status != OrderStatus.PLACED:
        return
    order.gateway, order.goods_first = gateway.code, gateway.goods_first
    if gateway.mails_instructions:
        orders.mail(order, "order_received")


def paid_by_hand(*, order: Order, actor: str) -> Payment:
    """Staff have the money, on the account or in the till; also after the order has expired, if the goods are there."""
    unpaid = order.payments.exclude(gateway__in=gateways.ONLINE).exclude(status__in=FINAL).order_by("-attempt").first()
    payment = unpaid or attempt(order_id=order.pk, gateway=by_hand(order), by_staff=True)
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
