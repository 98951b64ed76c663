"""How the mail server is, and asking it at once."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import oversight, transport_health
from campaigns.errors import CampaignError
from campaigns.models import Transport
from campaigns.viewsets.charts import bars
from campaigns.viewsets.scoped import admin_user
from campaigns.viewsets.watching import WatchersOnly, WatchPage, WatchViewSet
from company.admin_actions import ActionView


class TransportView(WatchPage):
    template_name = "campaigns/admin/transport.html"
    page_title = gettext_lazy("Mail server")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        health = transport_health.health()
        return super().get_context_data(
            **kwargs,
            health=health,
            chart=bars([(minute.sent, minute.tried - minute.sent) for minute in health.minutes]),
            may_probe=health.in_trouble and oversight.may_disable(admin_user(self.request)),
        )


class ProbeView(WatchersOnly, ActionView):
    model = Transport
    error_class = CampaignError
    page_title = button_label = gettext_lazy("Probe now")
    explanation = gettext_lazy("The next message that waits is tried at once; if the server takes it, all goes on.")
    header_icon = "rotate"

    def allowed(self) -> bool:
        return oversight.may_disable(admin_user(self.request))

    def act(self, data: dict[str, Any]) -> str:
        if oversight.probe_now(by=admin_user(self.request)):
            return _("The server is tried within seconds.")
        return _("The server is in no trouble: there is nothing to probe.")

    def get_success_url(self) -> str:
        return reverse("campaign_transport:index")


class TransportViewSet(WatchViewSet):
    name = "campaign_transport"
    icon = "cogs"
    menu_label = gettext_lazy("Mail server")
    pages: ClassVar[dict[str, tuple[str, Any]]] = {
        "index": ("", TransportView),
        "probe": ("<str:pk>/probe/", ProbeView),
    }
