"""Invoices and credit notes in the Wagtail admin: found, downloaded, handed to the accountant; never changed."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import register_permission_policy

from company.money import format_money
from company.policies import LookOnlyPolicy
from store.errors import StoreError
from store.invoices import accounting
from store.models import Invoice
from store.views.invoices import pdf_response
from store.viewsets.payments import ReadOnlyViewSet

register_permission_policy(Invoice, LookOnlyPolicy(Invoice))
MAY_VIEW = "store.view_invoice"


class InvoiceFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=Invoice.Kind.choices, label=gettext_lazy("Kind"))
    issued_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Issued"), widget=DateRangePickerWidget)

    class Meta:
        model = Invoice
        fields = ("kind", "issued_at")


def total(invoice: Invoice) -> str:
    sign = -1 if invoice.kind == Invoice.Kind.CREDIT_NOTE else 1
    return format_money(sign * invoice.total, invoice.currency)


def tax(invoice: Invoice) -> str:
    return format_money(invoice.tax, invoice.currency)


class InvoiceIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("number", label=_("Number"), accessor="number", get_url=download_url),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            DateColumn("issued_at", label=_("Issued"), sort_key="issued_at"),
            TitleColumn("order", label=_("Order"), accessor="order.number", get_url=order_url),
            Column("buyer", label=_("Buyer"), sort_key="buyer"),
            Column("tax", label=_("Tax"), accessor=tax, sort_key="tax"),
            Column("total", label=_("Total"), accessor=total, sort_key="total"),
        ]

    @cached_property
    def header_buttons(self) -> list[Button]:
        url = reverse("store_invoices:export")
        return [*super().header_buttons, HeaderButton(_("For the accountant"), url=url, icon_name="download")]

    def get_base_queryset(self) -> QuerySet[Invoice]:
        return Invoice.objects.select_related("order").defer("data").order_by("-issued_at", "-pk")


def download_url(invoice: Invoice) -> str:
    return reverse("store_invoices:download", args=[invoice.pk])


def order_url(invoice: Invoice) -> str:
    return reverse("store_orders:inspect", args=[invoice.order_id])


def download(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(MAY_VIEW):
        raise PermissionDenied
    return pdf_response(get_object_or_404(Invoice, pk=pk))


class PeriodForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("From"), widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("Until"), widget=AdminDateInput)
    content = forms.ChoiceField(
        label=gettext_lazy("Content"),
        choices=[("zip", gettext_lazy("ZIP: the table and all PDFs")), ("csv", gettext_lazy("CSV: the table only"))],
        widget=forms.RadioSelect,
        initial="zip",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            self.add_error("last", _("The period ends before it begins."))
        return data


class ExportView(WagtailAdminTemplateMixin, FormView):
    """Every document of a period, the last month at first."""

    template_name = "company/admin/action.html"
    page_title = gettext_lazy("Documents for the accountant")
    page_subtitle = gettext_lazy("invoices and credit notes")
    header_icon = "download"
    form_class = PeriodForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        ended = timezone.localdate().replace(day=1) - timedelta(days=1)
        return {"first": ended.replace(day=1), "last": ended, "content": "zip"}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        first, last, kind = (form.cleaned_data[name] for name in ("first", "last", "content"))
        name = f"documents-{first.isoformat()}-{last.isoformat()}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        if kind == "csv":
            return HttpResponse("\ufeff" + accounting.table(first, last), content_type="text/csv", headers=headers)
        try:
            pieces = accounting.archive(first, last)
        except StoreError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)  # type: ignore[return-value]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("store_invoices:index"), "label": _("Invoices")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        explanation = _("In the order of their numbers; what credit notes give back is negative.")
        return super().get_context_data(
            **kwargs,
            button_label=_("Download"),
            explanation=explanation,
            cancel_url=reverse("store_invoices:index"),
        )


class InvoiceViewSet(ReadOnlyViewSet):
    model = Invoice
    name = "store_invoices"
    url_prefix = "store/invoices"
    icon = "doc-full"
    menu_label = gettext_lazy("Invoices")
    index_view_class = InvoiceIndexView
    filterset_class = InvoiceFilterSet
    inspect_view_enabled = False
    search_fields = ("number", "order__number", "order__email", "buyer")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/pdf/", download, name="download"),
            path("export/", ExportView.as_view(), name="export"),
        ]
