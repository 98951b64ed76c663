"""The average of a product's published reviews, kept as counts per star: no page adds anything up."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from store.models import Product, ProductListing, ProductRating, Review, ReviewStatus

# "Best rated" takes each product to have this many reviews more with the middle number of stars, so that a single
# five does not beat a hundred.
PRIOR, MIDDLE = 5, 3


def shift(*, product_id: int, added: int = 0, removed: int = 0) -> None:
    """One review with so many stars more or less; 0 is none. Call it in the transaction that changes the review."""
    ProductRating.objects.get_or_create(product_id=product_id)
    changes: dict[str, Any] = {f"stars_{added}": F(f"stars_{added}") + 1} if added else {}
    if removed and removed != added:
        changes[f"stars_{removed}"] = Greatest(F(f"stars_{removed}") - 1, 0)
    elif removed:
        changes = {}
    if changes:
        ProductRating.objects.filter(pk=product_id).update(**changes)
    show(product_id=product_id)


def show(*, product_id: int) -> None:
    """Write the rating where lists read it."""
    rating = ProductRating.objects.filter(pk=product_id).first() or ProductRating(product_id=product_id)
    ProductListing.objects.filter(pk=product_id).update(**columns(rating))


def columns(rating: ProductRating | None) -> dict[str, float | int]:
    """What the listing's row holds."""
    count = rating.count if rating else 0
    average = rating.average if rating else 0.0
    rank = round(1000 * (average * count + PRIOR * MIDDLE) / (count + PRIOR)) if count else 0
    return {"rating": round(average, 2), "rating_count": count, "rating_rank": rank}


def recount() -> int:
    """Count all published reviews anew; how many products have some."""
    with transaction.atomic():
        ProductRating.objects.all().delete()
        found: dict[int, ProductRating] = {}
        published = Review.objects.filter(status=ReviewStatus.APPROVED)
        for product_id, stars in published.values_list("product_id", "stars").iterator():
            rating = found.setdefault(product_id, ProductRating(product_id=product_id))
            setattr(rating, f"stars_{stars}", getattr(rating, f"stars_{stars}") + 1)
        ProductRating.objects.bulk_create(found.values(), batch_size=500)
    for product_id in Product.objects.filter(listing__isnull=False).values_list("pk", flat=True):
        show(product_id=product_id)
    return len(found)
