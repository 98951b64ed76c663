"""One product by the rules of the import: what the API's PUT does."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from store.errors import StoreError
from store.imports.columns import plain_name
from store.imports.files import Row
from store.imports.products import ImportOptions, ProductImport
from store.models import Variant


class RefusedProduct(StoreError):
    """The product cannot be kept as it was sent; the text says why."""

    code = "refused_product"


class KnownSku(StoreError):
    """A product is to be made whose SKU exists."""

    code = "known_sku"


def save_product(
    *, values: Mapping[str, Any], actor: str = "", set_stock: bool = False, must_be_new: bool = False
) -> tuple[Variant, bool]:
    """Make or change the product with `values["sku"]`; the variant, and whether it is new.

    Raises RefusedProduct, or KnownSku with `must_be_new`.
    """
    sku = str(values.get("sku") or "")
    if must_be_new and Variant.objects.filter(sku=sku).exists():
        raise KnownSku(_("The SKU “%(sku)s” exists already.") % {"sku": sku}, sku=sku)
    run = ProductImport(ImportOptions(set_stock=set_stock, actor=actor, note="API"))
    filled = run.columns.fill(map(plain_name, values))
    if strange := [column for column, field in filled.items() if not field]:
        raise RefusedProduct(_("There is no field “%(name)s”.") % {"name": strange[0][:60]}, sku=sku)
    run.take([Row(1, {plain_name(column): value for column, value in values.items()})])
    if run.report.refused:
        raise RefusedProduct(run.report.refused[0][2], sku=sku)
    run.finish()
    return Variant.objects.select_related("product", "stock").get(sku=next(iter(run.met))), bool(run.report.created)
