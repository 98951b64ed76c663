"""A product as its page will show it, drawn from what the editor has typed."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from store.attributes import sheet
from store.models import Product
from store.picker import Picker
from store.views.product import context_for, images_of, offers_of

register = template.Library()


@register.simple_tag(takes_context=True)
def product_preview(context: Any, product: Product) -> SafeString:
    variants = [variant for variant in product.variants.all() if variant.active]
    for variant in variants:
        variant.product = product
    found = images_of([item.image_id for item in product.pictures.all()], variants)
    picker = Picker(offers_of(variants, found))
    page = context_for(product, sheet(product), found, picker, picker.first())
    return render_to_string("store/product_detail.html", page, request=context.get("request"))
