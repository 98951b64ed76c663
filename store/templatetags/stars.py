"""`{% load stars %}{% stars 4.3 %}`: five stars as a picture, to the nearest half."""

from functools import cache
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

# One star in a square of 20; its left half.
WHOLE = "10,1.6 12.6,7.2 18.7,7.9 14.2,12.1 15.4,18.2 10,15.1 4.6,18.2 5.8,12.1 1.3,7.9 7.4,7.2"
HALF = "10,1.6 10,15.1 4.6,18.2 5.8,12.1 1.3,7.9 7.4,7.2"


@register.simple_tag
def stars(value: Any) -> SafeString:
    """`value` from 0 to 5."""
    number = min(max(float(value or 0), 0.0), 5.0)
    label = _("%(stars)s of 5 stars") % {"stars": number_format(number, 0 if number.is_integer() else 1)}
    return format_html(
        '<svg class="stars" viewBox="0 0 100 20" width="85" height="17" role="img" aria-label="{}">{}</svg>',
        label,
        drawing(round(number * 2)),
    )


@cache
def drawing(halves: int) -> SafeString:
    shapes = []
    for place in range(5):
        shapes.append(("star-off", place * 20, WHOLE))
        lit = halves - 2 * place
        if lit > 0:
            shapes.append(("star-on", place * 20, WHOLE if lit > 1 else HALF))
    return format_html_join("", '<polygon class="{}" transform="translate({})" points="{}"/>', shapes)
