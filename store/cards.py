"""What a product shows of itself in lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from store.listing import STOCK_COUNTED
from store.models import ProductListing
from store.pictures import Picture, pictures
from store.shelves import brands

COLUMNS = (
    "product_id",
    "product__slug",
    "product__name_en",
    "product__name_ru",
    "brand_id",
    "image_id",
    "price",
    "price_varies",
    "compare_at_price",
    "in_stock",
    "stock_left",
    "new_until",
    "rating",
    "rating_count",
)


@dataclass(frozen=True, slots=True)
class Card:
    """For templates/includes/product_card.html. `stock_left` counts up to `listing.STOCK_COUNTED` only.

    Equal cards look alike: a card is drawn once, and kept under itself.
    """

    pk: int
    slug: str
    name: str
    brand: str
    image: Picture | None
    price: Decimal
    price_varies: bool
    compare_at_price: Decimal | None
    in_stock: bool
    stock_left: int
    is_new: bool
    rating: float = 0.0
    rating_count: int = 0

    @property
    def url(self) -> str:
        return reverse("store:product_detail", kwargs={"slug": self.slug})

    @property
    def is_low(self) -> bool:
        """So few are left that the number is told."""
        return 0 < self.stock_left < STOCK_COUNTED

    @property
    def discount_percent(self) -> int:
        """Whole percent off the price before, rounded down; 0 without one."""
        if not self.compare_at_price:
            return 0
        return int((1 - self.price / self.compare_at_price) * 100)


def cards(rows: Iterable[dict[str, Any]]) -> list[Card]:
    """Cards of rows that were read with `.values(*COLUMNS)`; one query, for the pictures."""
    rows = list(rows)
    images = pictures(image_ids=(row["image_id"] for row in rows))
    makers, today = brands() if rows else {}, timezone.localdate()
    first, second = ("ru", "en") if get_language() == "ru" else ("en", "ru")
    return [
        Card(
            pk=row["product_id"],
            slug=row["product__slug"],
            # As modeltranslation does for rows of its models.
            name=row[f"product__name_{first}"] or row[f"product__name_{second}"] or "",
            brand=makers.get(row["brand_id"], ("", ""))[1],
            image=images.get(row["image_id"]),
            price=row["price"],
            price_varies=row["price_varies"],
            compare_at_price=row["compare_at_price"],
            in_stock=row["in_stock"],
            stock_left=row["stock_left"],
            is_new=bool(row["new_until"] and row["new_until"] >= today),
            rating=row["rating"],
            rating_count=row["rating_count"],
        )
        for row in rows
    ]


def cards_of(listings: QuerySet[ProductListing]) -> list[Card]:
    return cards(listings.values(*COLUMNS))


def cards_for(*, product_ids: Sequence[int]) -> list[Card]:
    """Cards of those among the products that are on sale, in the order given."""
    found = {card.pk: card for card in cards_of(ProductListing.objects.filter(product_id__in=product_ids))}
    return [found[pk] for pk in dict.fromkeys(product_ids) if pk in found]


def most_popular(*, count: int, path: str = "", exclude: int = 0) -> list[Card]:
    """The best-selling ones in stock, in the category of `path` if given."""
    listings = ProductListing.objects.filter(in_stock=True, category_path__startswith=path)
    return cards_of(listings.exclude(pk=exclude).order_by("-popularity", "-product_id")[:count])


def newest(*, count: int) -> list[Card]:
    return cards_of(ProductListing.objects.order_by("-created_at", "-product_id")[:count])
