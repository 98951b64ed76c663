"""Products in the Wagtail admin."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, IndexView, SnippetViewSet

from company.admin_actions import ActionView
from company.money import format_money
from store.catalogue_forms import ProductForm
from store.choosers import brand_chooser, category_chooser
from store.errors import StoreError
from store.models import Brand, Category, Product, ProductListing, Variant
from store.pictures import THUMB, pictures
from store.product_rows import RowsPanel
from store.products import archive, check_deletable, product_saved
from store.search import clean, matching
from store.viewsets.attributes import VALUE_PANELS
from store.viewsets.variants import VARIANT_PANELS, CombinationsView


class ProductFilterSet(WagtailFilterSet):
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.order_by("path"), method="in_category", label=_("Category")
    )
    brand = django_filters.ModelChoiceFilter(queryset=Brand.objects.all(), label=_("Brand"))
    state = django_filters.ChoiceFilter(
        method="by_state",
        label=_("Status"),
        choices=[("live", _("Published")), ("draft", _("Draft")), ("archived", _("Archived"))],
    )
    sold_out = django_filters.BooleanFilter(method="by_stock", label=_("Sold out"))

    class Meta:
        model = Product
        fields = ("active", "state", "category", "brand", "sold_out")

    def by_state(self, products: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        states: dict[str, dict[str, Any]] = {
            "live": {"live": True},
            "draft": {"live": False, "archived_at": None},
            "archived": {"archived_at__isnull": False},
        }
        return products.filter(**states[value]) if value in states else products

    def in_category(self, products: QuerySet[Product], name: str, value: Category | None) -> QuerySet[Product]:
        return products.filter(category__path__startswith=value.path) if value else products

    def by_stock(self, products: QuerySet[Product], name: str, value: bool | None) -> QuerySet[Product]:
        return products if value is None else products.filter(listing__in_stock=not value)


class PictureColumn(Column):
    """The first picture, small; the view has put it on the row."""

    cell_template_name = "store/admin/picture_cell.html"


SHOWN_SKUS = 2


def skus(product: Any) -> str:
    """The first ones: a shoe comes in thirty."""
    found = [variant.sku for variant in product.all_variants]
    more = len(found) - SHOWN_SKUS
    shown = ", ".join(found[:SHOWN_SKUS])
    return shown if more <= 0 else f"{shown} +{more}"


def price(product: Any) -> str:
    prices = sorted(variant.price for variant in product.all_variants)
    if not prices:
        return "–"
    low, high = format_money(prices[0]), format_money(prices[-1])
    return low if low == high else f"{low} – {high}"


def available(product: Any) -> int:
    return sum(variant.available for variant in product.all_variants)


def status(product: Product) -> str:
    return gettext("archived") if product.archived_at else str(product.status_string)


def found_by(products: QuerySet[Product], words: str) -> QuerySet[Product]:
    """As shoppers search, and by any part of a name or SKU: also what is not for sale."""
    words = clean(words)
    if not words:
        return products
    by_sku = Exists(Variant.objects.filter(product=OuterRef("pk"), sku__icontains=words))
    by_text = Q(pk__in=matching(ProductListing.objects.all(), words).values("pk"))
    return products.filter(by_text | by_sku | Q(name_en__icontains=words) | Q(name_ru__icontains=words))


class ProductIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            PictureColumn("picture", label="", width="60px"),
            title(
                "name",
                label=pgettext_lazy("thing", "Name"),
                accessor="name",
                sort_key="name_en",
                get_url=self.get_edit_url,
            ),
            Column("sku", label=_("SKU"), accessor=skus),
            Column("brand", label=_("Brand"), accessor="brand", sort_key="brand__name"),
            Column("category", label=_("Category"), accessor="category", sort_key="category__path"),
            Column("price", label=_("Price"), accessor=price, sort_key="listing__price"),
            Column("stock", label=_("Available"), accessor=available),
            BooleanColumn("active", label=_("For sale"), accessor="is_for_sale", sort_key="active"),
            Column("status", label=_("Status"), accessor=status),
        ]

    @cached_property
    def header_buttons(self) -> list[Button]:
        """What concerns many: the bulk edit is about what the list shows now."""
        query = self.request.GET.urlencode()
        bulk = f"{reverse('store_bulk_edit:index')}{'?' if query else ''}{query}"
        found = [HeaderButton(_("Import and export"), url=reverse("store_import:index"), icon_name="upload")]
        if self.request.user.has_perm("store.change_product"):
            found.insert(0, HeaderButton(_("Bulk edit"), url=bulk, icon_name="edit"))
        return [*super().header_buttons, *found]

    def get_base_queryset(self) -> QuerySet[Product]:
        variants = Variant.objects.select_related("stock").order_by("sort_order", "pk")
        return (
            Product.objects.select_related("brand", "category", "listing")
            .defer("description_en", "description_ru", "description")
            .prefetch_related(Prefetch("variants", variants, to_attr="all_variants"))
        )

    def search_queryset(self, queryset: QuerySet[Product]) -> QuerySet[Product]:
        return found_by(queryset, self.search_query or "")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        ids = {row.pk: getattr(getattr(row, "listing", None), "image_id", None) for row in rows}
        found = pictures(image_ids=ids.values(), specs=THUMB)
        for row in rows:
            row.picture = found.get(ids[row.pk] or 0)
        return context


class ProductCreateView(CreateView):
    def save_instance(self) -> Product:
        product: Product = super().save_instance()
        product_saved(product=product)
        return product


class ProductEditView(EditView):
    @property
    def header_more_buttons(self) -> list[Button]:
        names = [("combinations", _("Make the combinations"), "list-ul")]
        if not self.object.archived_at:
            names.append(("archive", _("Archive"), "history"))
        urls = ((reverse(f"store_products:{name}", args=[self.object.pk]), label, icon) for name, label, icon in names)
        more = [Button(label, url=url, icon_name=icon, priority=50) for url, label, icon in urls]
        return [*super().header_more_buttons, *more]


class ProductDeleteView(DeleteView):
    """What somebody has ordered is archived instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            check_deletable(product=self.object)
        except StoreError as error:
            messages.warning(request, str(error))
            return redirect("store_products:archive", pk=self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class ArchiveView(ActionView):
    page_title = button_label = _("Archive")
    header_icon = "history"
    error_class = StoreError
    is_serious = True
    explanation = _(
        "The product leaves the shop for good: lists, search and carts. Orders keep it, and its address says that it "
        "is no longer sold and shows similar products. Publishing it takes it back."
    )

    def allowed(self) -> bool:
        return self.request.user.has_perm("store.publish_product")  # type: ignore[union-attr]

    def act(self, data: dict[str, Any]) -> str:
        archive(product=self.object, user=self.request.user)
        return gettext("“%(name)s” is archived.") % {"name": self.object}

    def get_success_url(self) -> str:
        return reverse("store_products:edit", args=[self.object.pk])


SPECIFICATION_PANELS = [
    FieldRowPanel([FieldPanel("name_en"), FieldPanel("value_en")]),
    FieldRowPanel([FieldPanel("name_ru"), FieldPanel("value_ru")]),
]


class ProductViewSet(SnippetViewSet):
    combinations_view_class = CombinationsView
    model = Product
    name = url_namespace = "store_products"
    url_prefix = "store/products"
    menu_hook = None
    icon = "box"
    menu_label = _("Products")
    list_per_page = 50
    index_view_class = ProductIndexView
    add_view_class = ProductCreateView
    edit_view_class = ProductEditView
    delete_view_class = ProductDeleteView
    archive_view_class = ArchiveView
    filterset_class = ProductFilterSet
    search_backend_name = None
    search_fields = ("name_en", "name_ru")
    copy_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("name_en"), FieldPanel("name_ru"), FieldPanel("slug")],
                        pgettext_lazy("thing", "Name"),
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("category", widget=category_chooser.widget_class),
                            FieldPanel("brand", widget=brand_chooser.widget_class),
                            FieldPanel("tax_class"),
                        ]
                    ),
                    FieldPanel("description_en"),
                    FieldPanel("description_ru"),
                    FieldRowPanel([FieldPanel("active"), FieldPanel("new_until")]),
                ],
                heading=_("Product"),
            ),
            ObjectList(
                [RowsPanel("variants", VARIANT_PANELS, label=_("Variant"), min_num=1)],
                heading=_("Variants and prices"),
            ),
            ObjectList([InlinePanel("pictures", [FieldPanel("image")], label=_("Picture"))], heading=_("Pictures")),
            ObjectList([RowsPanel("attributes", VALUE_PANELS, label=_("Attribute"))], heading=_("Attributes")),
            ObjectList(
                [InlinePanel("specifications", SPECIFICATION_PANELS, label=_("Property"))], heading=_("Specifications")
            ),
            ObjectList([PublishingPanel()], heading=_("Publishing")),
        ],
        base_form_class=ProductForm,
    )

    @property
    def combinations_view(self) -> Any:
        return self.construct_view(self.combinations_view_class)

    @property
    def archive_view(self) -> Any:
        return self.construct_view(self.archive_view_class)

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urlpatterns()
        own = [
            # As the other lists of the shop are called.
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("combinations/<int:pk>/", self.combinations_view, name="combinations"),
            path("archive/<int:pk>/", self.archive_view, name="archive"),
        ]
        return [*own, *patterns]
