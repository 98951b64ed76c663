"""Payments and webhook events in the Wagtail admin: read-only for everybody."""

import json
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from company.money import format_money
from company.policies import LookOnlyPolicy
from store.models import Payment, PaymentStatus, WebhookEvent
from store.viewsets import webhook_replay
from store.viewsets.webhook_replay import ProcessAgainView, ProcessManyView

for model in (Payment, WebhookEvent):
    register_permission_policy(model, LookOnlyPolicy(model))


def amount(payment: Payment) -> str:
    return format_money(payment.amount, payment.currency)


def is_paid(payment: Payment) -> bool:
    return payment.status == PaymentStatus.SUCCEEDED


def state(event: WebhookEvent) -> str:
    if event.processed_at:
        return _("Processed")
    return _("Failed") if event.error else _("Waiting")


def outcome(event: WebhookEvent) -> str:
    return event.error or event.result


def is_processed(event: WebhookEvent) -> bool:
    return event.processed_at is not None


class ReadOnlyViewSet(ModelViewSet):
    """List and detail, nothing else."""

    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    ordering = ("-pk",)

    def get_form_fields(self) -> list[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "inspect")
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]


class PaymentIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("order", label=_("Order"), accessor="order.number", get_url=self.get_inspect_url),
            Column("attempt", label=_("Attempt"), sort_key="attempt"),
            Column("gateway", label=_("Gateway"), sort_key="gateway"),
            Column("amount", label=_("Amount"), accessor=amount, sort_key="amount"),
            StatusTagColumn(
                "status", label=_("Status"), accessor="get_status_display", sort_key="status", primary=is_paid
            ),
            Column("error", label=_("Error")),
            DateColumn("created_at", label=_("Created"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Payment]:
        return Payment.objects.select_related("order").order_by("-pk")


class PaymentViewSet(ReadOnlyViewSet):
    model = Payment
    name = "store_payments"
    url_prefix = "store/payments"
    icon = "key"
    menu_label = gettext_lazy("Payments")
    index_view_class = PaymentIndexView
    list_filter = ["status", "gateway", "disputed"]
    search_fields = ("order__number", "reference", "charge_reference")
    inspect_view_fields = [
        "order",
        "gateway",
        "attempt",
        "amount",
        "currency",
        "status",
        "received",
        "received_currency",
        "refunds",
        "disputed",
        "error",
        "reference",
        "charge_reference",
        "idempotency_key",
        "created_at",
        "updated_at",
        "checked_at",
    ]


class WebhookEventFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[
            ("waiting", gettext_lazy("Waiting")),
            ("failed", gettext_lazy("Failed")),
            ("processed", gettext_lazy("Processed")),
        ],
        method="in_state",
    )
    gateway = django_filters.AllValuesFilter(label=gettext_lazy("Gateway"))
    type = django_filters.AllValuesFilter(label=gettext_lazy("Type"))
    received_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Received"), widget=DateRangePickerWidget)

    class Meta:
        model = WebhookEvent
        fields: Any = []

    def in_state(self, events: Any, name: str, value: str) -> Any:
        return events.in_state(value)


class WebhookEventIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("type", label=_("Type"), accessor="type", sort_key="type", get_url=self.get_inspect_url),
            Column("gateway", label=_("Gateway"), sort_key="gateway"),
            Column("event_id", label=_("Event")),
            StatusTagColumn("state", label=_("State"), accessor=state, primary=is_processed),
            Column("result", label=_("Result"), accessor=outcome),
            Column("attempts", label=_("Tries"), sort_key="attempts"),
            DateColumn("received_at", label=_("Received"), sort_key="received_at"),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.request.user.has_perm(webhook_replay.PERMISSION):
            url = f"{reverse('store_webhook_events:again_many')}?{self.request.GET.urlencode()}"
            buttons.append(Button(_("Process these again"), url=url, icon_name="rotate", priority=90))
        return buttons

    def get_base_queryset(self) -> QuerySet[WebhookEvent]:
        return WebhookEvent.objects.defer("payload").order_by("-pk")


class WebhookEventInspectView(generic.InspectView):
    def get_payload_display_value(self) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(self.object.payload, indent=2, ensure_ascii=False))

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.request.user.has_perm(webhook_replay.PERMISSION):  # type: ignore[union-attr]
            url = reverse("store_webhook_events:again", args=[self.object.pk])
            buttons.append(Button(_("Process again"), url=url, icon_name="rotate", priority=20))
        return buttons


class WebhookEventViewSet(ReadOnlyViewSet):
    model = WebhookEvent
    name = "store_webhook_events"
    url_prefix = "store/webhook-events"
    icon = "download"
    menu_label = gettext_lazy("Webhook events")
    index_view_class = WebhookEventIndexView
    inspect_view_class = WebhookEventInspectView
    filterset_class = WebhookEventFilterSet
    search_fields = ("event_id", "type")
    inspect_view_fields = [
        "gateway",
        "type",
        "event_id",
        "received_at",
        "processed_at",
        "attempts",
        "result",
        "error",
        "next_try_at",
        "payload",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        again = self.construct_view(ProcessAgainView, **self.get_common_view_kwargs())
        many = ProcessManyView.as_view(filterset_class=WebhookEventFilterSet)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/again/", again, name="again"),
            path("again/", many, name="again_many"),
        ]
