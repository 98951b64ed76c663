"""Mailings in the Wagtail admin: one module per kind of rows, one group."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from campaigns.viewsets.abuse import AbuseViewSet
from campaigns.viewsets.approving import ApprovalsViewSet
from campaigns.viewsets.arriving import ArrivingViewSet
from campaigns.viewsets.automations import AutomationViewSet
from campaigns.viewsets.consents import ConsentsViewSet
from campaigns.viewsets.domains import SendingDomainViewSet
from campaigns.viewsets.events import EventViewSet
from campaigns.viewsets.journal import AttemptViewSet, DeliveryViewSet, RunViewSet
from campaigns.viewsets.lists import MessageViewSet, RecipientViewSet
from campaigns.viewsets.mailings import MailingViewSet
from campaigns.viewsets.nouns import NOUNS
from campaigns.viewsets.owners import OwnersViewSet
from campaigns.viewsets.suppressions import SuppressionViewSet
from campaigns.viewsets.transport import TransportViewSet


class CampaignsViewSetGroup(ViewSetGroup):
    """The “Campaigns” menu."""

    menu_label = _("Campaigns")
    menu_icon = "mail"
    menu_order = 300
    items = (
        *(MailingViewSet, AutomationViewSet, MessageViewSet, RecipientViewSet, OwnersViewSet),
        *(RunViewSet, DeliveryViewSet, AttemptViewSet, EventViewSet),
        *(ApprovalsViewSet, AbuseViewSet, ConsentsViewSet, SuppressionViewSet, ArrivingViewSet, TransportViewSet),
        *NOUNS,
        SendingDomainViewSet,
    )
