"""What follows when a product was edited: stock rows, listing, search."""

from collections.abc import Iterable

from store import listing, search, stock
from store.models import Category, Product, Variant


def product_saved(*, product: Product) -> None:
    """Call after a product and its variants were saved: new variants get a stock row, lists and search learn of it."""
    stock.open_rows(variant_ids=Variant.objects.filter(product=product).values_list("pk", flat=True))
    listing.refresh(product_ids=[product.pk], indexing=False)
    search.update(product_ids=[product.pk])


def category_saved(*, category: Category) -> None:
    """Call after a category was renamed or moved: its products' rows carry its path and its name."""
    category.refresh_from_db()
    refresh_all(Product.objects.filter(category__path__startswith=category.path))


def brand_saved(*, brand_id: int) -> None:
    refresh_all(Product.objects.filter(brand_id=brand_id))


def refresh_all(products: Iterable[Product]) -> None:
    listing.refresh(product_ids=[product.pk for product in products])
