"""Outgoing webhooks in the Wagtail admin: endpoints, and what was sent to them."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.permissions import register_permission_policy

from company.admin_actions import ActionView
from company.policies import LookOnlyPolicy
from store.errors import StoreError
from store.hook_forms import HookEndpointForm
from store.hooks import endpoints, sending
from store.models import HookDelivery, HookEndpoint

PERMISSION = "store.change_hookendpoint"

register_permission_policy(HookDelivery, LookOnlyPolicy(HookDelivery))


class HookActionView(ActionView):
    error_class = StoreError

    def allowed(self) -> bool:
        return self.request.user.has_perm(PERMISSION)  # type: ignore[union-attr]

    def act(self, data: dict[str, Any]) -> str:
        sentence = self.change()
        log(self.object, "store.hook", user=self.request.user, data={"done": str(self.button_label)})
        return sentence

    def change(self) -> str:
        raise NotImplementedError


class TestView(HookActionView):
    page_title = button_label = _("Send a test")
    header_icon = "arrow-right"
    explanation = _("An event that is about nothing, signed like all others; its answer stands among the deliveries.")

    def change(self) -> str:
        sending.send_test(endpoint=self.object)
        return gettext("The test is on its way.")


class SecretView(HookActionView):
    page_title = button_label = _("New secret")
    header_icon = "key"
    is_serious = True
    explanation = _("What is signed with the old secret fails at the receiver from now on. The new one is shown once.")

    def change(self) -> str:
        return shown_once(endpoints.renew_secret(endpoint=self.object))


class SwitchOnView(HookActionView):
    page_title = button_label = _("Switch on again")
    header_icon = "check"

    @property
    def explanation(self) -> str:  # type: ignore[override]
        sentence = gettext("What waits for it is sent within a minute. It was off because: %(reason)s")
        return sentence % {"reason": self.object.disabled_reason or gettext("somebody switched it off.")}

    def change(self) -> str:
        endpoints.switch_on(endpoint=self.object)
        return gettext("It is on again.")


class SendAgainView(HookActionView):
    page_title = button_label = _("Send again")
    header_icon = "rotate"
    explanation = _("With the same event id, by which the receiver recognises it.")

    def change(self) -> str:
        sending.send_again(delivery=self.object)
        return gettext("It is on its way.")


def shown_once(secret: str) -> str:
    return gettext("The secret, shown only now: %(secret)s") % {"secret": secret}


class HookCreateView(generic.CreateView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        messages.info(self.request, shown_once(form.instance.secret))
        return response


class HookIndexView(generic.IndexView):
    def get_list_more_buttons(self, instance: HookEndpoint) -> list[Any]:
        found = super().get_list_more_buttons(instance)
        if self.request.user.has_perm(PERMISSION):
            for verb, view in ENDPOINT_ACTIONS.items():
                if verb == "switch_on" and instance.active:
                    continue
                url = reverse(f"store_hooks:{verb}", args=[instance.pk])
                found.append(Button(view.button_label, url=url, icon_name=view.header_icon))
        return found


ENDPOINT_ACTIONS: dict[str, type[HookActionView]] = {
    "test": TestView,
    "secret": SecretView,
    "switch_on": SwitchOnView,
}


def events(endpoint: HookEndpoint) -> str:
    return ", ".join(endpoint.events)


class HookViewSet(ModelViewSet):
    model = HookEndpoint
    name = "store_hooks"
    url_prefix = "store/hooks"
    icon = "link-external"
    menu_label = _("Outgoing webhooks")
    index_view_class = HookIndexView
    add_view_class = HookCreateView
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ("url", "description")
    search_backend_name = None
    list_display = [
        "__str__",
        Column("url", label=_("Address")),
        Column("events", label=_("Events"), accessor=events),
        BooleanColumn("active", label=_("Active"), sort_key="active"),
        DateColumn("failing_since", label=_("Failing since")),
        Column("disabled_reason", label=_("Why it is off")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[HookEndpointForm]:
        return HookEndpointForm

    def get_urlpatterns(self) -> list[URLPattern]:
        common = self.get_common_view_kwargs()
        views = {verb: self.construct_view(view, **common) for verb, view in ENDPOINT_ACTIONS.items()}
        return super().get_urlpatterns() + [path(f"<int:pk>/{verb}/", view, name=verb) for verb, view in views.items()]


class DeliveryFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(choices=HookDelivery.Status.choices, label=_("Status"))

    class Meta:
        model = HookDelivery
        fields = ("endpoint", "status", "event")


class DeliveryIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("event", label=_("Event"), accessor="get_event_display", get_url=self.get_inspect_url),
            Column("endpoint", label=_("Webhook"), accessor="endpoint"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                sort_key="status",
                primary=lambda row: row.status == HookDelivery.Status.DELIVERED,
            ),
            Column("tries", label=_("Tries"), accessor="tries"),
            DateColumn("created_at", label=_("Created"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[HookDelivery]:
        return HookDelivery.objects.select_related("endpoint")


class DeliveryInspectView(generic.InspectView):
    template_name = "store/admin/hook_delivery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            delivery=self.object,
            request_body=sending.body_of(self.object),
            attempts=self.object.attempts.all(),
            again_url=reverse("store_hook_deliveries:again", args=[self.object.pk])
            if self.request.user.has_perm(PERMISSION)
            else "",
        )


class HookDeliveryViewSet(ModelViewSet):
    model = HookDelivery
    name = "store_hook_deliveries"
    url_prefix = "store/hook-deliveries"
    icon = "arrow-right-full"
    menu_label = _("Webhook deliveries")
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    inspect_view_enabled = True
    filterset_class = DeliveryFilterSet
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ("-pk",)
    search_fields = ("event_id",)
    search_backend_name = None
    inspect_view_fields = ["event_id"]

    def get_form_fields(self) -> list[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "inspect")
        again = self.construct_view(SendAgainView, **self.get_common_view_kwargs())
        found = [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]
        return [*found, path("<int:pk>/again/", again, name="again")]
