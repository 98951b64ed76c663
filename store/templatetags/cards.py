"""`{% load cards %}{% product_card product heading="h2" lazy=True %}`"""

from django import template
from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from store.cards import Card

register = template.Library()


@register.simple_tag
def product_card(product: Card, heading: str = "h3", lazy: bool = False) -> SafeString:
    """One product in a list, drawn once per content and language: a template per card is half of a list's time.

    The template must ask nothing but the card: what differs by visitor is brought by scripts.
    """
    kept = caches["pieces"]
    key = ("card", get_language(), settings.STORE_CURRENCY, heading, lazy, product)
    html: SafeString | None = kept.get(key)
    if html is None:
        html = render_to_string("includes/product_card.html", {"product": product, "heading": heading, "lazy": lazy})
        kept.set(key, html)
    return html
