"""A document as it is printed: every text ready in its language, for the layout to place."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from company.money import format_money
from store.invoices.contents import day
from store.models import Invoice

# A word without a place to break must not run out of its column.
LONGEST_WORD = 40
BREAK = "\u200b"


def of(invoice: Invoice) -> dict[str, Any]:
    """`{language, title, number, facts, parties, columns, lines, sums, taxes, notes, footer, page}` for the layout."""
    with translation.override(invoice.language):
        data = invoice.data
        return breakable(
            {
                "language": invoice.language.split("-")[0],
                "brand": data["seller"]["brand"],
                "title": str(invoice.get_kind_display()),
                "number": invoice.number,
                "facts": facts(invoice),
                "parties": [seller(data["seller"]), buyer(data["buyer"])],
                "columns": ["№", _("Product"), _("Quantity"), _("Price"), _("Amount")],
                "lines": lines(invoice),
                "sums": sums(invoice),
                "taxes": tax_table(invoice),
                "notes": [note for note in notes(invoice) if note],
                "footer": footer(data["seller"]),
                # Filled in by the layout, page by page.
                "page": _("page {page} of {pages}"),
            }
        )


def breakable(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: breakable(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [breakable(value) for value in thing]
    if isinstance(thing, str) and len(thing) > LONGEST_WORD:
        return " ".join(chopped(word) for word in thing.split(" "))
    return thing


def chopped(word: str) -> str:
    return BREAK.join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))


def facts(invoice: Invoice) -> list[list[str]]:
    order, corrects = invoice.data["order"], invoice.data.get("corrects")
    found = [[_("Issued on"), written(day(invoice.issued_at))]]
    if corrects:
        found.append([_("For invoice"), f"{corrects['number']}, {written(corrects['issued_on'])}"])
    found.append([_("Order"), f"{order['number']}, {written(order['placed_on'])}"])
    if not corrects:
        found.append([_("Way of payment"), order["payment"]])
        if order["paid_on"]:
            found.append([_("Paid on"), written(order["paid_on"])])
    return found


def written(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "DATE_FORMAT")


def seller(data: dict[str, str]) -> dict[str, Any]:
    numbers = [_("VAT number: %(number)s") % {"number": data["tax_number"]}] if data["tax_number"] else []
    return {
        "label": _("Seller"),
        "name": data["name"],
        "lines": [*data["address"].splitlines(), *([data["registration"]] if data["registration"] else []), *numbers],
    }


def buyer(data: dict[str, Any]) -> dict[str, Any]:
    numbers = [_("VAT number: %(number)s") % {"number": data["vat_number"]}] if data["vat_number"] else []
    person = [data["name"]] if data["company"] else []
    return {
        "label": pgettext("on an invoice", "Buyer"),
        "name": data["company"] or data["name"],
        "lines": [*person, *data["address"], *numbers, data["email"]],
    }


def lines(invoice: Invoice) -> list[list[str]]:
    """Rows of number, name, SKU, quantity, price, amount."""
    return [
        [
            str(position),
            line["name"],
            line["sku"],
            str(line["quantity"]),
            money(line["price"], invoice),
            money(line["total"], invoice),
        ]
        for position, line in enumerate(invoice.data["lines"], start=1)
    ]


def sums(invoice: Invoice) -> list[list[str]]:
    """Label and amount of each figure on the way to the total, which is the last one."""
    data = invoice.data
    found = []
    if "subtotal" in data:
        found.append([_("Goods"), money(data["subtotal"], invoice)])
        if Decimal(data["discount"]):
            found.append([_("Discount"), money(-Decimal(data["discount"]), invoice)])
        shipping = data["shipping"]
        found.append([_("Delivery: %(way)s") % {"way": shipping["name"]}, money(shipping["amount"], invoice)])
        if not data["tax_included"] and Decimal(data["tax"]):
            found.append([_("Tax"), money(data["tax"], invoice)])
    label = _("Total") if invoice.kind == Invoice.Kind.INVOICE else _("Total to your credit")
    return [*found, [label, money(data["total"], invoice)]]


def tax_table(invoice: Invoice) -> dict[str, Any]:
    """What stands under the total: net, tax and gross at each rate."""
    rows = [
        [
            f"{number(part['rate'])}\u00a0%",
            *(money(part[name], invoice) for name in ("net", "tax", "gross")),
        ]
        for part in invoice.data["taxes"]
    ]
    return {"columns": [_("Tax rate"), _("Without tax"), _("Tax"), _("With tax")], "rows": rows}


def notes(invoice: Invoice) -> list[str]:
    data = invoice.data
    if invoice.kind == Invoice.Kind.CREDIT_NOTE:
        reason = _("Reason: %(reason)s") % {"reason": data["reason"]} if data["reason"] else ""
        return [reason, _("The amount goes back to you in the way in which you paid.")]
    untaxed = "" if data["taxes"] else _("No tax is charged.")
    return [untaxed, data["note"]]


def footer(data: dict[str, str]) -> list[str]:
    contact = " · ".join(part for part in (data["email"], data["phone"]) if part)
    bank = " · ".join(line.strip() for line in data["bank"].splitlines() if line.strip())
    return [line for line in (data["name"], bank, contact) if line]


def money(amount: str | Decimal, invoice: Invoice) -> str:
    return format_money(Decimal(amount), invoice.currency)


def number(text: str) -> str:
    plain = f"{Decimal(text).normalize():f}"
    return plain if translation.get_language() == "en" else plain.replace(".", ",")
