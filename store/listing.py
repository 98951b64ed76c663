"""Keeps the narrow table that lists read (`ProductListing`) true to the catalogue and the stock."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db import transaction
from django.db.models import F, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Least

from store import listing_facets, ratings, search
from store.models import Product, ProductListing, ProductPicture, Stock, Variant
from store.models.reviews import STARS

# Beyond this many nobody is told the number.
STOCK_COUNTED = 4
BATCH = 500
RATING = tuple(f"rating__stars_{stars}" for stars in STARS)

FIELDS = [field.name for field in ProductListing._meta.concrete_fields if not field.primary_key]


def refresh(*, product_ids: Iterable[int], indexing: bool = True) -> None:
    """Write the rows of these products anew; products that are not for sale lose theirs.

    `indexing=False` leaves the search text for later (a bulk import calls `search.index` once at its end).
    """
    for ids in batches(product_ids):
        with transaction.atomic():
            rows = list(listing_rows(ids))
            listed = {row.product_id for row in rows}
            ProductListing.objects.filter(product_id__in=[pk for pk in ids if pk not in listed]).delete()
            ProductListing.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["product"], update_fields=FIELDS
            )
            listing_facets.refresh(sorted(listed))
            if indexing:
                search.index(product_ids=ids)


def refresh_stock(*, variant_ids: Iterable[int]) -> None:
    """Write the stock of these variants' products where it flips or runs low, and nothing where it does not."""
    available = (
        Stock.objects.filter(variant__product=OuterRef("product"), variant__active=True)
        .order_by()
        .values("variant__product")
        .annotate(total=Sum(F("on_hand") - F("reserved")))
        .values("total")
    )
    left = Least(Coalesce(Subquery(available, output_field=IntegerField()), 0), STOCK_COUNTED)
    changed = ProductListing.objects.filter(product__variants__in=list(variant_ids)).exclude(stock_left=left)
    for product_id, count in changed.values_list("product_id", left).distinct():
        ProductListing.objects.filter(pk=product_id).update(stock_left=count, in_stock=count > 0)


def listing_rows(product_ids: Sequence[int]) -> Iterator[ProductListing]:
    first_picture = ProductPicture.objects.filter(product=OuterRef("pk")).order_by("sort_order", "pk").values("image")
    products = {
        product.pk: product
        for product in Product.objects.filter(pk__in=product_ids, active=True, live=True)
        .select_related("category", "rating")
        .annotate(picture_id=Subquery(first_picture[:1]))
        .only("brand_id", "popularity", "new_until", "created_at", "category__path", *RATING)
    }
    variants = (
        Variant.objects.filter(product_id__in=products, active=True)
        .order_by("product_id", "price", "sort_order", "pk")
        .values("product_id", "price", "compare_at_price", left=F("stock__on_hand") - F("stock__reserved"))
    )
    for product_id, group in groupby(variants, key=lambda row: row["product_id"]):
        product, offers = products[product_id], list(group)
        left = min(sum(offer["left"] or 0 for offer in offers), STOCK_COUNTED)
        before = offers[0]["compare_at_price"]
        yield ProductListing(
            product_id=product_id,
            category_path=product.category.path,
            brand_id=product.brand_id,
            image_id=product.picture_id,  # type: ignore[attr-defined]
            price=offers[0]["price"],
            price_varies=offers[-1]["price"] > offers[0]["price"],
            compare_at_price=before if before and before > offers[0]["price"] else None,
            in_stock=left > 0,
            stock_left=left,
            popularity=product.popularity,
            new_until=product.new_until,
            created_at=product.created_at,
            **ratings.columns(getattr(product, "rating", None)),
        )


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
