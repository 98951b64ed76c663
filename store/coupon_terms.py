"""What a coupon is worth and for what: written by staff, checked as in the admin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from store.errors import StoreError
from store.models import Brand, Category, Coupon, CouponTarget, Product


@dataclass(frozen=True)
class Target:
    """What a coupon is limited to, by slugs; what is named together must fit together."""

    product: str = ""
    category: str = ""
    brand: str = ""


def save(
    *, coupon: Coupon | None, terms: Mapping[str, Any], targets: Iterable[Target] | None = None, user: Any = None
) -> Coupon:
    """Make a coupon (None) or change what `terms` names; with `targets` it is for these alone.

    Raises ValidationError by field, StoreError for a target that does not exist.
    """
    with transaction.atomic():
        is_new = coupon is None
        found = Coupon() if coupon is None else Coupon.objects.select_for_update().get(pk=coupon.pk)
        for name, value in terms.items():
            setattr(found, name, value)
        found.full_clean(exclude=["key"])
        found.save()
        if targets is not None:
            rows = [row_of(found, target) for target in targets]
            CouponTarget.objects.filter(coupon=found).delete()
            CouponTarget.objects.bulk_create(rows)
        log(found, "wagtail.create" if is_new else "wagtail.edit", user=user, data={"fields": sorted(terms)})
    return found


def row_of(coupon: Coupon, target: Target) -> CouponTarget:
    row = CouponTarget(coupon=coupon)
    for name, model in (("product", Product), ("category", Category), ("brand", Brand)):
        slug = getattr(target, name)
        if slug:
            found = model._default_manager.filter(slug=slug).first()
            if found is None:
                raise StoreError(_("There is no “%(slug)s” in the shop.") % {"slug": slug[:60]}, **{name: slug})
            setattr(row, name, found)
    row.full_clean(exclude=["coupon"])
    return row
