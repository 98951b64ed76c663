"""`{% load icons %}{% icon "cart" %}`: a drawing of static/img/icons.svg in the colour of the text."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, css_class: str = "") -> SafeString:
    """The icon, hidden from screen readers: a word must stand beside it, or an aria-label on its parent."""
    return format_html(
        '<svg class="icon{}" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {css_class}" if css_class else "",
        static("img/icons.svg"),
        name,
    )
