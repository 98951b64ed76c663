"""The report of what runs low."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from api.cells import harmless
from store import low_stock
from store.models import Stock

FIELDS = ["variant.sku", "variant", "free", "threshold", "on_hand", "reserved"]


def adjust_url(row: Stock) -> str:
    return reverse("store_stock:adjust", args=[row.pk])


class LowStockView(ReportView):
    """Sold out and nearly sold out, the scarcest first."""

    page_title = _("What runs low")
    header_icon = "warning"
    index_url_name = "store_low_stock"
    index_results_url_name = "store_low_stock_results"
    model = Stock
    any_permission_required = ["view"]
    is_searchable = False
    list_export = FIELDS
    export_headings = {
        "variant.sku": _("SKU"),
        "variant": _("Product"),
        "free": _("Available"),
        "threshold": _("Low from"),
    }
    export_filename = "low-stock"
    custom_field_preprocess = {
        "variant.sku": {"csv": harmless, "xlsx": harmless},
        "variant": {name: lambda value: harmless(str(value)) for name in ("csv", "xlsx")},
    }

    permission_policy = ModelPermissionPolicy(Stock)

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("sku", label=_("SKU"), accessor="variant.sku", get_url=adjust_url),
            Column("product", label=_("Product"), accessor="variant"),
            NumberColumn("free", label=_("Available"), accessor="free"),
            NumberColumn("threshold", label=_("Low from"), accessor="threshold"),
            NumberColumn("on_hand", label=_("On hand"), accessor="on_hand"),
            NumberColumn("reserved", label=_("Reserved"), accessor="reserved"),
        ]

    def get_queryset(self) -> QuerySet[Stock]:
        return low_stock.low()
