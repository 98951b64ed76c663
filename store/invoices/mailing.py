"""Documents that travel with mails."""

import logging

from notifications.attachments import Attachment
from store.invoices import issuing, pdf
from store.models import Invoice, Order, Refund

logger = logging.getLogger(__name__)

KIND = "invoice"
# With these the invoice itself goes out; a refund's mail carries its credit note.
WITH_INVOICE = ("order_paid", "order_invoice")
# With this one only where it is due before the money comes.
WITH_OWED = "order_delivered"


def attachment(key: str) -> Attachment | None:
    """The document with this primary key."""
    invoice = Invoice.objects.filter(pk=key).first()
    return Attachment(invoice.filename, pdf.render(invoice), "application/pdf") if invoice else None


def attachments(*, kind: str, order: Order, refund: Refund | None) -> list[tuple[str, str]]:
    """What this mail carries, issued now where it is due. Trouble keeps no mail back: the sweep makes up for it."""
    try:
        document = issuing.credit(refund=refund) if refund else None
        if kind in WITH_INVOICE or (kind == WITH_OWED and order.is_owed):
            document = issuing.for_due(order=order)
    except Exception:
        logger.exception("No document could be issued for order %s", order.number)
        return []
    return [(KIND, str(document.pk))] if document else []
