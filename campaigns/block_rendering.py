"""Blocks as MJML, made into HTML that mail programs understand, and as text. Words in the active language."""

from typing import Any

import mrml
from django.conf import settings
from django.template.loader import render_to_string
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from blog.models import BlogPage
from campaigns import markup
from campaigns.models import Message
from campaigns.owners import is_shop
from company.money import format_money
from store import coupons
from store.cards import Card, cards_for, most_popular, newest
from store.errors import UnknownCoupon
from store.models import ProductListing

# JPEG: not every mail program knows WebP.
PICTURE = "width-1072|format-jpeg|jpegquality-82|bgcolor-ffffff"
# The gaps of a cart, which each reader's own goods fill (`campaigns.cart_goods`).
CART_HTML, CART_TEXT = "cart_goods", "cart_goods_text"
THUMB = "fill-480x480|format-jpeg|jpegquality-82|bgcolor-ffffff"


def html_and_text(message: Message, context: dict[str, Any]) -> tuple[str, str]:
    """Raises ValueError for what is no MJML: never, as every value is escaped or cleaned."""
    context |= {"blocks": [shown(block.block_type, block.value, message) for block in message.blocks]}
    mjml = render_to_string("campaigns/mail/blocks.mjml", context)
    # Roboto is only one of the fonts that may be there: no reader's program shall fetch it from anybody.
    html = mrml.to_html(mjml, None, mrml.RenderOptions(fonts={})).content
    return html, render_to_string("campaigns/mail/blocks.txt", context)


def shown(kind: str, value: Any, message: Message) -> dict[str, Any]:
    """What the templates say of a block; goods that are gone leave it empty."""
    if kind in ("heading", "divider"):
        return {"kind": kind, "text": value}
    if kind == "text":
        return {"kind": kind, **written(value)}
    if kind == "columns":
        return {"kind": kind, "sides": [written(value["left"]), written(value["right"])]}
    if kind == "image":
        return {"kind": kind, **picture(value["image"], PICTURE), "alt": value["alt"], "url": value["url"]}
    if kind == "cart":
        return {"kind": kind, **value, "html": f"{{{{ {CART_HTML} }}}}", "plain": f"{{{{ {CART_TEXT} }}}}"}
    if kind == "coupon":
        return {"kind": kind, **coupon(value, message)}
    if kind == "posts":
        return {"kind": kind, "title": value["title"], "posts": posts(value["count"], message.owner.language)}
    if kind in ("product", "products", "recommendations"):
        return {
            "kind": "goods",
            "title": "" if kind == "product" else value["title"],
            "rows": pairs(goods(kind, value)),
        }
    return {"kind": kind, **value}


def written(body: str) -> dict[str, str]:
    return {"html": markup.to_html(body), "plain": markup.to_text(body)}


def plain(text: str) -> str:
    """What the shop calls its things is no place for merge fields."""
    return text.replace("{{", "{ {")


def absolute(url: str) -> str:
    return settings.SITE_URL + url if url.startswith("/") else url


def picture(image: AbstractImage | None, spec: str) -> dict[str, Any]:
    if image is None:
        return {"src": ""}
    rendition = image.get_rendition(spec)
    return {"src": absolute(rendition.url), "width": min(rendition.width, 536)}


def goods(kind: str, value: Any) -> list[dict[str, Any]]:
    cards = chosen(kind, value)
    ids = dict(ProductListing.objects.filter(pk__in=[card.pk for card in cards]).values_list("pk", "image_id"))
    images = get_image_model().objects.in_bulk([pk for pk in ids.values() if pk])
    return [
        {
            "name": plain(card.name),
            "url": absolute(card.url),
            "price": format_money(card.price),
            "before": format_money(card.compare_at_price) if card.compare_at_price else "",
            **picture(images.get(ids.get(card.pk)), THUMB),
        }
        for card in cards
    ]


def chosen(kind: str, value: Any) -> list[Card]:
    if kind == "product":
        return cards_for(product_ids=[value.pk] if value else [])
    if kind == "products":
        return cards_for(product_ids=[product.pk for product in value["products"] if product])
    return (newest if value["source"] == "newest" else most_popular)(count=value["count"])


def pairs(found: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [found[start : start + 2] for start in range(0, len(found), 2)]


def coupon(value: Any, message: Message) -> dict[str, Any]:
    """Only the shop gives its coupons away, and only those that hold."""
    try:
        found = coupons.find(value["code"])
    except UnknownCoupon:
        return {"code": ""}
    allowed = is_shop(message.owner) or message.owner.is_superuser
    return {"code": found.code if allowed and not coupons.not_now(found) else "", "text": value["text"]}


def coupons_in(message: Message) -> set[str]:
    """The codes that the message gives away as it would be sent now."""
    if message.kind != Message.Kind.BLOCKS:
        return set()
    found = (coupon(block.value, message)["code"] for block in message.blocks if block.block_type == "coupon")
    return {code for code in found if code}


def posts(count: int, language: str) -> list[dict[str, Any]]:
    """In the owner's language: who cannot read the letter cannot read the post, and the other way round."""
    latest = BlogPage.objects.live().public().filter(locale__language_code=language).in_order().for_cards()[:count]
    return [
        {
            "title": plain(post.title),
            "intro": plain(post.intro),
            "url": absolute(post.url or "/"),
            **picture(post.image, THUMB),
        }
        for post in latest
    ]
