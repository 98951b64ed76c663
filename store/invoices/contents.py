"""What a document says, frozen on the day it is issued: raw figures as decimal strings, words in its language.

    {"order": {number, placed_on, payment, paid_on}, "seller": {…}, "buyer": {…},
     "lines": [{sku, name, quantity, price, total}], "subtotal", "discount", "shipping": {name, amount},
     "taxes": [{rate, net, tax, gross}], "tax_included", "tax", "total", "note"}

A credit note has "corrects": {number, issued_on} and "reason" instead of subtotal, discount and shipping.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from company.models import Company
from store.countries import country_name
from store.invoices import taxes
from store.models import Invoice, InvoiceSettings, Order, OrderLine, Refund
from store.payments import gateways

# The layout that rendered it first renders it for ever (`layout_1.typ`).
LAYOUT = 1


def of_order(order: Order) -> dict[str, Any]:
    """The contents of the order's invoice."""
    return {
        **frame(order),
        "lines": [line_data(line, line.quantity, line.total) for line in order.lines.all()],
        "subtotal": str(order.subtotal),
        "discount": str(order.discount),
        "shipping": {"name": order.shipping_name, "amount": str(order.shipping)},
        "taxes": [part.as_data() for part in taxes.parts(order)],
        "tax": str(order.tax),
        "total": str(order.total),
        "note": settings().note,
    }


def of_refund(refund: Refund, invoice: Invoice, before: Decimal) -> dict[str, Any]:
    """The contents of the refund's credit note; `before` is what earlier ones have given back of the invoice."""
    whole = [taxes.part_of(part) for part in invoice.data["taxes"]]
    parts = taxes.share(whole, before=before, amount=refund.amount, currency=refund.currency) if whole else []
    return {
        **frame(refund.payment.order),
        "seller": invoice.data["seller"],
        "buyer": invoice.data["buyer"],
        "lines": refund_lines(refund, invoice),
        "taxes": [part.as_data() for part in parts],
        "tax": str(sum((part.tax for part in parts), Decimal(0))),
        "total": str(refund.amount),
        "corrects": {"number": invoice.number, "issued_on": day(invoice.issued_at)},
        "reason": refund.why,
        "note": "",
    }


def frame(order: Order) -> dict[str, Any]:
    return {
        "layout": LAYOUT,
        "order": {
            "number": order.number,
            "placed_on": day(order.placed_at),
            "paid_on": day(order.paid_at) if order.paid_at else "",
            "payment": str(gateways.known(order.gateway).label),
        },
        "seller": seller(),
        "buyer": buyer(order),
        "tax_included": order.tax_included,
    }


def line_data(line: OrderLine, quantity: int, total: Decimal) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "name": line.name,
        "quantity": quantity,
        "price": str(line.price),
        "total": str(total),
    }


def refund_lines(refund: Refund, invoice: Invoice) -> list[dict[str, Any]]:
    """The goods that it was for and what is left over; one line where it is just a sum."""
    text = _("Refund of invoice %(number)s") % {"number": invoice.number}
    return [{"sku": "", "name": text, "quantity": 1, "price": str(refund.amount), "total": str(refund.amount)}]


def seller() -> dict[str, str]:
    """The company's legal data as the site settings have them now."""
    company = setting(Company)
    return {
        "brand": company.name,
        "name": company.legal_name or company.name,
        "address": company.legal_address,
        "tax_number": company.tax_number,
        "registration": company.registration,
        "bank": company.bank_details,
        "email": company.email,
        "phone": company.phone,
    }


def buyer(order: Order) -> dict[str, Any]:
    place = " ".join(part for part in (order.postal_code, order.city) if part)
    lines = (order.line1, order.line2, place, order.region, country_name(order.country))
    return {
        "name": order.full_name,
        "company": order.company,
        "vat_number": order.vat_number,
        "address": [line for line in lines if line],
        "email": order.email,
    }


def settings() -> InvoiceSettings:
    return setting(InvoiceSettings)


def setting(model: Any) -> Any:
    """The default site's row; an unsaved one with the defaults where there is no site."""
    site = Site.objects.filter(is_default_site=True).first()
    return model.for_site(site) if site else model()


def day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()
