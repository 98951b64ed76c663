"""Brands in the Wagtail admin."""

from django.db.models import Count, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from store import shelves
from store.catalogue_forms import NamedForm
from store.models import Brand
from store.products import brand_saved


class BrandIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "name",
                label=pgettext_lazy("thing", "Name"),
                accessor="name",
                sort_key="name",
                get_url=self.get_edit_url,
            ),
            Column("slug", label=_("Address"), accessor="slug"),
            NumberColumn("products", label=_("Products"), accessor="number", sort_key="number"),
        ]

    def get_base_queryset(self) -> QuerySet[Brand]:
        return Brand.objects.annotate(number=Count("products"))


class SavedBrand:
    """What follows a saved brand, for both views."""

    def save_instance(self) -> Brand:
        brand: Brand = super().save_instance()  # type: ignore[misc]
        brand_saved(brand_id=brand.pk)
        shelves.forget()
        return brand


class BrandCreateView(SavedBrand, CreateView):
    pass


class BrandEditView(SavedBrand, EditView):
    pass


class BrandViewSet(ModelViewSet):
    model = Brand
    name = "store_brands"
    url_prefix = "store/brands"
    icon = "tag"
    menu_label = _("Brands")
    list_per_page = 50
    ordering = "name"
    index_view_class = BrandIndexView
    add_view_class = BrandCreateView
    edit_view_class = BrandEditView
    search_backend_name = None
    search_fields = ("name",)
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("slug")], base_form_class=NamedForm)
