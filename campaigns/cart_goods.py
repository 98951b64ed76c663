"""The goods of a reader's own cart in a mail: looked up when the mail is queued, written when it goes out.

A delivery carries them under ITEMS; the block of a message has two gaps for them, one in its HTML and one in its text.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.images import get_image_model

from campaigns.block_rendering import CART_HTML, CART_TEXT, absolute, picture
from company.money import format_money
from store.cards import Card
from store.models import CartLine, ProductListing

ITEMS = "cart_items"
THUMB = "fill-192x192|format-jpeg|jpegquality-82|bgcolor-ffffff"
NAMES = (CART_HTML, CART_TEXT)
Item = dict[str, Any]


def items_of(lines: Iterable[CartLine]) -> list[Item]:
    """Names and prices in the active language, as of now."""
    lines = list(lines)
    pictures = pictures_of([line.variant.product_id for line in lines])
    return [
        {
            "name": str(line.variant),
            "quantity": line.quantity,
            "price": format_money(line.variant.price * line.quantity),
            "url": absolute(line.variant.product.get_absolute_url()),
            "src": pictures.get(line.variant.product_id, ""),
        }
        for line in lines
    ]


def items_of_cards(cards: Iterable[Card]) -> list[Item]:
    """As if there were one of each in a cart."""
    cards = list(cards)
    pictures = pictures_of([card.pk for card in cards])
    return [
        {
            "name": card.name,
            "quantity": 1,
            "price": format_money(card.price),
            "url": absolute(card.url),
            "src": pictures.get(card.pk, ""),
        }
        for card in cards
    ]


def pictures_of(products: list[int]) -> dict[int, str]:
    """Addresses by product."""
    ids = dict(ProductListing.objects.filter(pk__in=products, image__isnull=False).values_list("pk", "image_id"))
    images = get_image_model().objects.in_bulk(list(ids.values()))
    return {product: picture(images.get(image), THUMB)["src"] for product, image in ids.items()}


def html_of(attributes: Mapping[str, Any]) -> SafeString:
    """Escaped here: what fills this gap is markup."""
    items = attributes.get(ITEMS)
    if not isinstance(items, list):
        return mark_safe("")
    return render_to_string("campaigns/mail/cart.html", {"items": items, "total": attributes.get("cart_total", "")})


def text_of(attributes: Mapping[str, Any]) -> str:
    items = attributes.get(ITEMS)
    if not isinstance(items, list):
        return ""
    return "\n".join(f"- {item['quantity']} × {item['name']}, {item['price']}" for item in items)
