"""What a document says, frozen on the day it is issued: raw figures as decimal strings, words in its language.

    {"order": {number, placed_on, payment, paid_on}, "seller": {…}, "buyer": {…},
     "lines": [{sku, name, quantity, price, total, discount, rate}], "subtotal", "discount",
     "shipping": {name, amount, rate}, "taxes": [{rate, net, tax, gross}], "tax_included", "tax", "total", "note"}

A credit note has "corrects": {number, issued_on} and "reason" instead of subtotal, discount and shipping; the totals of
its lines are what went back for them, with tax. Documents issued earlier lack what came later (discount, rate).
"""

from collections.abc import Iterable
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
        "lines": [line_data(line) for line in order.lines.all()],
        "subtotal": str(order.subtotal),
        "discount": str(order.discount),
        "shipping": {
            "name": order.shipping_name,
            "amount": str(order.shipping),
            "rate": str(order.shipping_tax_rate),
        },
        "taxes": [part.as_data() for part in taxes.parts(order)],
        "tax": str(order.tax),
        "total": str(order.total),
        "note": settings().note,
    }


def of_refund(refund: Refund, invoice: Invoice, earlier: Iterable[Invoice]) -> dict[str, Any]:
    """The contents of the refund's credit note; `earlier` are those that have given back of the invoice before."""
    lines = refund_lines(refund, invoice)
    wanted: dict[Decimal, Decimal] = {}
    for line in lines:
        if line["rate"]:
            rate = Decimal(line["rate"])
            wanted[rate] = wanted.get(rate, Decimal(0)) + Decimal(line["total"])
    parts = taxes.share(
        [taxes.part_of(part) for part in invoice.data["taxes"]],
        given=[taxes.part_of(part) for note in earlier for part in note.data["taxes"]],
        wanted=wanted,
        amount=refund.amount,
        currency=refund.currency,
    )
    return {
        **frame(refund.payment.order),
        "seller": invoice.data["seller"],
        "buyer": invoice.data["buyer"],
        "lines": lines,
        "taxes": [part.as_data() for part in parts if part.gross],
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


def line_data(line: OrderLine) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "name": line.name,
        "quantity": line.quantity,
        "price": str(line.price),
        "total": str(line.total),
        "discount": str(line.discount),
        "rate": str(line.tax_rate),
    }


def refund_lines(refund: Refund, invoice: Invoice) -> list[dict[str, Any]]:
    """The goods that it was for, the delivery, and what is left over; one line where it is just a sum."""
    order, rows = refund.payment.order, refund.lines.select_related("order_line")
    found = [
        sum_back(
            row.order_line.name, row.amount, sku=row.order_line.sku, quantity=row.quantity, rate=row.order_line.tax_rate
        )
        for row in rows
        if row.amount
    ]
    if refund.shipping:
        way = _("Delivery: %(way)s") % {"way": order.shipping_name}
        found.append(sum_back(way, refund.shipping, rate=order.shipping_tax_rate))
    left = refund.amount - sum((Decimal(line["total"]) for line in found), Decimal(0))
    if left:
        found.append(sum_back(_("Refund of invoice %(number)s") % {"number": invoice.number}, left))
    return found


def sum_back(
    name: str, amount: Decimal, *, sku: str = "", quantity: int = 1, rate: Decimal | None = None
) -> dict[str, Any]:
    """A line of a credit note; a free sum has no rate of its own."""
    return {
        "sku": sku,
        "name": name,
        "quantity": quantity,
        "total": str(amount),
        "rate": "" if rate is None else str(rate),
    }


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
