"""A document as it is printed: every text ready in its language, for the layout to place."""

import unicodedata
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
FIRST_PICTURE, JOINERS = "\u2600", "\ufe0f\u200d\u20e3"


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
                **table(invoice),
                "sums": sums(invoice),
                "taxes": tax_table(invoice),
                "notes": [note for note in notes(invoice) if note],
                "footer": footer(data["seller"]),
                # Filled in by the layout, page by page.
                "page": _("page {page} of {pages}"),
            }
        )


def breakable(thing: Any) -> Any:
    """All the texts in it, ready for the layout: without emoji, and with places to break very long words."""
    if isinstance(thing, dict):
        return {key: breakable(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [breakable(value) for value in thing]
    if isinstance(thing, str):
        text = "".join(letter for letter in thing if not is_picture(letter))
        return " ".join(chopped(word) for word in text.split(" ")) if len(text) > LONGEST_WORD else text
    return thing


def is_picture(letter: str) -> bool:
    """Emoji and what joins them: no font for documents has them."""
    return letter in JOINERS or (letter >= FIRST_PICTURE and unicodedata.category(letter) in ("So", "Sk"))


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


def table(invoice: Invoice) -> dict[str, Any]:
    """`columns`, and `lines` with a cell for each and the SKU, for under the name. Columns without figures are left
    out; the amounts are those after the discount, as they are taxed."""
    rows = invoice.data["lines"]
    # Lines of credit notes have none, nor have documents from before rates stood there.
    has_prices, has_rates = (any(line.get(key) for line in rows) for key in ("price", "rate"))
    has_discounts = any(discount(line) for line in rows)
    is_taxed_after = not has_prices and not invoice.data["tax_included"]
    shown: dict[str, Any] = {
        _("Quantity"): lambda line: str(line["quantity"]),
        _("Price"): has_prices and (lambda line: money(line["price"], invoice)),
        _("Discount"): has_discounts and (lambda line: money(-discount(line), invoice) if discount(line) else "–"),
        _("Tax"): has_rates and invoice.data["taxes"] and (lambda line: per_cent(line["rate"])),
        _("With tax") if is_taxed_after else _("Amount"): lambda line: money(
            Decimal(line["total"]) - discount(line), invoice
        ),
    }
    columns = {label: cell for label, cell in shown.items() if cell}
    lines = [
        [str(position), line["name"], line["sku"], *(cell(line) for cell in columns.values())]
        for position, line in enumerate(rows, start=1)
    ]
    return {"columns": ["№", _("Product"), *columns], "lines": lines}


def discount(line: dict[str, Any]) -> Decimal:
    return Decimal(line.get("discount", 0))


def per_cent(rate: str) -> str:
    return f"{number(rate)}\u00a0%" if rate else ""


def sums(invoice: Invoice) -> list[list[str]]:
    """Label and amount of each figure on the way to the total, which is the last one."""
    data = invoice.data
    found = []
    if "subtotal" in data:
        found.append([_("Goods"), money(data["subtotal"], invoice)])
        if Decimal(data["discount"]):
            found.append([_("Discount"), money(-Decimal(data["discount"]), invoice)])
        shipping = data["shipping"]
        way = _("Delivery: %(way)s") % {"way": shipping["name"]}
        if data["taxes"] and shipping.get("rate") and Decimal(shipping["amount"]):
            way = f"{way} ({per_cent(shipping['rate'])})"
        found.append([way, money(shipping["amount"], invoice)])
        if not data["tax_included"] and Decimal(data["tax"]):
            found.append([_("Tax"), money(data["tax"], invoice)])
    label = _("Total") if invoice.kind == Invoice.Kind.INVOICE else _("Total to your credit")
    return [*found, [label, money(data["total"], invoice)]]


def tax_table(invoice: Invoice) -> dict[str, Any]:
    """What stands under the total: net, tax and gross at each rate."""
    rows = [
        [
            per_cent(part["rate"]),
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
