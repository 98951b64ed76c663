"""Merge fields that a series of the shop has besides those of every message: what it is about."""

from django.utils.translation import gettext_lazy as _

CART = {
    "cart_url": _("the link that opens the cart again, on any device"),
    "cart_lines": _("what is in the cart, with prices"),
    "cart_total": _("what the goods in the cart cost together"),
}
ORDER = {
    "order_number": _("the number of the order"),
    "order_url": _("the page of the order"),
    "order_lines": _("what was bought"),
    "order_total": _("what was paid"),
}
OF_THE_SHOP = CART | ORDER
