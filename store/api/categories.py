"""The category tree."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from store.models import Category
from store.shelves import tree
from store.structured_data import absolute

router = Router(tags=["products"])


class CategoryOut(Schema):
    slug: str
    name: str
    parent: str | None
    depth: int
    url: str


class CategoryList(Schema):
    items: list[CategoryOut]
    next_cursor: str | None
    count: int


@router.get("/categories", response=CategoryList)
def list_categories(request: HttpRequest) -> dict[str, Any]:
    """All at once, in tree order: each behind the one that it stands in."""
    shelves = tree().by_path
    items = []
    for path, shelf in shelves.items():
        parent = shelves.get(path[: -Category.steplen])
        items.append(
            {
                "slug": shelf.slug,
                "name": shelf.name,
                "parent": parent.slug if parent else None,
                "depth": len(path) // Category.steplen,
                "url": absolute(shelf.url),
            }
        )
    return {"items": items, "next_cursor": None, "count": len(items)}
