"""Options and their values in the Wagtail admin."""

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

from store import option_values, options
from store.catalogue_forms import NamedForm
from store.models import OptionType


class OptionIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=pgettext_lazy("thing", "Name"), accessor="name", get_url=self.get_edit_url),
            Column("name_ru", label=_("In Russian"), accessor="name_ru"),
            Column("slug", label=_("In addresses"), accessor="slug"),
            NumberColumn("number", label=_("Values"), accessor="number"),
            BooleanColumn("filterable", label=_("In filters"), accessor="filterable"),
        ]

    def get_base_queryset(self) -> QuerySet[OptionType]:
        return OptionType.objects.annotate(number=Count("values")).order_by("sort_order", "pk")


class SavedOption:
    """What follows a saved option, for both views."""

    def save_instance(self) -> OptionType:
        option: OptionType = super().save_instance()  # type: ignore[misc]
        options.option_saved(option_type=option)
        return option


class OptionCreateView(SavedOption, CreateView):
    pass


class OptionEditView(SavedOption, EditView):
    def form_valid(self, form: object) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, gettext("A value that variants have cannot be deleted."))
            return redirect(self.get_edit_url())


class OptionDeleteView(DeleteView):
    def form_valid(self, form: object) -> HttpResponse:
        try:
            response = super().form_valid(form)
        except ProtectedError:
            sentence = gettext("There are variants with a value of “%(name)s”: change them first.")
            messages.error(self.request, sentence % {"name": self.object})
            return redirect(self.index_url_name)
        option_values.forget()
        return response


class OptionViewSet(ModelViewSet):
    model = OptionType
    name = "store_options"
    url_prefix = "store/options"
    icon = "list-ul"
    menu_label = _("Options")
    list_per_page = 50
    index_view_class = OptionIndexView
    add_view_class = OptionCreateView
    edit_view_class = OptionEditView
    delete_view_class = OptionDeleteView
    search_backend_name = None
    search_fields = ("name_en", "name_ru")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_ru")]),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("sort_order")]),
            FieldRowPanel([FieldPanel("is_colour"), FieldPanel("filterable")]),
            InlinePanel(
                "values",
                [
                    FieldRowPanel(
                        [FieldPanel("name_en"), FieldPanel("name_ru"), FieldPanel("swatch"), FieldPanel("slug")]
                    )
                ],
                label=_("Value"),
                min_num=1,
            ),
        ],
        base_form_class=NamedForm,
    )
