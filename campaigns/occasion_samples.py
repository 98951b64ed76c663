"""What stands for a cart or an order while a message of a series is only looked at: goods that sell well today."""

from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from campaigns import cart_goods
from company.money import format_money
from store.cards import most_popular

SHOWN = 2
NUMBER = "1001"


def sample() -> dict[str, str]:
    """By merge field, in the active language."""
    cards = most_popular(count=SHOWN)
    lines = "; ".join(f"1 × {card.name} – {format_money(card.price)}" for card in cards)
    total = format_money(sum((card.price for card in cards), start=Decimal(0)))
    cart = {cart_goods.ITEMS: cart_goods.items_of_cards(cards), "cart_total": total}
    return {
        "cart_url": settings.SITE_URL + reverse("store:cart"),
        "cart_lines": lines,
        "cart_total": total,
        "order_number": NUMBER,
        "order_url": settings.SITE_URL + reverse("store:order_track"),
        "order_lines": lines,
        "order_total": total,
        cart_goods.CART_HTML: cart_goods.html_of(cart),
        cart_goods.CART_TEXT: cart_goods.text_of(cart),
    }
