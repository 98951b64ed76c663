"""The menus around every page, as editors arrange them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from home.blocks.links import FooterColumnBlock, LinkStreamBlock


@register_setting(icon="list-ul", order=120)
class Navigation(BaseSiteSetting):
    """Header row and footer columns. Empty ones fall back to what the shop has (home.frame)."""

    header = StreamField(LinkStreamBlock(), verbose_name=_("row under the header"), blank=True)
    footer = StreamField([("column", FooterColumnBlock())], verbose_name=_("footer"), blank=True)

    panels = [FieldPanel("header"), FieldPanel("footer")]

    class Meta:
        verbose_name = _("menus")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
