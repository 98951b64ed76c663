"""What editors have begun, kept true to what imports and staff changed outside of it: publishing it undoes nothing."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wagtail.models import Revision

from store.models import Product, Variant

Names = Collection[str]


def carry_into_drafts(
    *,
    products: Mapping[int, Names] | None = None,
    variants: Mapping[int, Mapping[int, Names]] | None = None,
    new: Mapping[int, Iterable[int]] | None = None,
) -> None:
    """Call it after the tables were written, with what was changed and nothing else.

    `products`: names of fields (or of rows that belong to it, as “pictures”) by product; `variants`: by product, names
    of fields by variant; `new`: ids of new variants by product. Open and scheduled drafts get the present values of
    these and keep the rest. An editor opens the newest revision even without a draft: that is written anew as a whole.
    """
    products, variants, new = products or {}, variants or {}, new or {}
    concerned = {*products, *variants, *new}
    found = Product.objects.filter(latest_revision__isnull=False, pk__in=concerned)
    for product in found.select_related("latest_revision"):
        live = product.serializable_data()
        for revision in revisions_of(product):
            if revision.pk == product.latest_revision_id and not product.has_unpublished_changes:
                revision.content = live
            else:
                fields = variants.get(product.pk, {})
                revision.content = merged(
                    revision.content, live, products.get(product.pk, ()), fields, set(new.get(product.pk, ()))
                )
            revision.save(update_fields=["content"])


def revisions_of(product: Product) -> list[Revision]:
    """The newest, and those that the timetable will publish."""
    scheduled = product.revisions.filter(approved_go_live_at__isnull=False)
    return list({revision.pk: revision for revision in [*scheduled, product.latest_revision] if revision}.values())


def merged(
    content: dict[str, Any], live: dict[str, Any], names: Names, fields: Mapping[int, Names], new: set[int]
) -> dict[str, Any]:
    content = content | {name: live[name] for name in names}
    drafted = {row.get("pk"): row for row in content.get("variants", [])}
    for row in live["variants"]:
        if row["pk"] in drafted:
            drafted[row["pk"]].update({name: row[name] for name in fields.get(row["pk"], ())})
        elif row["pk"] in new:
            content.setdefault("variants", []).append(row)
    return content


def of_variants(variants: Iterable[Variant]) -> dict[int, list[int]]:
    """Their ids by product, as `new` wants them."""
    found: dict[int, list[int]] = {}
    for variant in variants:
        found.setdefault(variant.product_id, []).append(variant.pk)
    return found
