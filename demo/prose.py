"""Written parts → what the site's StreamFields hold."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from wagtail.rich_text import RichText

from demo.content.kinds import Heading, Paragraph, Part, Points

Block = tuple[str, Any]


def blocks(parts: Iterable[Part], language: str) -> list[Block]:
    """Blocks of `blog.blocks.ProseBlock`; a list of points is a paragraph of its own."""
    return [block(part, language) for part in parts]


def block(part: Part, language: str) -> Block:
    if isinstance(part, Heading):
        return "heading", part.text[language]
    if isinstance(part, Paragraph):
        return "paragraph", RichText(format_html("<p>{}</p>", part.text[language]))
    if isinstance(part, Points):
        items = format_html_join("", "<li>{}</li>", ((point[language],) for point in part.points))
        return "paragraph", RichText(format_html("<ul>{}</ul>", items))
    return "quote", {"text": part.text[language], "source": ""}
