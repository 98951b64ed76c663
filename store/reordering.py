"""The same goods once more."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from company.money import format_money
from store import carts
from store.errors import StoreError
from store.models import MAX_QUANTITY, Cart, Order, OrderLine, Variant


@dataclass
class Reordered:
    """What is in the cart now, and what is not as it was."""

    added: list[OrderLine] = field(default_factory=list)
    gone: list[OrderLine] = field(default_factory=list)
    fewer: list[tuple[OrderLine, int]] = field(default_factory=list)
    dearer: list[tuple[OrderLine, Decimal]] = field(default_factory=list)
    cheaper: list[tuple[OrderLine, Decimal]] = field(default_factory=list)


def sentences(found: Reordered, currency: str) -> list[str]:
    """What the customer should know of it."""
    said = [_("“%(name)s” is not sold any more, or sold out.") % {"name": line.name} for line in found.gone]
    for line, count in found.fewer:
        said.append(_("Of “%(name)s” only %(count)d are left.") % {"name": line.name, "count": count})
    for line, price in found.dearer:
        sums = {"name": line.name, "now": format_money(price, currency), "then": format_money(line.price, currency)}
        said.append(_("“%(name)s” costs %(now)s now; it was %(then)s.") % sums)
    return said


def reorder(*, order: Order, cart: Cart) -> Reordered:
    """Put what is still sold into the cart, as many as there are; what the cart has already is not doubled."""
    found = Reordered()
    in_cart = dict(cart.lines.values_list("variant_id", "quantity"))
    variants = Variant.objects.filter(active=True, product__active=True).select_related("product", "stock")
    on_sale = {variant.pk: variant for variant in variants.filter(order_lines__order=order)}
    for line in order.lines.all():
        variant = on_sale.get(line.variant_id or 0)
        left = carts.available(variant) if variant else 0
        wanted = max(min(line.quantity, left, MAX_QUANTITY), in_cart.get(line.variant_id or 0, 0))
        if variant is None or not left:
            found.gone.append(line)
            continue
        try:
            carts.put(cart=cart, variant=variant, quantity=wanted)
        except StoreError:
            found.gone.append(line)
            continue
        found.added.append(line)
        if wanted < line.quantity:
            found.fewer.append((line, wanted))
        if variant.price != line.price:
            (found.dearer if variant.price > line.price else found.cheaper).append((line, variant.price))
    return found
