"""How well the site's mail arrives: over all owners, by owner, recipient domain and day."""

import csv
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from api.cells import harmless
from campaigns import deliverability
from campaigns.deliverability import BOUNCE_LIMIT, COMPLAINT_LIMIT, Standing
from campaigns.viewsets.charts import bars, height_of, line
from campaigns.viewsets.watching import WatchersOnly, WatchPage, WatchViewSet

PERIODS = (7, 30, 90)
TABLES = {
    "owner": (_("By owner"), deliverability.by_owner),
    "domain": (_("By recipient domain"), deliverability.by_domain),
    "day": (_("By day"), deliverability.by_day),
}
COLUMNS = ("name", "tried", "sent", "bounced", "bounce_rate", "complained", "complaint_rate")


def period(request: HttpRequest) -> int:
    text = request.GET.get("days", "")
    return int(text) if text in map(str, PERIODS) else deliverability.DAYS


def name_of(row: Standing) -> str:
    return row.label or str(row.key)


class ArrivingView(WatchPage):
    template_name = "campaigns/admin/deliverability.html"
    page_title = _("Deliverability")
    header_icon = "success"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = period(self.request)
        by_day = deliverability.by_day(days=days)
        highest = max([BOUNCE_LIMIT * 1.5, *(row.bounce_rate for row in by_day)])
        tables = [(name, TABLES[name][0], TABLES[name][1](days=days)) for name in ("owner", "domain")]
        return super().get_context_data(
            **kwargs,
            days=days,
            periods=PERIODS,
            by_day=by_day,
            bars=bars([(row.sent, max(row.tried - row.sent, 0)) for row in by_day]),
            rates=line([row.bounce_rate for row in by_day], highest=highest),
            limit_y=height_of(BOUNCE_LIMIT, highest),
            tables=tables,
            bounce_limit=BOUNCE_LIMIT,
            complaint_limit=COMPLAINT_LIMIT,
        )


class ArrivingTableView(WatchersOnly, View):
    """One of the tables as CSV."""

    def get(self, request: HttpRequest, table: str) -> HttpResponse:
        if table not in TABLES:
            raise Http404
        rows = TABLES[table][1](days=period(request))
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="deliverability-{table}.csv"'
        writer = csv.writer(response)
        writer.writerow(COLUMNS)
        for row in rows:
            rates = (f"{row.bounce_rate:.3f}", f"{row.complaint_rate:.3f}")
            writer.writerow(
                [harmless(name_of(row)), row.tried, row.sent, row.bounced, rates[0], row.complained, rates[1]]
            )
        return response


class ArrivingViewSet(WatchViewSet):
    name = "campaign_deliverability"
    icon = "success"
    menu_label = _("Deliverability")
    pages: ClassVar[dict[str, tuple[str, Any]]] = {
        "index": ("", ArrivingView),
        "table": ("<slug:table>.csv", ArrivingTableView),
    }
