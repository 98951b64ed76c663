"""The shop's own ways of payment in the Wagtail admin."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from company.money import format_money
from store.models import OfflineMethod
from store.viewsets.shipping import CountriesField


class OfflineMethodForm(WagtailAdminModelForm):
    countries = CountriesField(
        label=gettext_lazy("Countries"),
        required=False,
        help_text=gettext_lazy("Codes such as LV, LT, EE; empty: everywhere."),
    )


def kind(method: OfflineMethod) -> str:
    return str(method.get_kind_display()).split(":")[0]


def limits(method: OfflineMethod) -> str:
    """What it is limited to, in a few words."""
    found = [", ".join(method.countries)] if method.countries else []
    if method.min_total is not None:
        found.append(_("from %(sum)s") % {"sum": format_money(method.min_total)})
    if method.max_total is not None:
        found.append(_("up to %(sum)s") % {"sum": format_money(method.max_total)})
    return "; ".join(found) or "–"


class OfflineMethodViewSet(ModelViewSet):
    model = OfflineMethod
    name = "store_offline_methods"
    url_prefix = "store/ways-of-payment"
    icon = "key"
    menu_label = gettext_lazy("Ways of payment")
    copy_view_enabled = False
    ordering = ("position", "pk")
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind"), accessor=kind, sort_key="kind"),
        Column("hold_days", label=gettext_lazy("Days to wait"), sort_key="hold_days"),
        Column("limits", label=gettext_lazy("Limited to"), accessor=limits),
        BooleanColumn("active", label=gettext_lazy("Offered"), sort_key="active"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_ru"), FieldPanel("code")], gettext_lazy("Name")),
            MultiFieldPanel([FieldPanel("note_en"), FieldPanel("note_ru")], gettext_lazy("Note at the checkout")),
            MultiFieldPanel([FieldPanel("instructions_en"), FieldPanel("instructions_ru")], gettext_lazy("How to pay")),
            FieldPanel("hold_days"),
            MultiFieldPanel(
                [
                    FieldPanel("shipping_methods"),
                    FieldPanel("countries"),
                    FieldRowPanel([FieldPanel("min_total"), FieldPanel("max_total")]),
                ],
                gettext_lazy("Offered only"),
            ),
            FieldRowPanel([FieldPanel("active"), FieldPanel("position")]),
        ],
        base_form_class=OfflineMethodForm,
    )
