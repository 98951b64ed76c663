"""What follows when a product was edited: stock rows, listing, search."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import DraftStateMixin

from store import listing, search, stock
from store.models import Category, Product, Variant


def product_saved(*, product: Product) -> None:
    """Call after a product and its variants were saved: new variants get a stock row, lists and search learn of it."""
    stock.open_rows(variant_ids=Variant.objects.filter(product=product).values_list("pk", flat=True))
    listing.refresh(product_ids=[product.pk], indexing=False)
    search.update(product_ids=[product.pk])


def update_drafts(
    *, products: Mapping[int, Mapping[str, Any]], variants: Mapping[int, Mapping[int, Mapping[str, Any]]]
) -> None:
    """Write what an import or a bulk edit changed into open drafts too: publishing one would else undo it.

    `products`: fields by product; `variants`: by product, fields by variant.
    """
    for product in drafted([*products, *variants]):
        revision: Any = product.latest_revision  # type: ignore[attr-defined]
        content = revision.content
        content |= written(products.get(product.pk, {}))
        for row in content.get("variants", []):
            row |= written(variants.get(product.pk, {}).get(row.get("pk"), {}))
        revision.content = content
        revision.save(update_fields=["content"])


def drafted(product_ids: Iterable[int]) -> Iterable[Product]:
    """Those with an open draft."""
    if not issubclass(Product, DraftStateMixin):
        return []
    open_drafts = Product.objects.filter(has_unpublished_changes=True, pk__in=list(product_ids))
    return open_drafts.select_related("latest_revision").exclude(latest_revision=None)


def written(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As a revision keeps them."""
    return {name: json.loads(json.dumps(value, cls=DjangoJSONEncoder)) for name, value in fields.items()}


def category_saved(*, category: Category) -> None:
    """Call after a category was renamed or moved: its products' rows carry its path and its name."""
    category.refresh_from_db()
    refresh_all(Product.objects.filter(category__path__startswith=category.path))


def brand_saved(*, brand_id: int) -> None:
    refresh_all(Product.objects.filter(brand_id=brand_id))


def refresh_all(products: Iterable[Product]) -> None:
    listing.refresh(product_ids=[product.pk for product in products])
