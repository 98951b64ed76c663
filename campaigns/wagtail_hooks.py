"""What the Wagtail admin learns about mailings."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from campaigns.viewsets import CampaignsViewSetGroup
from campaigns.viewsets.home_panels import panels_for


@hooks.register("register_admin_viewset")
def register_campaigns_group() -> CampaignsViewSetGroup:
    return CampaignsViewSetGroup()


@hooks.register("construct_homepage_panels")
def add_campaign_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(panels_for(request))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, label, message in (
        ("pause", _("Pause"), _("Paused")),
        ("resume", _("Resume"), _("Resumed")),
        ("cancel", _("Cancel"), _("Cancelled")),
        ("enable", _("Enable"), _("Enabled")),
        ("approve", _("Approve"), _("Approved")),
        ("check_domain", _("Check now"), _("DNS checked")),
        ("make_key", _("Make a key pair"), _("New key pair")),
    ):
        actions.register_action(f"campaigns.{name}", label, message)
    actions.register_action("campaigns.disable")(DisableFormatter)
    actions.register_action("campaigns.abuse")(AbuseFormatter)
    actions.register_action("campaigns.quota")(QuotaFormatter)
    actions.register_action("campaigns.lift")(LiftFormatter)
    actions.register_action("campaigns.stop_person")(StopPersonFormatter)
    actions.register_action("campaigns.forget_person")(ForgetPersonFormatter)


class ReasonFormatter(LogFormatter):
    """Says the reason too."""

    def format_comment(self, log_entry: object) -> str:
        data = getattr(log_entry, "data", None) or {}
        return str(data.get("reason", ""))


class DisableFormatter(ReasonFormatter):
    label = _("Disable")
    message = _("Disabled")


class AbuseFormatter(ReasonFormatter):
    label = _("Decide about a report of abuse")
    message = _("Report decided")


class QuotaFormatter(ReasonFormatter):
    label = _("Change the quota")
    message = _("Quota changed")


class LiftFormatter(ReasonFormatter):
    label = _("Lift a suppression")
    message = _("Suppression lifted")


class StopPersonFormatter(ReasonFormatter):
    label = _("Write to a person no more")
    message = _("Nobody writes to this person any more")


class ForgetPersonFormatter(ReasonFormatter):
    label = _("Delete a person from all lists")
    message = _("Person deleted from all lists")
