"""Which sizes fit whom: a category's own guide, else that of the nearest category above it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from wagtail.blocks import StreamValue

from store.models import Category
from store.shelves import SIZE_GUIDES, Shelf, tree


@dataclass(frozen=True)
class SizeGuide:
    """`shelf` is the category that it was written for."""

    shelf: Shelf
    content: StreamValue

    @property
    def tables(self) -> list[dict[str, Any]]:
        """`caption`, `header` (empty without one) and `rows`, as programs read them."""
        return [as_table(block.value) for block in self.content if block.block_type == "table" and block.value]


def shelf_with_guide(*, path: str) -> Shelf | None:
    """The category whose guide is valid in the category of `path`. Costs no query."""
    return next((shelf for shelf in reversed(tree().ancestors(path)) if shelf.has_sizes), None)


def size_guide(*, path: str) -> SizeGuide | None:
    """The guide in the active language, else in the other one."""
    shelf = shelf_with_guide(path=path)
    if shelf is None:
        return None
    guides = Category.objects.filter(pk=shelf.pk).values(*SIZE_GUIDES).first() or {}
    wanted = f"size_guide_{get_language()}"
    ordered = sorted(SIZE_GUIDES, key=lambda name: name != wanted)
    content = next((guides[name] for name in ordered if guides.get(name)), None)
    return SizeGuide(shelf, content) if content else None


def as_table(value: dict[str, Any]) -> dict[str, Any]:
    rows = [["" if cell is None else str(cell) for cell in row] for row in value.get("data") or []]
    header = rows.pop(0) if rows and value.get("first_row_is_table_header") else []
    return {"caption": value.get("table_caption") or "", "header": header, "rows": rows}
