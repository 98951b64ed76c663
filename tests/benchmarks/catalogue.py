"""Makes a catalogue of any size quickly: plausible names, brands in a long tail, a tree of shelves."""

import random
from decimal import Decimal

from django.db import transaction

from store import listing, search, stock
from store.models import Brand, Category, Product, Stock, Variant

BATCH = 2000
ADJECTIVES = [
    "wireless",
    "compact",
    "black",
    "white",
    "silver",
    "cotton",
    "portable",
    "pro",
    "mini",
    "slim",
    "rugged",
    "classic",
    "light",
    "smart",
]
NOUNS = [
    "camera",
    "cable",
    "charger",
    "speaker",
    "headphones",
    "case",
    "lamp",
    "keyboard",
    "jacket",
    "sneaker",
    "backpack",
    "watch",
    "stand",
    "tripod",
]
ENDINGS = ["usb", "for travel", "with stand", "second edition", "kit", "pack of two", "for kids", "xl"]


def make_products(count: int, *, seed: int = 1, admin_index: bool = False) -> None:
    """Add `count` products with a variant and stock each, listed and searchable.

    The admin's own search index is left out unless asked for: it is most of the time and no page of the shop reads it.
    """
    chance = random.Random(seed)
    shelves, brands = make_shelves(), make_brands()
    # Few brands have most products, as in real shops.
    weights = [1 / (rank + 1) for rank in range(len(brands))]
    start = Product.objects.count()
    for first in range(start, start + count, BATCH):
        numbers = range(first, min(first + BATCH, start + count))
        ids = make_batch(numbers, chance, shelves, chance.choices(brands, weights, k=len(numbers)))
        if admin_index:
            search.update(product_ids=ids)


@transaction.atomic
def make_batch(numbers: range, chance: random.Random, shelves: list[Category], brands: list[Brand]) -> list[int]:
    products = Product.objects.bulk_create(
        Product(
            name_en=(
                name := f"{brand.name} {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {chance.choice(ENDINGS)}"
            ),
            slug=f"bench-{number}",
            brand=brand,
            category=chance.choice(shelves),
            description_en=f"<p>{name.capitalize()}: {' '.join(chance.choices(ADJECTIVES + NOUNS, k=25))}.</p>",
            popularity=int(chance.paretovariate(0.7)),
        )
        for number, brand in zip(numbers, brands, strict=True)
    )
    variants = Variant.objects.bulk_create(
        Variant(product=product, sku=f"BENCH-{number}", price=Decimal(chance.randint(199, 99999)) / 100, sort_order=0)
        for number, product in zip(numbers, products, strict=True)
    )
    stocks = [Stock(variant=variant, on_hand=0 if chance.random() < 0.1 else 100_000) for variant in variants]
    stock.open_with(stocks=stocks)
    ids = [product.pk for product in products]
    listing.refresh(product_ids=ids)
    return ids


def make_shelves() -> list[Category]:
    """Eight departments with five shelves each; the shelves are returned."""
    if not Category.objects.filter(slug="bench-7").exists():
        for number in range(8):
            department = Category.add_root(name_en=f"Department {number}", slug=f"bench-{number}")
            for shelf in range(5):
                name = f"{NOUNS[(number * 5 + shelf) % len(NOUNS)].capitalize()} {number}-{shelf}"
                department.add_child(name_en=name, slug=f"bench-{number}-{shelf}")
                department.refresh_from_db()
    return list(Category.objects.filter(slug__startswith="bench-", depth=2))


def make_brands() -> list[Brand]:
    Brand.objects.bulk_create(
        (Brand(name=f"Maker {number}", slug=f"bench-{number}") for number in range(250)), ignore_conflicts=True
    )
    return list(Brand.objects.filter(slug__startswith="bench-").order_by("pk"))
