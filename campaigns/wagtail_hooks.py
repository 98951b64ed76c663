"""What the Wagtail admin learns about mailings."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from campaigns.viewsets import CampaignsViewSetGroup


@hooks.register("register_admin_viewset")
def register_campaigns_group() -> CampaignsViewSetGroup:
    return CampaignsViewSetGroup()


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, label, message in (
        ("pause", _("Pause"), _("Paused")),
        ("resume", _("Resume"), _("Resumed")),
        ("cancel", _("Cancel"), _("Cancelled")),
        ("enable", _("Enable"), _("Enabled")),
    ):
        actions.register_action(f"campaigns.{name}", label, message)
    actions.register_action("campaigns.disable")(DisableFormatter)


class DisableFormatter(LogFormatter):
    """Says the reason too."""

    label = _("Disable")
    message = _("Disabled")

    def format_comment(self, log_entry: object) -> str:
        data = getattr(log_entry, "data", None) or {}
        return str(data.get("reason", ""))
