"""What the Wagtail admin learns about outgoing mail. Its list stands in the jobs group."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("notifications.send_again", _("Send again"), _("Queued to be sent again"))
