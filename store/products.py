"""What happens to products as a whole: saved, published, archived, deleted; and what follows in stock rows, lists and
search."""

from collections.abc import Iterable
from typing import Any

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


def unarchive(*, product: Product, user: Any = None) -> None:
    """Back among the products, but not into the shop: somebody publishes it when it is ready."""
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=product.pk)
        if product.archived_at:
            Product.objects.filter(pk=product.pk).update(archived_at=None, expired=False)
            log(product, "store.unarchive", user=user)


def unpublish(*, product: Product, user: Any = None) -> None:
    """Out of the shop until it is published again; what its timetable says does not bring it back."""
    product = Product.objects.get(pk=product.pk)
    if product.live:
        product.unpublish(user=user)
    else:
        product.revisions.update(approved_go_live_at=None)


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
    pictures.queue(image_ids=[category.image_id] if category.image_id else [])


def brand_saved(*, brand_id: int) -> None:
    refresh_all(Product.objects.filter(brand_id=brand_id))


def attribute_saved(*, attribute: Attribute) -> None:
    """Call after an attribute or its choices were edited: lists narrow by the new ones."""
    attributes.forget()
    refresh_all(Product.objects.filter(attributes__attribute=attribute).distinct())


def refresh_all(products: Iterable[Product]) -> None:
    listing.refresh(product_ids=[product.pk for product in products])
