"""Customers in the Wagtail admin, with an account or without: found, read, noted on, exported."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.permissions import register_permission_policy

from company.money import format_money
from company.policies import LookOnlyPolicy
from store import customer_facts, customer_records, spreadsheets
from store.countries import country_choices, country_name
from store.models import CustomerNote, CustomerRecord

register_permission_policy(CustomerRecord, LookOnlyPolicy(CustomerRecord))

ORDERS_SHOWN = 50


class CustomerFilterSet(WagtailFilterSet):
    account = django_filters.ChoiceFilter(
        choices=[("yes", gettext_lazy("With an account")), ("no", gettext_lazy("Guest"))],
        method="by_account",
        label=gettext_lazy("Account"),
    )
    bought = django_filters.ChoiceFilter(
        choices=[
            ("never", gettext_lazy("Never paid")),
            ("once", gettext_lazy("Once")),
            ("again", gettext_lazy("Several times")),
        ],
        method="by_bought",
        label=gettext_lazy("Has bought"),
    )
    country = django_filters.ChoiceFilter(choices=country_choices, label=gettext_lazy("Country"), widget=forms.Select)
    last_order_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Last order"), widget=DateRangePickerWidget)

    class Meta:
        model = CustomerRecord
        fields = ("account", "bought", "country", "last_order_at")

    def by_account(self, rows: QuerySet[CustomerRecord], name: str, value: str) -> QuerySet[CustomerRecord]:
        return rows.filter(user__isnull=value == "no")

    def by_bought(self, rows: QuerySet[CustomerRecord], name: str, value: str) -> QuerySet[CustomerRecord]:
        times = {"never": {"paid_orders": 0}, "once": {"paid_orders": 1}, "again": {"paid_orders__gte": 2}}
        return rows.filter(**times[value])


def spent(record: CustomerRecord) -> str:
    return format_money(record.spent)


class CustomerIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("email", label=_("E-mail"), accessor="email", sort_key="email", get_url=self.get_inspect_url),
            Column("full_name", label=_("Name"), sort_key="full_name"),
            Column("country", label=_("Country"), accessor=lambda record: country_name(record.country)),
            Column("account", label=_("Account"), accessor=lambda record: _("Yes") if record.user_id else "–"),
            NumberColumn("orders", label=_("Orders"), sort_key="orders", classname="is-number"),
            NumberColumn("paid_orders", label=_("Paid"), sort_key="paid_orders", classname="is-number"),
            Column("spent", label=_("Spent"), accessor=spent, sort_key="spent", classname="is-number"),
            DateColumn("last_order_at", label=_("Last order"), sort_key="last_order_at"),
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.has_perm("store.view_customerrecord"):  # type: ignore[union-attr]
            customer_records.catch_up()
        return super().dispatch(request, *args, **kwargs)

    def search_queryset(self, queryset: QuerySet[CustomerRecord]) -> QuerySet[CustomerRecord]:
        return customer_records.search(queryset, self.search_query or "")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        query = self.request.GET.copy()
        query.pop("p", None)
        for position, kind in enumerate(spreadsheets.FORMATS):
            query["kind"] = kind
            label = _("Export as %(kind)s") % {"kind": kind.upper()}
            url = f"{reverse('store_customers:export')}?{query.urlencode()}"
            buttons.append(Button(label, url=url, icon_name="download", priority=90 + position))
        return buttons


class NoteForm(forms.ModelForm):
    class Meta:
        model = CustomerNote
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        ProhibitNullCharactersValidator()(text)
        return text


class CustomerInspectView(generic.InspectView):
    """Everything about one customer on one page."""

    page_title = gettext_lazy("Customer")
    template_name = "store/admin/customer.html"
    note_form: NoteForm | None = None

    def get_object(self, queryset: Any = None) -> CustomerRecord:
        if self.request.user.has_perm("store.view_customerrecord"):  # type: ignore[union-attr]
            customer_records.refresh(CustomerRecord.objects.filter(pk=self.pk).values_list("email", flat=True))
        found: CustomerRecord = super().get_object(queryset)
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A note."""
        if not request.user.has_perm("store.add_customernote"):  # type: ignore[union-attr]
            raise PermissionDenied
        self.note_form = NoteForm(request.POST)
        if not self.note_form.is_valid():
            return self.get(request, *args, **kwargs)
        customer_records.add_note(record=self.object, text=self.note_form.cleaned_data["text"], author=request.user)
        log(self.object, "store.customer_note", user=request.user)
        messages.success(request, _("The note is kept."))
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = list(customer_records.orders_of(self.object)[:ORDERS_SHOWN])
        may_note = user.has_perm("store.add_customernote")
        return super().get_context_data(
            **kwargs,
            record=self.object,
            orders=rows,
            has_more=len(rows) == ORDERS_SHOWN,
            addresses=customer_records.addresses_of(rows),
            notes=CustomerNote.objects.filter(email=self.object.email).select_related("author"),
            facts=customer_facts.about(self.object.email),
            note_form=(self.note_form or NoteForm()) if may_note else None,
            may_delete_notes=user.has_perm("store.delete_customernote"),
            may_see_user=user.has_perm("accounts.view_user"),
        )


class DeleteNoteView(View):
    """POST only: the button beside the note."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, note: int) -> HttpResponse:
        if not request.user.has_perm("store.delete_customernote"):  # type: ignore[union-attr]
            raise PermissionDenied
        record = get_object_or_404(CustomerRecord, pk=pk)
        get_object_or_404(CustomerNote, pk=note, email=record.email).delete()
        log(record, "store.customer_note_deleted", user=request.user)
        messages.success(request, _("The note is deleted."))
        return redirect("store_customers:inspect", record.pk)


class ExportView(View):
    """The list as the filter shows it, as a file."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        user: Any = request.user
        if not user.has_perm("store.view_customerrecord"):
            raise PermissionDenied
        customer_records.catch_up()
        rows = CustomerFilterSet(request.GET, queryset=CustomerRecord.objects.all()).qs
        rows = customer_records.search(rows, request.GET.get("q", ""))
        kind = "xlsx" if request.GET.get("kind") == "xlsx" else "csv"
        log(user, "store.export", user=user, data={"rows": "customers", "kind": kind, "count": rows.count()})
        return spreadsheets.download(customer_records.export_rows(rows), name="customers", kind=kind)


class CustomerViewSet(ModelViewSet):
    model = CustomerRecord
    name = "store_customers"
    url_prefix = "store/customers"
    icon = "group"
    menu_label = gettext_lazy("Customers")
    list_per_page = 50
    index_view_class = CustomerIndexView
    inspect_view_class = CustomerInspectView
    inspect_view_enabled = True
    filterset_class = CustomerFilterSet
    search_fields = ("email", "full_name")
    search_backend_name = None
    ordering = ("-last_order_at", "-pk")
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_fields = ["email"]

    def get_form_fields(self) -> list[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "inspect")
        own = [
            path("export/", ExportView.as_view(), name="export"),
            path("<int:pk>/notes/<int:note>/delete/", DeleteNoteView.as_view(), name="delete_note"),
        ]
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept] + own
