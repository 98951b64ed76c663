"""Mailings in the Wagtail admin: one module per kind of rows, one group."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from campaigns.viewsets.journal import AttemptViewSet, DeliveryViewSet, RunViewSet
from campaigns.viewsets.lists import MessageViewSet, RecipientViewSet
from campaigns.viewsets.mailings import MailingViewSet


class CampaignsViewSetGroup(ViewSetGroup):
    """The “Campaigns” menu."""

    menu_label = _("Campaigns")
    menu_icon = "mail"
    menu_order = 300
    items = (MailingViewSet, MessageViewSet, RecipientViewSet, RunViewSet, DeliveryViewSet, AttemptViewSet)
