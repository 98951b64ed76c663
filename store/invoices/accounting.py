"""What the accountant gets: every document of a period, as a table and as PDFs."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from store.errors import StoreError
from store.invoices import pdf
from store.invoices.contents import day
from store.models import Invoice

MOST_PDFS = 3000
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "number",
    "kind",
    "issued_on",
    "order",
    "paid_on",
    "buyer",
    "vat_number",
    "country",
    "corrects",
    "currency",
    "tax_rate",
    "net",
    "tax",
    "gross",
    "total",
)


def table(first: date, last: date) -> str:
    """CSV with one row for each document and tax rate; what credit notes give back is negative."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    documents = Invoice.objects.issued_between(first, last).select_related("order", "corrects")
    for invoice in documents.iterator(chunk_size=500):
        writer.writerows([[harmless(cell) for cell in row] for row in rows(invoice)])
    return out.getvalue()


def rows(invoice: Invoice) -> Iterator[list[Any]]:
    data, sign = invoice.data, -1 if invoice.kind == Invoice.Kind.CREDIT_NOTE else 1
    about = [
        invoice.number,
        invoice.kind,
        day(invoice.issued_at),
        invoice.order.number,
        data["order"]["paid_on"],
        invoice.buyer,
        data["buyer"]["vat_number"],
        invoice.order.country,
        invoice.corrects.number if invoice.corrects else "",
        invoice.currency,
    ]
    untaxed = {"rate": "0", "net": data["total"], "tax": "0", "gross": data["total"]}
    for part in data["taxes"] or [untaxed]:
        sums = [sign * Decimal(part[name]) for name in ("net", "tax", "gross")]
        yield [*about, Decimal(part["rate"]), *sums, sign * invoice.total]


def harmless(cell: Any) -> str:
    """Figures as they are; a text that begins like a formula gets an apostrophe."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def archive(first: date, last: date) -> Iterator[bytes]:
    """The table and all PDFs as a ZIP, made while it is sent. Raises StoreError where they are too many."""
    documents = Invoice.objects.issued_between(first, last)
    if documents.count() > MOST_PDFS:
        raise StoreError(_("These are too many documents for one archive; please choose a shorter period."))
    return zipped(documents.iterator(chunk_size=100), table(first, last))


def zipped(documents: Iterable[Invoice], listing: str) -> Iterator[bytes]:
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("documents.csv", "\ufeff" + listing)
        for invoice in documents:
            # Within a PDF all is compressed already.
            target.writestr(zipfile.ZipInfo(f"{invoice.year}/{invoice.filename}", issued(invoice)), pdf.render(invoice))
            yield sink.taken()
    yield sink.taken()


def issued(invoice: Invoice) -> tuple[int, int, int, int, int, int]:
    moment = invoice.issued_at
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


class Sink(io.RawIOBase):
    """Takes what the archive writes, and gives it out once."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.chunks.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data, self.chunks = b"".join(self.chunks), []
        return data
