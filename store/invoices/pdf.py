"""From a document's data to its PDF. The data reaches the layout as JSON, so nothing in it is ever markup."""

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

import font_manrope
import typst

from store.invoices import sheet
from store.models import Invoice

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent


def render(invoice: Invoice) -> bytes:
    """The PDF/A-2b of the document: the same bytes each time.

    A plain PDF where somebody's name is in letters that our fonts lack: they are boxes there, and copied as they are.
    """
    try:
        return compiled(invoice, ["a-2b"])
    except typst.TypstError:
        logger.info("Document %s has letters that no font of ours has", invoice.number)
        return compiled(invoice, [])


def compiled(invoice: Invoice, standards: list[Any]) -> bytes:
    made = typst.compile(
        layout(invoice.data["layout"]),
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(sheet.of(invoice), ensure_ascii=False)},
        format="pdf",
        pdf_standards=standards,
        timestamp=int(invoice.issued_at.timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101 - one PDF is never a list of pages
    return made


@cache
def layout(version: int) -> bytes:
    """Documents keep the layout that they were issued in."""
    return (HERE / f"layout_{version}.typ").read_bytes()


@cache
def fonts() -> typst.Fonts:
    """Manrope for Latin and Cyrillic; typst's own stand in for what it lacks. The machine's would differ elsewhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[font_manrope.font_directory])
