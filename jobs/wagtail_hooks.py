"""What the Wagtail admin learns about jobs."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from jobs.viewsets import JobsGroup


@hooks.register("register_admin_viewset")
def register_jobs_group() -> JobsGroup:
    return JobsGroup()


@hooks.register("register_permissions")
def register_permissions() -> Any:
    machinery = Q(content_type__app_label__in=["django_q", "jobs", "notifications"])
    shown = ["view_ormq", "view_failure", "view_schedule", "view_heartbeat", "view_outgoingmail"]
    return Permission.objects.filter(machinery, codename__in=shown)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("jobs.retry", _("Retry"), _("Queued again"))
    actions.register_action("jobs.pause", _("Pause"), _("Paused"))
    actions.register_action("jobs.resume", _("Resume"), _("Resumed"))
    actions.register_action("jobs.interval", _("Change the interval"), _("Interval changed"))
    actions.register_action("jobs.cancel", _("Call off"), _("Called off"))
    actions.register_action("jobs.run_now", _("Run now"), _("Queued once"))
