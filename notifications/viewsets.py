"""Outgoing mail in the Wagtail admin: everybody with the right looks, administrators send again."""

from collections.abc import Sequence
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from company.admin_actions import ActionView
from company.policies import LookOnlyPolicy
from notifications.errors import NotificationError
from notifications.models import OutgoingMail
from notifications.outgoing import send_again

register_permission_policy(OutgoingMail, LookOnlyPolicy(OutgoingMail))


def can_be_sent_again(mail: OutgoingMail) -> bool:
    return mail.status in (OutgoingMail.Status.SENT, OutgoingMail.Status.FAILED)


class SendAgainView(ActionView):
    page_title = gettext_lazy("Send again")
    header_icon = "mail"
    error_class = NotificationError
    button_label = gettext_lazy("Send again")
    explanation = gettext_lazy("The same mail goes to the same address once more.")

    def allowed(self) -> bool:
        return self.request.user.is_superuser

    def act(self, data: dict[str, Any]) -> str:
        send_again(mail=self.object, by=self.request.user)
        return _("The mail to %(to)s is queued again.") % {"to": self.object.to}


class IndexView(generic.IndexView):
    def get_list_more_buttons(self, instance: OutgoingMail) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.is_superuser and can_be_sent_again(instance):
            url = reverse("outgoing_mail:send_again", args=[instance.pk])
            buttons.append(Button(_("Send again"), url=url, icon_name="mail", priority=15))
        return buttons


class InspectView(generic.InspectView):
    def get_text_display_value(self) -> str:
        return format_html("<pre>{}</pre>", self.object.text)


class OutgoingMailViewSet(ModelViewSet):
    model = OutgoingMail
    name = "outgoing_mail"
    url_prefix = "jobs/mail"
    icon = "mail"
    menu_label = gettext_lazy("Outgoing mail")
    index_view_class = IndexView
    inspect_view_class = InspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: Sequence[str] = []
    list_display = [
        "subject",
        Column("to", label=gettext_lazy("To"), sort_key="to"),
        Column("kind", label=gettext_lazy("Kind"), sort_key="kind"),
        StatusTagColumn(
            "get_status_display",
            label=gettext_lazy("Status"),
            sort_key="status",
            primary=lambda mail: mail.status == OutgoingMail.Status.SENT,
        ),
        Column("tries", label=gettext_lazy("Tries"), sort_key="tries"),
        Column("response", label=gettext_lazy("Server's answer")),
        DateColumn("created_at", label=gettext_lazy("Created"), sort_key="created_at"),
    ]
    list_filter = ["status", "kind", "created_at"]
    search_fields = ["subject", "to", "reference"]
    ordering = ["-pk"]
    inspect_view_fields = [
        "subject", "to", "kind", "reference", "status", "tries", "resends", "response",
        "created_at", "next_try_at", "sent_at", "message_id", "text",
    ]  # fmt: skip

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view(SendAgainView)
        return super().get_urlpatterns() + [path("<int:pk>/send-again/", view, name="send_again")]
