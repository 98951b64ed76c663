"""The category tree."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import Router, Schema

from store.models import Category, FormerSlug
from store.pictures import GALLERY, Picture, pictures
from store.shelves import Shelf, tree
from store.size_guides import size_guide
from store.structured_data import absolute

router = Router(tags=["products"])


class CategoryOut(Schema):
    """`size_guide_url` is its own guide's page, not one that it takes over from above."""

    slug: str
    name: str
    intro: str
    parent: str | None
    depth: int
    url: str
    image: str | None
    size_guide_url: str | None


class CategoryList(Schema):
    items: list[CategoryOut]
    next_cursor: str | None
    count: int


class SizeTableOut(Schema):
    """`header` is empty where the table has none; the cells of `rows` are text."""

    caption: str
    header: list[str]
    rows: list[list[str]]


class SizeGuideOut(Schema):
    """`category` is the one that it was written for, perhaps further up; `html` is the whole guide."""

    category: str
    url: str
    tables: list[SizeTableOut]
    html: str


class CategoryDetail(CategoryOut):
    size_guide: SizeGuideOut | None


@router.get("/categories", response=CategoryList)
def list_categories(request: HttpRequest) -> dict[str, Any]:
    """All at once, in tree order: each behind the one that it stands in."""
    shelves = tree().by_path.values()
    images = pictures(image_ids=[shelf.image_id for shelf in shelves], specs=GALLERY)
    items = [category_out(shelf, images) for shelf in shelves]
    return {"items": items, "next_cursor": None, "count": len(items)}


@router.get("/categories/{slug}", response=CategoryDetail)
def get_category(request: HttpRequest, slug: str) -> dict[str, Any] | HttpResponse:
    """With the size guide that is valid there. A former slug is answered with 301."""
    shelf = tree().by_slug.get(slug)
    if shelf is not None:
        images = pictures(image_ids=[shelf.image_id], specs=GALLERY)
        return category_out(shelf, images) | {"size_guide": size_guide_out(shelf.path)}
    former = FormerSlug.objects.filter(slug=slug, category__isnull=False).select_related("category").first()
    if former is None or former.category is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("api:get_category", kwargs={"slug": former.category.slug}))


def category_out(shelf: Shelf, images: dict[int, Picture]) -> dict[str, Any]:
    parent = tree().by_path.get(shelf.path[: -Category.steplen])
    return {
        "slug": shelf.slug,
        "name": shelf.name,
        "intro": shelf.intro,
        "parent": parent.slug if parent else None,
        "depth": len(shelf.path) // Category.steplen,
        "url": absolute(shelf.url),
        "image": absolute(images[shelf.image_id].url) if shelf.image_id in images else None,
        "size_guide_url": absolute(shelf.sizes_url) if shelf.has_sizes else None,
    }


def size_guide_out(path: str) -> dict[str, Any] | None:
    guide = size_guide(path=path)
    if guide is None:
        return None
    return {
        "category": guide.shelf.slug,
        "url": absolute(guide.shelf.sizes_url),
        "tables": guide.tables,
        "html": str(guide.content),
    }
