"""Categories in the Wagtail admin, in the order of the tree."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.images.widgets import AdminImageChooser

from store import shelves
from store.catalogue_forms import CategoryForm, indented
from store.models import Category
from store.products import category_saved

FEW_LINES = AdminAutoHeightTextInput(attrs={"rows": 2})


class CategoryIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=_("Category"), accessor=indented, get_url=self.get_edit_url),
            Column("name_ru", label=_("In Russian"), accessor="name_ru"),
            Column("slug", label=_("Address"), accessor="slug"),
            NumberColumn("products", label=_("Products"), accessor="number"),
        ]

    def get_base_queryset(self) -> QuerySet[Category]:
        return Category.objects.annotate(number=Count("products")).order_by("path")


class SavedCategory:
    """What follows a saved category, for both views."""

    def save_instance(self) -> Category:
        category: Category = super().save_instance()  # type: ignore[misc]
        category_saved(category=category)
        shelves.forget()
        return category


class CategoryCreateView(SavedCategory, CreateView):
    pass


class CategoryEditView(SavedCategory, EditView):
    pass


class CategoryDeleteView(DeleteView):
    """Only empty categories go: treebeard would take the whole branch along."""

    def form_valid(self, form: Any) -> HttpResponse:
        if self.object.numchild:
            return self.refuse(gettext("Other categories stand in “%(name)s”: move or delete them first."))
        try:
            response = super().form_valid(form)
        except ProtectedError:
            return self.refuse(gettext("There are products in “%(name)s”: move them first."))
        shelves.forget()
        return response

    def refuse(self, sentence: str) -> HttpResponse:
        messages.error(self.request, sentence % {"name": self.object.name})
        return redirect(self.index_url_name)


class CategoryViewSet(ModelViewSet):
    model = Category
    name = "store_categories"
    url_prefix = "store/categories"
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    list_per_page = 200
    index_view_class = CategoryIndexView
    add_view_class = CategoryCreateView
    edit_view_class = CategoryEditView
    delete_view_class = CategoryDeleteView
    search_backend_name = None
    search_fields = ("name_en", "name_ru", "slug")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name_en"),
                    FieldPanel("name_ru"),
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("parent")]),
                ],
                pgettext_lazy("thing", "Name"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("intro_en", widget=FEW_LINES),
                    FieldPanel("intro_ru", widget=FEW_LINES),
                    FieldPanel("image", widget=AdminImageChooser),
                ],
                _("Above its list"),
            ),
            MultiFieldPanel([FieldPanel("size_guide_en"), FieldPanel("size_guide_ru")], _("Size guide")),
            FieldPanel("tax_class"),
        ],
        base_form_class=CategoryForm,
    )
