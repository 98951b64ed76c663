"""Stock in the Wagtail admin: seen by those who may, changed by the verb only."""

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from store.catalogue_forms import StockForm
from store.models import Stock

LOW = 5


class StockFilterSet(WagtailFilterSet):
    level = django_filters.ChoiceFilter(
        method="by_level", label=_("Level"), choices=[("out", _("Sold out")), ("low", _("Up to 5")), ("in", _("More"))]
    )

    class Meta:
        model = Stock
        fields = ("level",)

    def by_level(self, rows: QuerySet[Stock], name: str, value: str) -> QuerySet[Stock]:
        left = rows.annotate(free=F("on_hand") - F("reserved"))
        choices = {"out": {"free__lte": 0}, "low": {"free__gt": 0, "free__lte": LOW}, "in": {"free__gt": LOW}}
        return left.filter(**choices[value]) if value in choices else rows


class StockIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("sku", label=_("SKU"), accessor="variant.sku", sort_key="variant__sku", get_url=self.get_edit_url),
            Column("product", label=_("Product"), accessor="variant", sort_key="variant__product__name_en"),
            NumberColumn("on_hand", label=_("On hand"), accessor="on_hand", sort_key="on_hand"),
            NumberColumn("reserved", label=_("Reserved"), accessor="reserved", sort_key="reserved"),
            NumberColumn("available", label=_("Available"), accessor="available", sort_key="free"),
        ]

    def get_base_queryset(self) -> QuerySet[Stock]:
        rows = Stock.objects.select_related("variant__product").annotate(free=F("on_hand") - F("reserved"))
        return rows.order_by("variant__product_id", "variant__sort_order", "pk")


class StockEditView(EditView):
    object: Stock

    def get_page_subtitle(self) -> str:
        return f"{self.object.variant.sku}, {self.object.variant}"

    def form_valid(self, form: StockForm) -> HttpResponse:
        before = self.object.on_hand
        stock = form.try_save()
        if stock is None:
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)
        self.form, self.object = form, stock
        if stock.on_hand != before:
            log(stock, "wagtail.edit", user=self.request.user, data={"on_hand": [before, stock.on_hand]})
        return self.save_action()


class StockViewSet(ModelViewSet):
    model = Stock
    name = "store_stock"
    url_prefix = "store/stock"
    # Wagtail takes the key, which is the variant's, for a text.
    pk_path_converter = "int"
    icon = "shelves"
    menu_label = _("Stock")
    list_per_page = 50
    index_view_class = StockIndexView
    edit_view_class = StockEditView
    filterset_class = StockFilterSet
    search_fields = ("variant__sku", "variant__product__name_en", "variant__product__name_ru")
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[StockForm]:
        return StockForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Who may do everything would be offered what there is no address for.
        return super().get_index_view_kwargs(**kwargs) | {"add_url_name": None, "delete_url_name": None}

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(**kwargs) | {"delete_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        """Rows come and go with variants: nobody adds or deletes one here."""
        kept = ("index", "index_results", "edit", "history", "history_results", "usage")
        patterns: list[Any] = super().get_urlpatterns()
        return [pattern for pattern in patterns if pattern.name in kept]
