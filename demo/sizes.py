"""The size guides of the demo's categories."""

from typing import Any

from django.utils.html import format_html, format_html_join
from wagtail.rich_text import RichText

from demo.content.kinds import text
from demo.content.sizes import GUIDES, HOW, Guide, Table
from demo.prose import Block


def fields_of(slug: str) -> dict[str, list[Block]]:
    """The category's fields, filled where there is a guide for it."""
    guide = GUIDES.get(slug)
    return {f"size_guide_{code}": blocks(guide, code) for code in ("en", "ru")} if guide else {}


def blocks(guide: Guide, language: str) -> list[Block]:
    points = format_html_join("", "<li>{}</li>", ((point[language],) for point in guide.measure))
    how = format_html("<h3>{}</h3><ol>{}</ol>", HOW[language], points)
    return [
        *(("table", table(each, language)) for each in guide.tables),
        ("text", RichText(how + format_html("<p>{}</p>", guide.advice[language]))),
    ]


def table(content: Table, language: str) -> dict[str, Any]:
    """As wagtail.contrib.table_block keeps it."""
    return {
        "data": [[text(cell)[language] for cell in row] for row in content.rows],
        "table_caption": content.caption[language],
        "table_header_choice": "both",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    }
