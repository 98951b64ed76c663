"""Products in the Wagtail admin."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from company.money import format_money
from store.catalogue_forms import ProductForm
from store.models import Brand, Category, Product, ProductListing, Variant
from store.pictures import THUMB, pictures
from store.products import product_saved
from store.search import clean, matching
from store.viewsets.variants import VARIANT_PANELS, CombinationsView


class ProductFilterSet(WagtailFilterSet):
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.order_by("path"), method="in_category", label=_("Category")
    )
    brand = django_filters.ModelChoiceFilter(queryset=Brand.objects.all(), label=_("Brand"))
    sold_out = django_filters.BooleanFilter(method="by_stock", label=_("Sold out"))

    class Meta:
        model = Product
        fields = ("active", "category", "brand", "sold_out")

    def in_category(self, products: QuerySet[Product], name: str, value: Category | None) -> QuerySet[Product]:
        return products.filter(category__path__startswith=value.path) if value else products

    def by_stock(self, products: QuerySet[Product], name: str, value: bool | None) -> QuerySet[Product]:
        return products if value is None else products.filter(listing__in_stock=not value)


class PictureColumn(Column):
    """The first picture, small; the view has put it on the row."""

    cell_template_name = "store/admin/picture_cell.html"


def skus(product: Any) -> str:
    return ", ".join(variant.sku for variant in product.all_variants)


def price(product: Any) -> str:
    prices = sorted(variant.price for variant in product.all_variants)
    if not prices:
        return "–"
    low, high = format_money(prices[0]), format_money(prices[-1])
    return low if low == high else f"{low} – {high}"


def available(product: Any) -> int:
    return sum(variant.available for variant in product.all_variants)


class ProductIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
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
            BooleanColumn("active", label=_("For sale"), accessor="active", sort_key="active"),
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
        """As shoppers search, and by any part of a name or SKU: also what is not for sale."""
        words = clean(self.search_query or "")
        if not words:
            return queryset
        by_sku = Exists(Variant.objects.filter(product=OuterRef("pk"), sku__icontains=words))
        by_text = Q(pk__in=matching(ProductListing.objects.all(), words).values("pk"))
        return queryset.filter(by_text | by_sku | Q(name_en__icontains=words) | Q(name_ru__icontains=words))

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
        url = reverse("store_products:combinations", args=[self.object.pk])
        more = Button(_("Make the combinations"), url=url, icon_name="list-ul", priority=50)
        return [*super().header_more_buttons, more]

    def save_instance(self) -> Product:
        product: Product = super().save_instance()
        product_saved(product=product)
        return product


SPECIFICATION_PANELS = [
    FieldRowPanel([FieldPanel("name_en"), FieldPanel("value_en")]),
    FieldRowPanel([FieldPanel("name_ru"), FieldPanel("value_ru")]),
]


class ProductViewSet(ModelViewSet):
    combinations_view_class = CombinationsView
    model = Product
    name = "store_products"
    url_prefix = "store/products"
    icon = "box"
    menu_label = _("Products")
    list_per_page = 50
    index_view_class = ProductIndexView
    add_view_class = ProductCreateView
    edit_view_class = ProductEditView
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
                    FieldRowPanel([FieldPanel("category"), FieldPanel("brand")]),
                    FieldPanel("description_en"),
                    FieldPanel("description_ru"),
                    FieldRowPanel([FieldPanel("active"), FieldPanel("new_until"), FieldPanel("popularity")]),
                ],
                heading=_("Product"),
            ),
            ObjectList(
                [InlinePanel("variants", VARIANT_PANELS, label=_("Variant"), min_num=1)],
                heading=_("Variants and prices"),
            ),
            ObjectList([InlinePanel("pictures", [FieldPanel("image")], label=_("Picture"))], heading=_("Pictures")),
            ObjectList(
                [InlinePanel("specifications", SPECIFICATION_PANELS, label=_("Property"))], heading=_("Specifications")
            ),
        ],
        base_form_class=ProductForm,
    )

    @property
    def combinations_view(self) -> Any:
        return self.construct_view(self.combinations_view_class)

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [*patterns, path("combinations/<int:pk>/", self.combinations_view, name="combinations")]
