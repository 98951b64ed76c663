"""A product's published reviews, page by page."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from api import paging
from store import reviews
from store.models import ProductRating, Review
from store.models.reviews import STARS

PAGE_SIZE = 6
LANGUAGES = {"en": _("in English"), "ru": _("in Russian")}


@dataclass(frozen=True, slots=True)
class Sort:
    label: str | Promise
    order: tuple[str, ...]


SORTS = {
    "newest": Sort(pgettext_lazy("reviews", "Newest first"), ("-created_at", "-pk")),
    "helpful": Sort(_("Most helpful first"), ("-helpful", "-pk")),
    "best": Sort(_("Best first"), ("-stars", "-pk")),
    "worst": Sort(_("Worst first"), ("stars", "-pk")),
}
DEFAULT_SORT = "newest"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the distribution; `width` of 100."""

    stars: int
    count: int
    width: int
    chosen: bool


def page(
    *, product_id: int, sort: str = DEFAULT_SORT, stars: int = 0, cursor: str = "", size: int = PAGE_SIZE
) -> tuple[list[Review], str | None]:
    """Reviews with their pictures, and the cursor of the next page. Raises api.paging.BadCursor."""
    found = reviews.published(product_id=product_id).prefetch_related("pictures")
    if stars:
        found = found.filter(stars=stars)
    return paging.page(found, order=SORTS.get(sort, SORTS[DEFAULT_SORT]).order, cursor=cursor, size=size)


def bars(rating: ProductRating, chosen: int = 0) -> list[Bar]:
    total, counts = rating.count or 1, rating.counts
    return [Bar(stars, counts[stars], round(100 * counts[stars] / total), stars == chosen) for stars in STARS]


def shown(review: Review, language: str) -> dict[str, Any]:
    """What the template needs beside the review itself."""
    return {
        "review": review,
        "written_in": "" if review.language == language else LANGUAGES.get(review.language, ""),
        "is_verified": review.order_id is not None,
    }
