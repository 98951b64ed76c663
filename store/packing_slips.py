"""What goes into the parcel, on one sheet per order, for whoever packs it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from store.models import Order, OrderLine
from store.pictures import THUMB, Picture, pictures

QUIET_ZONE = 4


@dataclass(frozen=True)
class SlipLine:
    sku: str
    name: str
    quantity: int
    picture: Picture | None


@dataclass(frozen=True)
class Slip:
    """One sheet. `language` is the one to write it in; `code` the order number as a QR code, in SVG."""

    order: Order
    language: str
    lines: list[SlipLine]
    pieces: int
    code: SafeString


def slips(*, chosen: QuerySet[Order], language: str = "", with_pictures: bool = True) -> list[Slip]:
    """A sheet for each, the oldest order first; in `language`, or else each in its order's."""
    found = list(chosen.order_by("placed_at", "pk").prefetch_related("lines__variant__product__listing"))
    shown = thumbs(line for order in found for line in order.lines.all()) if with_pictures else {}
    return [slip(order, language or order.language, shown) for order in found]


def slip(order: Order, language: str, shown: dict[int, Picture]) -> Slip:
    # By SKU, which is how goods stand on shelves: one walk past them.
    lines = sorted(order.lines.all(), key=lambda line: line.sku)
    # What was called off stays on the shelf.
    wanted = [(line, line.quantity - line.called_off) for line in lines if line.quantity > line.called_off]
    rows = [SlipLine(line.sku, line.name, pieces, shown.get(image_id(line) or 0)) for line, pieces in wanted]
    return Slip(order, language, rows, sum(row.quantity for row in rows), qr_code(order.number))


def thumbs(lines: Iterable[OrderLine]) -> dict[int, Picture]:
    return pictures(image_ids={image_id(line) for line in lines}, specs=THUMB)


def image_id(line: OrderLine) -> int | None:
    """The option's own picture, else the product's."""
    if line.variant is None:
        return None
    listing = getattr(line.variant.product, "listing", None)
    return line.variant.image_id or (listing.image_id if listing else None)


def qr_code(text: str) -> SafeString:
    """A QR code (ISO/IEC 18004) as SVG of one path, black on white on any screen."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    matrix = code.get_matrix()
    size = len(matrix)
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return mark_safe(  # noqa: S308  Made of figures only.
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr-code" viewBox="0 0 {size} {size}" '
        f'width="96" height="96" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{dots}"/></svg>'
    )
