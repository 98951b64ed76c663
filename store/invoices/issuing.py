"""Issuing documents: once each, by whoever comes first."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from store import orders
from store.errors import StoreError
from store.invoices import contents, numbers
from store.models import Invoice, Order, OrderStatus, Refund

logger = logging.getLogger(__name__)

# The sweep leaves the first minutes to the tasks that were queued when the money came.
SLACK = timedelta(minutes=3)
LOOK_BACK = timedelta(days=400)
AT_ONCE = 50


def issue(*, order: Order, series: str = "", at: datetime | None = None) -> Invoice:
    """The order's invoice, issued now (or dated `at`) if there is none.

    Raises StoreError if it was neither paid nor delivered.
    """
    with transaction.atomic():
        order = orders.locked(order.pk)
        if (found := order.invoices.filter(kind=Invoice.Kind.INVOICE).first()) is not None:
            return found
        if not order.is_invoiceable:
            raise StoreError(_("An order that was neither paid nor delivered has no invoice."))
        with translation.override(order.language):
            data = contents.of_order(order)
        series = series or contents.settings().invoice_prefix
        return write(order=order, kind=Invoice.Kind.INVOICE, series=series, data=data, at=at)


def credit(*, refund: Refund, series: str = "", at: datetime | None = None) -> Invoice | None:
    """The credit note of a refund that has been given back; None where no invoice speaks of that money."""
    with transaction.atomic():
        order = orders.locked(refund.payment.order_id)
        refund = Refund.objects.select_related("payment").get(pk=refund.pk)
        refund.payment.order = order
        if (found := Invoice.objects.filter(refund=refund).first()) is not None:
            return found
        invoice = order.invoices.filter(kind=Invoice.Kind.INVOICE).first()
        if invoice is None or refund.is_surplus or refund.status != Refund.Status.SUCCEEDED:
            return None
        earlier = list(invoice.credit_notes.all())
        before = sum((note.total for note in earlier), Decimal(0))
        if before + refund.amount > invoice.total or refund.currency != invoice.currency:
            logger.error("Refund %s is more than what is left of invoice %s", refund.pk, invoice.number)
            return None
        with translation.override(order.language):
            data = contents.of_refund(refund, invoice, earlier)
        return write(
            order=order,
            kind=Invoice.Kind.CREDIT_NOTE,
            series=series or contents.settings().credit_note_prefix,
            data=data,
            at=at,
            refund=refund,
            corrects=invoice,
        )


def write(*, order: Order, kind: str, series: str, data: dict[str, Any], at: datetime | None, **links: Any) -> Invoice:
    """Number and store it: the last two steps of the transaction, so that the counter is locked but briefly."""
    now = at or timezone.now()
    number = numbers.take(series=series, year=timezone.localtime(now).year)
    return Invoice.objects.create(
        order=order,
        kind=kind,
        series=number.series,
        year=number.year,
        sequence=number.sequence,
        number=str(number),
        issued_at=now,
        buyer=(order.company or order.full_name)[:200],
        currency=order.currency,
        total=Decimal(data["total"]),
        tax=Decimal(data["tax"]),
        language=order.language,
        data=data,
        **links,
    )


def for_due(*, order: Order) -> Invoice | None:
    """What the settings want when an order is paid, or delivered before that."""
    found = order.invoices.filter(kind=Invoice.Kind.INVOICE).first()
    if found is None and contents.settings().when_paid and order.is_invoiceable:
        return issue(order=order)
    return found


def issue_missing() -> None:
    """Scheduled: what a worker killed at the wrong moment still owes. One that fails does not stop the others."""
    now = timezone.now()
    if contents.settings().when_paid:
        paid = Order.objects.filter(paid_at__lte=now - SLACK, paid_at__gte=now - LOOK_BACK).order_by("paid_at")
        owed = Order.objects.to_collect().filter(status=OrderStatus.DELIVERED).order_by("placed_at")
        for rows in (paid, owed):
            for order in rows.exclude(invoices__kind=Invoice.Kind.INVOICE)[:AT_ONCE]:
                attempt(lambda order=order: for_due(order=order), order)
    given = Refund.objects.filter(
        status=Refund.Status.SUCCEEDED,
        is_surplus=False,
        credit_note=None,
        payment__order__invoices__kind=Invoice.Kind.INVOICE,
        created_at__gte=now - LOOK_BACK,
    )
    for refund in given.select_related("payment").order_by("pk")[:AT_ONCE]:
        attempt(lambda refund=refund: credit(refund=refund), refund)


def attempt(work: Callable[[], object], about: object) -> None:
    try:
        work()
    except Exception:
        logger.exception("No document could be issued for %s", about)
