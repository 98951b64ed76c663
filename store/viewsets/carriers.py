"""Carriers and their tracking pages in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from store.models import Carrier


class CarrierViewSet(ModelViewSet):
    model = Carrier
    name = "store_carriers"
    url_prefix = "store/carriers"
    icon = "site"
    menu_label = _("Carriers")
    list_display = ("name", "tracking_url", BooleanColumn("active", label=_("In use")))
    search_fields = ("name",)
    panels = (FieldPanel("name"), FieldPanel("tracking_url"), FieldPanel("active"))
    copy_view_enabled = False
    add_to_reference_index = False
