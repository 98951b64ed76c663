"""Written parts → what the site's StreamFields hold."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText

from demo.content.kinds import Goods, Heading, Paragraph, Part, Points, Shelved
from store.models import Category, Product

Block = tuple[str, Any]

LINK = re.compile(r"\[([^\]]+)\]\((product|category):([\w-]+)\)")
TARGETS: dict[str, type[models.Model]] = {"product": Product, "category": Category}


def blocks(parts: Iterable[Part], language: str) -> list[Block]:
    """Blocks of `blog.blocks.ProseBlock`; a list of points is a paragraph of its own."""
    return [block(part, language) for part in parts]


def block(part: Part, language: str) -> Block:
    if isinstance(part, Heading):
        return "heading", part.text[language]
    if isinstance(part, Paragraph):
        return "paragraph", RichText(format_html("<p>{}</p>", linked(part.text[language])))
    if isinstance(part, Points):
        items = format_html_join("", "<li>{}</li>", ((linked(point[language]),) for point in part.points))
        return "paragraph", RichText(format_html("<ul>{}</ul>", items))
    if isinstance(part, Goods):
        found = Product.objects.in_bulk(list(part.codes), field_name="slug")
        chosen = [found[code] for code in part.codes if code in found]
        return "products", {"title": part.title[language], "products": chosen}
    if isinstance(part, Shelved):
        shelf = Category.objects.filter(slug=part.shelf).first()
        return "shelf", {"title": part.title[language], "category": shelf, "order": part.order, "count": part.count}
    return "quote", {"text": part.text[language], "source": ""}


def linked(text: str) -> SafeString:
    """With its links as rich text keeps them; the words alone where the target is not there."""
    return mark_safe(LINK.sub(link, escape(text)))  # noqa: S308


def link(match: re.Match[str]) -> str:
    words, kind, slug = match.groups()
    pk = TARGETS[kind]._default_manager.filter(slug=slug).values_list("pk", flat=True).first()
    return f'<a linktype="{kind}" id="{pk}">{words}</a>' if pk else words
