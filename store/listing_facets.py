"""Keeps the flat table of properties (`ListingFacet`) true to attributes and options."""

from collections.abc import Iterator, Sequence

from store.attributes import flag_value, number_value
from store.models import AttributeKind, ListingFacet, ProductAttribute, Variant


def refresh(product_ids: Sequence[int]) -> None:
    """Write the rows of these products, all of which have a listing, anew."""
    ListingFacet.objects.filter(listing__in=product_ids).delete()
    ListingFacet.objects.bulk_create([*attribute_rows(product_ids), *option_rows(product_ids)], ignore_conflicts=True)


def attribute_rows(product_ids: Sequence[int]) -> Iterator[ListingFacet]:
    rows = ProductAttribute.objects.filter(product__in=product_ids, attribute__filterable=True)
    for row in rows.select_related("attribute", "choice"):
        kind = row.attribute.kind
        if kind == AttributeKind.CHOICE:
            value = row.choice.slug if row.choice else ""
        elif kind == AttributeKind.NUMBER:
            value = number_value(row.number)
        else:
            value = flag_value(row.flag)
        if value:
            number = row.number if kind == AttributeKind.NUMBER else None
            yield ListingFacet(listing_id=row.product_id, facet=f"a.{row.attribute.slug}", value=value, number=number)


def option_rows(product_ids: Sequence[int]) -> Iterator[ListingFacet]:
    variants = Variant.objects.filter(product__in=product_ids, active=True, option1__isnull=False)
    met: set[tuple[int, str, str]] = set()
    for slot in ("option1", "option2", "option3"):
        columns = ("product_id", f"{slot}__option_type__slug", f"{slot}__slug")
        filterable = variants.filter(**{f"{slot}__option_type__filterable": True})
        met.update(filterable.values_list(*columns).order_by().distinct())
    for product_id, option, value in sorted(met):
        yield ListingFacet(listing_id=product_id, facet=f"o.{option}", value=value)
