"""What the admin's first page says about mailings: what waits for a manager."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from campaigns import abuse, approvals, pausing
from campaigns.models import Automation, Mailing, Transport
from campaigns.viewsets.watching import may_watch


class WatchPanel(Component):
    name = "campaigns_watch"
    template_name = "campaigns/admin/home_watch.html"
    order = 70

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        by_figures = Q(paused_for__startswith=pausing.BOUNCES) | Q(paused_for__startswith=pausing.COMPLAINTS)
        paused = Mailing.objects.filter(by_figures, status=Mailing.Status.PAUSED)
        return {
            "approvals": approvals.waiting().count(),
            "reports": abuse.waiting().count(),
            "paused": paused.filter(kind=Mailing.Kind.REGULAR).count(),
            "series": Automation.objects.exclude(paused_for="").filter(disabled_at__isnull=True).count(),
            "trouble": Transport.objects.filter(open_since__isnull=False).order_by("open_since").first(),
        }


def panels_for(request: HttpRequest) -> list[Component]:
    return [WatchPanel()] if may_watch(request.user) else []
