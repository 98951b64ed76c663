"""Choosing brands in the admin; products and categories are chosen with the home page's choosers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class BrandChooserViewSet(ChooserViewSet):
    model = "store.Brand"
    icon = "tag"
    choose_one_text = _("Choose a brand")
    choose_another_text = _("Choose another brand")


brand_chooser = BrandChooserViewSet("brand_chooser")
