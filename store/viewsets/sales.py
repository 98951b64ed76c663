"""The sales dashboard: figures of a period beside those of the one before, for those who may see revenue."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import formats
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from company import charts
from company.money import format_money, format_percent, round_money
from store import low_stock, periods, sales, spreadsheets
from store.periods import Period

PERMISSION = "store.view_sales"
RANGES = {1: gettext_lazy("Today"), 7: gettext_lazy("7 days"), 30: gettext_lazy("30 days"), 90: gettext_lazy("90 days")}
USUAL = 30
MOST_LOW = 10
# Above that a bar a day would be a hair.
MOST_DAYS, MOST_WEEKS = 45, 400


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RangeForm(forms.Form):
    start = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput)
    end = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput)


@dataclass(frozen=True)
class KeyFigure:
    """One number of the dashboard; `change` is a sentence about the period before."""

    label: str
    value: str
    change: str


@dataclass(frozen=True)
class Row:
    """A day, week or month in the table beside the chart."""

    label: str
    revenue: Decimal
    orders: int
    before: Decimal


def asked(data: Any) -> tuple[Period, int]:
    """The period that a query string means, and the number of days if it is one of RANGES (else 0)."""
    days = str(data.get("days", ""))
    if days.isascii() and days.isdecimal() and int(days[:4]) in RANGES:
        return periods.last(int(days)), int(days)
    form = RangeForm(data)
    if form.is_valid() and (form.cleaned_data["start"] or form.cleaned_data["end"]):
        return periods.between(form.cleaned_data["start"], form.cleaned_data["end"]), 0
    return periods.last(USUAL), USUAL


def change(now: Any, before: Any, shown: str) -> str:
    grown = sales.change(now, before)
    if grown is None:
        return _("before: %(value)s") % {"value": shown}
    sign = "+" if grown > 0 else "−" if grown < 0 else "±"
    return _("%(percent)s%% (before: %(value)s)") % {"percent": f"{sign}{abs(grown)}", "value": shown}


def per_cent(value: Decimal) -> str:
    return format_percent(value, 1)


def key_figures(report: sales.Report) -> list[KeyFigure]:
    now, before = report.now, report.before
    entries: list[tuple[str, Any, Any, Any]] = [
        (_("Revenue"), now.revenue, before.revenue, format_money),
        (_("Paid orders"), now.orders, before.orders, str),
        (_("Average order"), now.average, before.average, format_money),
        (_("Refunds"), now.refunds, before.refunds, format_money),
        (_("Revenue less refunds"), now.net, before.net, format_money),
        (_("From cart to paid"), now.conversion, before.conversion, per_cent),
        (_("New customers"), now.new_customers, before.new_customers, str),
        (_("Returning customers"), now.returning_customers, before.returning_customers, str),
    ]
    return [KeyFigure(label, write(value), change(value, old, write(old))) for label, value, old, write in entries]


def rows(report: sales.Report) -> list[Row]:
    """By day, by week or by month, as many as a page can show."""
    found: dict[date, list[Any]] = {}
    by_month = report.period.days > MOST_WEEKS
    for number, day in enumerate(report.days):
        first = start_of(day.day, report.period)
        entry = found.setdefault(first, [Decimal(0), 0, Decimal(0)])
        entry[0] += day.revenue
        entry[1] += day.orders
        entry[2] += report.days_before[number].revenue
    style = "YEAR_MONTH_FORMAT" if by_month else "SHORT_DATE_FORMAT"
    return [Row(formats.date_format(first, style), *values) for first, values in found.items()]


def start_of(day: date, period: Period) -> date:
    if period.days > MOST_WEEKS:
        return day.replace(day=1)
    return day - timedelta(days=(day - period.start).days % 7) if period.days > MOST_DAYS else day


def chart(found: list[Row]) -> charts.Chart:
    titles = [f"{row.label}: {format_money(row.revenue)} ({row.orders})" for row in found]
    return charts.bars([row.revenue for row in found], [row.before for row in found], titles)


class SalesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "store/admin/sales.html"
    page_title = gettext_lazy("Sales")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        period, _days = asked(self.request.GET)
        url = f"export/?start={period.start:%Y-%m-%d}&end={period.end:%Y-%m-%d}&kind="
        return [
            Button(_("Export as %(kind)s") % {"kind": kind.upper()}, url=url + kind, icon_name="download", priority=90)
            for kind in spreadsheets.FORMATS
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period, chosen = asked(self.request.GET)
        report = sales.report(period)
        found = rows(report)
        return super().get_context_data(
            **kwargs,
            report=report,
            figures=key_figures(report),
            rows=found,
            chart=chart(found),
            ranges=RANGES.items(),
            chosen=chosen,
            form=RangeForm(initial={"start": period.start, "end": period.end}),
            low=low_stock.low()[:MOST_LOW],
        )


class SalesExportView(View):
    """The figures of a period, day by day."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        user: Any = request.user
        if not user.has_perm(PERMISSION):
            raise PermissionDenied
        period, _days = asked(request.GET)
        report = sales.report(period)
        kind = "xlsx" if request.GET.get("kind") == "xlsx" else "csv"
        details = {"rows": "sales", "kind": kind, "start": str(period.start), "end": str(period.end)}
        log(user, "store.export", user=user, data=details)
        return spreadsheets.download(table(report), name=f"sales-{period.key}", kind=kind)


def table(report: sales.Report) -> list[tuple[Any, ...]]:
    """The days, then what the whole period comes to; columns in docs/back-office.md."""
    now = report.now
    lines: list[tuple[Any, ...]] = [("day", "revenue", "orders")]
    lines += [(day.day.isoformat(), day.revenue, day.orders) for day in report.days]
    lines += [(), ("figure", "period", "before")]
    for name in (
        "revenue",
        "orders",
        "average",
        "refunds",
        "net",
        "carts",
        "placed",
        "paid",
        "conversion",
        "new_customers",
        "returning_customers",
    ):
        values = (getattr(now, name), getattr(report.before, name))
        lines.append((name, *(round_money(value) if isinstance(value, Decimal) else value for value in values)))
    lines += [(), ("sku", "name", "quantity", "revenue")]
    lines += [(seller.sku, seller.name, seller.quantity, seller.revenue) for seller in report.sellers]
    return lines


class SalesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))  # type: ignore[union-attr]


class SalesViewSet(ViewSet):
    name = "store_sales"
    url_prefix = "store/sales"
    icon = "history"
    menu_label = gettext_lazy("Sales")
    menu_item_class = SalesMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", SalesView.as_view(), name="index"),
            path("export/", SalesExportView.as_view(), name="export"),
        ]
