"""Ways of delivery in the Wagtail admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from company.money import format_money
from store.countries import NAMES
from store.models import ShippingMethod


class CountriesField(forms.CharField):
    """Codes typed with commas or spaces between them; a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        codes = list(dict.fromkeys(str(value or "").upper().replace(",", " ").split()))
        for code in codes:
            if code not in NAMES:
                raise ValidationError(_("“%(code)s” is not a country's code.") % {"code": code[:20]})
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ShippingMethodForm(WagtailAdminModelForm):
    countries = CountriesField(
        label=gettext_lazy("Countries"),
        required=False,
        help_text=gettext_lazy("Codes such as LV, LT, EE; empty: everywhere."),
    )


def price(method: ShippingMethod) -> str:
    return str(method.get_kind_display()) if method.has_steps else format_money(method.price)


def countries(method: ShippingMethod) -> str:
    return ", ".join(method.countries) or _("everywhere")


def days(method: ShippingMethod) -> str:
    return f"{method.min_days}–{method.max_days}"


class ShippingMethodViewSet(ModelViewSet):
    model = ShippingMethod
    name = "store_shipping_methods"
    url_prefix = "store/shipping-methods"
    icon = "arrow-right-full"
    menu_label = gettext_lazy("Delivery")
    copy_view_enabled = False
    ordering = ("position", "pk")
    search_fields = ("name_en", "name_ru", "code")
    search_backend_name = None
    list_display = [
        "name",
        Column("price", label=gettext_lazy("Price"), accessor=price, sort_key="price"),
        Column("countries", label=gettext_lazy("Countries"), accessor=countries),
        Column("days", label=gettext_lazy("Working days"), accessor=days),
        BooleanColumn("active", label=gettext_lazy("Offered"), sort_key="active"),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_ru"), FieldPanel("code")], gettext_lazy("Name")),
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("price"), FieldPanel("free_from")]),
            InlinePanel(
                "steps",
                [FieldRowPanel([FieldPanel("up_to"), FieldPanel("price")])],
                heading=gettext_lazy("Prices by weight or value"),
                label=gettext_lazy("Step"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("pickup_address_en"),
                    FieldPanel("pickup_address_ru"),
                    FieldPanel("opening_hours_en"),
                    FieldPanel("opening_hours_ru"),
                ],
                gettext_lazy("To be collected"),
            ),
            FieldPanel("tax_class"),
            FieldPanel("countries"),
            FieldRowPanel([FieldPanel("min_days"), FieldPanel("max_days")]),
            FieldRowPanel([FieldPanel("active"), FieldPanel("position")]),
        ],
        base_form_class=ShippingMethodForm,
    )
