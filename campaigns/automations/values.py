"""What a message may say of the occasion: merge fields beside the recipient's own."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from campaigns import cart_goods, occasion_fields
from campaigns.automations import occasions
from campaigns.models import Automation, Enrolment
from company.money import format_money
from store import cart_links
from store.models import Cart, Order

# By trigger: what it offers, with what it stands for.
FIELDS: dict[str, Mapping[str, str | Promise]] = {
    Automation.Trigger.CART_LEFT: occasion_fields.CART,
    Automation.Trigger.ORDER_PAID: occasion_fields.ORDER,
    Automation.Trigger.SUBSCRIBED: {},
}


def values_of(enrolment: Enrolment) -> dict[str, Any]:
    """As of now, in the reader's language: prices are today's, and so is the cart."""
    owner = enrolment.automation.owner
    with translation.override(enrolment.recipient.language or owner.language):
        if enrolment.automation.trigger == Automation.Trigger.CART_LEFT:
            cart = occasions.cart_of(enrolment)
            return cart_values(cart) if cart else {}
        if enrolment.automation.trigger == Automation.Trigger.ORDER_PAID:
            order = occasions.order_of(enrolment)
            return order_values(order) if order else {}
    return {}


def cart_values(cart: Cart) -> dict[str, Any]:
    lines = list(cart.lines.to_buy().select_related("variant__product"))  # type: ignore[attr-defined]
    said = [f"{line.quantity} × {line.variant} – {format_money(line.variant.price * line.quantity)}" for line in lines]
    total = sum((line.variant.price * line.quantity for line in lines), start=0 * lines[0].variant.price)
    return {
        "cart_url": settings.SITE_URL + reverse("store:cart_restore", args=[cart_links.token_of(cart)]),
        "cart_lines": "; ".join(said),
        "cart_total": format_money(total),
        cart_goods.ITEMS: cart_goods.items_of(lines),
    }


def order_values(order: Order) -> dict[str, str]:
    said = [f"{line.quantity} × {line.name}" for line in order.lines.all()]
    return {
        "order_number": order.number,
        "order_url": f"{settings.SITE_URL}{order.get_absolute_url()}?token={order.token}",
        "order_lines": "; ".join(said),
        "order_total": format_money(order.total, order.currency),
    }
