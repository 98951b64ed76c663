"""What happens to products as a whole: saved, published, archived, deleted; and what follows in stock rows, lists and
search."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from store import attributes, listing, pictures, search, stock
from store.errors import StoreError
from store.models import Attribute, Category, FormerSlug, OrderLine, Product, Variant


def product_saved(*, product: Product) -> None:
    """Call after a product and its variants were saved: new variants get a stock row, lists and search learn of it."""
    stock.open_rows(variant_ids=Variant.objects.filter(product=product).values_list("pk", flat=True))
    listing.refresh(product_ids=[product.pk], indexing=False)
    search.update(product_ids=[product.pk])
    pictures.product_changed(product_id=product.pk)


def update_drafts(
    *, products: Mapping[int, Mapping[str, Any]], variants: Mapping[int, Mapping[int, Mapping[str, Any]]]
) -> None:
    """Write what an import or a bulk edit changed into the texts that editors will open: publishing one would else
    undo it.

    `products`: fields by product (a list replaces the product's rows of that name); `variants`: by product, fields by
    variant. Call it after the tables were written. An editor opens the newest revision even without a draft: there
    the whole product is written anew.
    """
    for product in revised([*products, *variants]):
        revision: Any = product.latest_revision
        if product.has_unpublished_changes:
            content = revision.content | written(products.get(product.pk, {}))
            for row in content.get("variants", []):
                row |= written(variants.get(product.pk, {}).get(row.get("pk"), {}))
        else:
            content = product.serializable_data()
        revision.content = content
        revision.save(update_fields=["content"])


def revised(product_ids: Iterable[int]) -> Iterable[Product]:
    """Those that an editor has saved at least once."""
    found = Product.objects.filter(latest_revision__isnull=False, pk__in=set(product_ids))
    return found.select_related("latest_revision")


def written(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As a revision keeps them."""
    return {name: json.loads(json.dumps(value, cls=DjangoJSONEncoder)) for name, value in fields.items()}


def publish(*, product: Product, user: Any = None) -> None:
    """Put on sale what was last written about it; takes an archived one back into the shop."""
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=product.pk)
        revision = product.get_latest_revision() if product.has_unpublished_changes else None
        if revision is not None:
            revision.publish(user=user, skip_permission_checks=True)
            return
        Product.objects.filter(pk=product.pk).update(live=True, expired=False, archived_at=None)
        log(product, "wagtail.publish", user=user)
        product_saved(product=product)


def archive(*, product: Product, user: Any = None) -> None:
    """Take it out of the shop for good; orders keep it, its address says that it is no longer sold."""
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=product.pk)
        if product.archived_at:
            return
        Product.objects.filter(pk=product.pk).update(live=False, archived_at=timezone.now())
        product.revisions.update(approved_go_live_at=None)
        log(product, "store.archive", user=user)
        listing.refresh(product_ids=[product.pk])


def was_published(*, product: Product) -> None:
    """Wagtail has published it, at once or by its timetable: it is in the shop again."""
    Product.objects.filter(pk=product.pk).update(archived_at=None)
    product_saved(product=product)


def is_ordered(*, product: Product) -> bool:
    return OrderLine.objects.filter(variant__product=product.pk).exists()


def check_deletable(*, product: Product) -> None:
    """Raises StoreError for what somebody has ordered: it is archived instead."""
    if is_ordered(product=product):
        sentence = _("“%(name)s” has been ordered and cannot be deleted: archive it instead.")
        raise StoreError(sentence % {"name": product})


def delete(*, product: Product, user: Any = None) -> None:
    """What nobody has ever ordered. Raises StoreError otherwise."""
    with transaction.atomic():
        check_deletable(product=product)
        log(product, "wagtail.delete", user=user)
        product.delete()


def find_moved(*, slug: str) -> Product | None:
    """The product that had this slug before."""
    former = FormerSlug.objects.filter(slug=slug, product__isnull=False).select_related("product").first()
    return former.product if former else None


def category_saved(*, category: Category) -> None:
    """Call after a category was renamed or moved: its products' rows carry its path and its name."""
    category.refresh_from_db()
    refresh_all(Product.objects.filter(category__path__startswith=category.path))


def brand_saved(*, brand_id: int) -> None:
    refresh_all(Product.objects.filter(brand_id=brand_id))


def attribute_saved(*, attribute: Attribute) -> None:
    """Call after an attribute or its choices were edited: lists narrow by the new ones."""
    attributes.forget()
    refresh_all(Product.objects.filter(attributes__attribute=attribute).distinct())


def refresh_all(products: Iterable[Product]) -> None:
    listing.refresh(product_ids=[product.pk for product in products])
