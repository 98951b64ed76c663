"""Open drafts of products, kept true to what imports and staff changed outside them."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Revision

from store.models import Product, Variant

VARIANT_FIELDS = ("sku", "price", "compare_at_price", "active")


def carry_into_drafts(
    *, product_ids: Iterable[int], fields: Sequence[str] = (), variant_fields: Sequence[str] = VARIANT_FIELDS
) -> None:
    """Call after products were changed outside the editor (import, bulk edit, new variants).

    Writes the live values of `fields` (of the product) and `variant_fields` into each open or scheduled draft, adds
    the variants that it does not know, and leaves the rest of it alone: publishing it then undoes nothing.
    """
    products = Product.objects.filter(pk__in=list(product_ids), latest_revision__isnull=False)
    with transaction.atomic():
        for product in products:
            for revision in open_drafts(product):
                revision.content = merged(revision.content, product, fields, variant_fields)
                revision.save(update_fields=["content"])


def open_drafts(product: Product) -> list[Revision]:
    scheduled = product.revisions.filter(approved_go_live_at__isnull=False)
    drafts = {revision.pk: revision for revision in scheduled}
    if product.has_unpublished_changes and product.latest_revision_id:
        drafts[product.latest_revision_id] = product.revisions.get(pk=product.latest_revision_id)
    return list(drafts.values())


def merged(content: dict, product: Product, fields: Sequence[str], variant_fields: Sequence[str]) -> dict:  # type: ignore[type-arg]
    live = product.serializable_data()
    content = {**content, **{name: live[name] for name in fields}}
    drafted = {row.get("pk"): row for row in content.get("variants", [])}
    for row in map(get_serializable_data_for_fields, Variant.objects.filter(product=product)):
        if row["pk"] in drafted:
            drafted[row["pk"]].update({name: row[name] for name in variant_fields})
        else:
            content.setdefault("variants", []).append(row)
    return content
