"""Stock in the Wagtail admin: seen by those who may, changed by the verbs only."""

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from company.admin_actions import ActionView
from store import low_stock, stock
from store.catalogue_forms import StockForm
from store.errors import StoreError
from store.models import Stock
from store.stock_forms import AdjustForm


class StockFilterSet(WagtailFilterSet):
    level = django_filters.ChoiceFilter(
        method="by_level", label=_("Level"), choices=[("out", _("Sold out")), ("low", _("Low")), ("in", _("Enough"))]
    )

    class Meta:
        model = Stock
        fields = ("level",)

    def by_level(self, rows: QuerySet[Stock], name: str, value: str) -> QuerySet[Stock]:
        threshold = F("threshold")
        choices: dict[str, dict[str, Any]] = {
            "out": {"free__lte": 0},
            "low": {"free__gt": 0, "free__lte": threshold},
            "in": {"free__gt": threshold},
        }
        return rows.filter(**choices[value]) if value in choices else rows


def buttons(row: Stock, user: Any) -> list[Button]:
    ledger = f"{reverse('store_movements:index')}?sku={row.variant.sku}"
    found = [Button(_("Movements"), url=ledger, icon_name="history", priority=30)]
    if user.has_perm("store.change_stock"):
        url = reverse("store_stock:adjust", args=[row.pk])
        found.append(Button(_("Receive or correct"), url=url, icon_name="plus", priority=20))
    return found


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
            NumberColumn("threshold", label=_("Low from"), accessor="threshold", sort_key="threshold"),
        ]

    def get_base_queryset(self) -> QuerySet[Stock]:
        rows = low_stock.with_levels(Stock.objects.select_related("variant__product"))
        return rows.order_by("variant__product_id", "variant__sort_order", "pk")

    def get_list_more_buttons(self, instance: Stock) -> list[Any]:
        return super().get_list_more_buttons(instance) + buttons(instance, self.request.user)

    @cached_property
    def header_buttons(self) -> list[Button]:
        low = HeaderButton(_("What runs low"), url=reverse("store_low_stock"), icon_name="warning")
        ledger = HeaderButton(_("Movements"), url=reverse("store_movements:index"), icon_name="history")
        return [*super().header_buttons, low, ledger]


class StockEditView(EditView):
    object: Stock

    def get_page_subtitle(self) -> str:
        return f"{self.object.variant.sku}, {self.object.variant}"

    @property
    def header_more_buttons(self) -> list[Button]:
        return list(super().header_more_buttons) + buttons(self.object, self.request.user)

    def form_valid(self, form: StockForm) -> HttpResponse:
        before = {name: getattr(self.object, name) for name in ("on_hand", "low_at")}
        before |= {name: form.initial.get(name, value) for name, value in before.items()}
        row = form.try_save()
        if row is None:
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)
        self.form, self.object = form, row
        changes = {name: [old, getattr(row, name)] for name, old in before.items() if old != getattr(row, name)}
        if changes:
            log(row, "wagtail.edit", user=self.request.user, data=changes)
        return self.save_action()


class AdjustView(ActionView):
    """Goods came, came back, broke, or were never there."""

    page_title = button_label = _("Receive or correct")
    header_icon = "plus"
    form_class = AdjustForm
    error_class = StoreError

    def allowed(self) -> bool:
        return self.request.user.has_perm("store.change_stock")  # type: ignore[union-attr]

    @property
    def explanation(self) -> str:  # type: ignore[override]
        sentence = _t("%(on_hand)d on hand, %(reserved)d of them reserved by orders.")
        return sentence % {"on_hand": self.object.on_hand, "reserved": self.object.reserved}

    def get_page_subtitle(self) -> str:
        return f"{self.object.variant.sku}, {self.object.variant}"

    def act(self, data: dict[str, Any]) -> str:
        user = self.request.user
        sku, change = self.object.variant.sku, data["pieces"]
        row = stock.adjust(
            sku=sku,
            change=change,
            reason=data["reason"],
            actor=user.email,  # type: ignore[union-attr]
            note=data["note"],
        )
        details = {"on_hand": [row.on_hand - change, row.on_hand], "reason": data["reason"]}
        log(row, "wagtail.edit", user=user, data=details)
        return _t("%(sku)s: now %(on_hand)d on hand.") % {"sku": sku, "on_hand": row.on_hand}

    def get_success_url(self) -> str:
        return f"{reverse('store_movements:index')}?sku={self.object.variant.sku}"


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
        adjust = self.construct_view(AdjustView, **self.get_common_view_kwargs())
        own = [path("<int:pk>/adjust/", adjust, name="adjust")]
        return [pattern for pattern in patterns if pattern.name in kept] + own
