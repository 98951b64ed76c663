"""Attributes in the Wagtail admin."""

from django.contrib import messages
from django.db.models import Count, ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from store import attributes
from store.catalogue_forms import NamedForm
from store.models import Attribute
from store.products import attribute_saved


class AttributeIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=pgettext_lazy("thing", "Name"), accessor="name", get_url=self.get_edit_url),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            NumberColumn("products", label=_("Products"), accessor="number"),
            BooleanColumn("filterable", label=_("In filters"), accessor="filterable"),
        ]

    def get_base_queryset(self) -> QuerySet[Attribute]:
        return Attribute.objects.annotate(number=Count("values")).order_by("sort_order", "pk")


class SavedAttribute:
    """What follows a saved attribute, for both views."""

    def save_instance(self) -> Attribute:
        attribute: Attribute = super().save_instance()  # type: ignore[misc]
        attribute_saved(attribute=attribute)
        return attribute


class AttributeCreateView(SavedAttribute, CreateView):
    pass


class AttributeEditView(SavedAttribute, EditView):
    def form_valid(self, form: object) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, gettext("A choice that products have cannot be deleted."))
            return redirect(self.get_edit_url())


class AttributeDeleteView(DeleteView):
    def form_valid(self, form: object) -> HttpResponse:
        try:
            response = super().form_valid(form)
        except ProtectedError:
            sentence = gettext("Products have the attribute “%(name)s”: take it from them first.")
            messages.error(self.request, sentence % {"name": self.object})
            return redirect(self.index_url_name)
        attributes.forget()
        return response


class AttributeViewSet(ModelViewSet):
    model = Attribute
    name = "store_attributes"
    url_prefix = "store/attributes"
    icon = "list-ul"
    menu_label = _("Attributes")
    list_per_page = 50
    index_view_class = AttributeIndexView
    add_view_class = AttributeCreateView
    edit_view_class = AttributeEditView
    delete_view_class = AttributeDeleteView
    search_backend_name = None
    search_fields = ("name_en", "name_ru")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_ru")]),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("sort_order")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("filterable")]),
            FieldRowPanel([FieldPanel("unit_en"), FieldPanel("unit_ru")]),
            FieldPanel("categories"),
            InlinePanel(
                "choices",
                [FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_ru"), FieldPanel("slug")])],
                label=_("Choice"),
            ),
        ],
        base_form_class=NamedForm,
    )


VALUE_PANELS = [
    FieldRowPanel([FieldPanel("attribute"), FieldPanel("choice"), FieldPanel("number"), FieldPanel("flag")]),
    FieldRowPanel([FieldPanel("text_en"), FieldPanel("text_ru")]),
]
