"""Having events processed once more: one, or all that a filter finds."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from company.admin_actions import ActionView
from store.errors import StoreError
from store.models import WebhookEvent
from store.payments import webhooks

PERMISSION = "store.process_order"
MOST = 200
SHOWN = 5
EXPLANATION = gettext_lazy("What the events say is done once more. What has happened already happens only once.")


class ProcessAgainView(ActionView):
    error_class = StoreError
    page_title = button_label = gettext_lazy("Process again")
    header_icon = "rotate"
    explanation = EXPLANATION

    def allowed(self) -> bool:
        return self.request.user.has_perm(PERMISSION)  # type: ignore[union-attr]

    def act(self, data: dict[str, Any]) -> str:
        event = webhooks.process_again(event=self.object)
        log(event, "store.webhook_again", user=self.request.user, data={"event": event.event_id})
        if event.processed_at is None:
            raise StoreError(event.error or _("Another process is at work on it just now."))
        return _("Processed. %(result)s") % {"result": event.result}

    def get_success_url(self) -> str:
        return reverse("store_webhook_events:inspect", args=[self.object.pk])


class ProcessManyView(WagtailAdminTemplateMixin, FormView):
    """All events that the list's filters in the address find, the oldest first."""

    form_class = Form
    template_name = "company/admin/action.html"
    page_title = gettext_lazy("Process again")
    header_icon = "rotate"
    filterset_class: Any = None  # the viewset passes it

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def chosen(self) -> QuerySet[WebhookEvent]:
        found = self.filterset_class(
            self.request.GET, queryset=WebhookEvent.objects.order_by("pk"), request=self.request
        )
        events = found.qs
        if words := self.request.GET.get("q", "").replace("\x00", "").strip():
            events = events.filter(event_id__icontains=words) | events.filter(type__icontains=words)
        return events

    def form_valid(self, form: Any) -> HttpResponse:
        done, failed = webhooks.process_many(events=self.chosen[:MOST])
        for event in done[:1]:
            data = {"events": len(done) + len(failed)}
            log(event, "store.webhook_again", user=self.request.user, data=data)
        count = len(done)
        text = ngettext("%(count)d event was processed.", "%(count)d events were processed.", count)
        messages.success(self.request, text % {"count": count})
        for event in failed[:SHOWN]:
            messages.error(self.request, f"{event.event_id}: {event.error}")
        if len(failed) > SHOWN:
            messages.error(self.request, _("… and %(count)d more.") % {"count": len(failed) - SHOWN})
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return f"{reverse('store_webhook_events:index')}?{self.request.GET.urlencode()}"

    def get_page_subtitle(self) -> str:
        count = self.chosen.count()
        if count > MOST:
            return _("the first %(most)d of %(count)d events") % {"most": MOST, "count": count}
        return ngettext("%(count)d event", "%(count)d events", count) % {"count": count}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": self.get_success_url(), "label": _("Webhook events")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, button_label=self.page_title, explanation=EXPLANATION, cancel_url=self.get_success_url()
        )
