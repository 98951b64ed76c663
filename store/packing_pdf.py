"""Packing slips as one PDF, for the printer beside the packing table: each order from a page of its own."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from company.money import format_money
from store.invoices.contents import buyer
from store.invoices.pdf import fonts
from store.invoices.sheet import breakable
from store.packing_slips import Slip

LAYOUT = Path(__file__).parent / "packing_slips.typ"


def render(slips: Iterable[Slip]) -> bytes:
    """A4, without pictures."""
    sheet = {"title": _("Packing slips"), "slips": [sheet_of(slip) for slip in slips]}
    compiled = typst.compile(
        LAYOUT.read_bytes(),
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
        format="pdf",
    )
    assert isinstance(compiled, bytes)  # noqa: S101 - one PDF is never a list of pages
    return compiled


def sheet_of(slip: Slip) -> dict[str, Any]:
    """`{language, title, about, address, code, collect, columns, lines, pieces, page}`, every text ready to print."""
    order = slip.order
    with translation.override(slip.language):
        to_collect = format_money(order.to_collect, order.currency)
        words = breakable(
            {
                "language": slip.language.split("-")[0],
                "title": _("Packing slip for order %(number)s") % {"number": order.number},
                "about": f"{date_format(localtime(order.placed_at), 'DATE_FORMAT')} · {order.shipping_name}",
                "address": address(slip),
                "collect": _("To collect: %(sum)s") % {"sum": to_collect} if order.is_owed else "",
                "columns": [_("SKU"), _("Product"), _("Quantity"), _("Packed")],
                "lines": [{"sku": row.sku, "name": row.name, "quantity": row.quantity} for row in slip.lines],
                "pieces": f"{_('Pieces in all')}: {slip.pieces}",
                "page": _("page {page}"),
            }
        )
    return words | {"code": str(slip.code)}


def address(slip: Slip) -> list[str]:
    data = buyer(slip.order)
    return [line for line in (data["name"], data["company"], *data["address"], slip.order.phone) if line]
