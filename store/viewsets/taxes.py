"""Tax classes and rates in the Wagtail admin."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from store.countries import country_choices, country_name
from store.models import TaxClass, TaxRate


class TaxRateForm(WagtailAdminModelForm):
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices)


def country(rate: TaxRate) -> str:
    return country_name(rate.country)


def class_name(rate: TaxRate) -> str:
    return str(rate.tax_class or _("usual"))


class TaxRateIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[TaxRate]:
        return TaxRate.objects.select_related("tax_class")


class TaxRateViewSet(ModelViewSet):
    model = TaxRate
    name = "store_tax_rates"
    url_prefix = "store/tax-rates"
    icon = "decimal"
    menu_label = gettext_lazy("Tax rates")
    copy_view_enabled = False
    ordering = ("country", "tax_class")
    index_view_class = TaxRateIndexView
    list_per_page = 100
    list_display = [
        "__str__",
        Column("country", label=gettext_lazy("Country"), accessor=country, sort_key="country"),
        Column("tax_class", label=gettext_lazy("Tax class"), accessor=class_name),
        BooleanColumn("included", label=gettext_lazy("Included in the prices")),
        BooleanColumn("is_home", label=gettext_lazy("The shop's own country")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("country"),
            FieldPanel("tax_class"),
            FieldPanel("rate"),
            FieldPanel("included"),
            FieldPanel("is_home"),
        ],
        base_form_class=TaxRateForm,
    )


class TaxClassViewSet(ModelViewSet):
    model = TaxClass
    name = "store_tax_classes"
    url_prefix = "store/tax-classes"
    icon = "list-ul"
    menu_label = gettext_lazy("Tax classes")
    copy_view_enabled = False
    ordering = ("code",)
    list_display = ["name", "code"]
    edit_handler = ObjectList([FieldPanel("name_en"), FieldPanel("name_ru"), FieldPanel("code")])
