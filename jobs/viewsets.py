"""The machinery in the Wagtail admin: queue, failures, schedules, heartbeats, outgoing mail."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.models import Failure, OrmQ, Schedule, Task
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from company.policies import LookOnlyPolicy
from jobs import admin_actions, heartbeat, queue, schedules
from jobs.models import FailureRetry, Heartbeat
from jobs.work_views import WorkViewSet
from notifications.viewsets import OutgoingMailViewSet

for model in (OrmQ, Failure, Schedule, Heartbeat):
    register_permission_policy(model, LookOnlyPolicy(model))


class MachineryViewSet(ModelViewSet):
    """Lists that nobody edits."""

    copy_view_enabled = False
    add_to_reference_index = False
    actions: dict[str, type[admin_actions.JobActionView]] = {}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(page_title=self.menu_label, **kwargs)

    def get_form_fields(self) -> Sequence[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kind = self.pk_path_converter
        views = {verb: self.construct_view(view) for verb, view in self.actions.items()}
        own = [path(f"<{kind}:pk>/{verb}/", view, name=verb) for verb, view in views.items()]
        return super().get_urlpatterns() + own


class ActingIndexView(generic.IndexView):
    """Adds the actions that `get_actions` names to each row's menu, for those who may act."""

    def get_actions(self, instance: Any) -> list[tuple[str, str | Promise, str]]:
        """(verb, label, icon)"""
        raise NotImplementedError

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if queue.may_act(self.request.user):
            namespace = str(self.index_url_name).partition(":")[0]
            for verb, label, icon in self.get_actions(instance):
                url = reverse(f"{namespace}:{verb}", args=[instance.pk])
                buttons.append(Button(label, url=url, icon_name=icon, priority=15))
        return buttons


class QueueViewSet(MachineryViewSet):
    model = OrmQ
    name = "jobs_queue"
    url_prefix = "jobs/queue"
    icon = "list-ul"
    menu_label = gettext_lazy("Queue")
    ordering = ["pk"]
    list_display = [
        Column("func", label=gettext_lazy("Function"), accessor=queue.function_name),
        Column("arguments", label=gettext_lazy("Arguments"), accessor=lambda row: repr(row.args() or "")[:80]),
        Column("key", label=gettext_lazy("Cluster"), sort_key="key"),
        DateColumn("since", label=gettext_lazy("Since"), accessor=queue.queued_at),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda row: _("At work") if queue.is_locked(row) else _("Waiting"),
            primary=queue.is_locked,
        ),
    ]
    list_filter = ["key"]


class FailureIndexView(ActingIndexView):
    def get_base_queryset(self) -> QuerySet[Failure]:
        retried = FailureRetry.objects.values("failure_id")
        return super().get_base_queryset().annotate(retried=Q(pk__in=retried))

    def get_actions(self, instance: Failure) -> list[tuple[str, str | Promise, str]]:
        return [] if instance.retried else [("retry", _("Retry"), "rotate")]


def error_text(failure: Failure) -> str:
    """The message; django-q2 puts the traceback behind it."""
    return str(failure.result or "").partition(" : ")[0][:160]


class FailureInspectView(generic.InspectView):
    def get_result_display_value(self) -> str:
        return format_html("<pre>{}</pre>", self.object.result)


class FailureViewSet(MachineryViewSet):
    model = Failure
    name = "jobs_failures"
    url_prefix = "jobs/failures"
    icon = "warning"
    menu_label = gettext_lazy("Failures")
    index_view_class = FailureIndexView
    inspect_view_class = FailureInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["func", "args", "kwargs", "cluster", "started", "stopped", "attempt_count", "result"]
    ordering = ["-stopped"]
    search_fields = ["func", "group"]
    list_filter = ["func", "stopped"]
    list_display = [
        "func",
        Column("arguments", label=gettext_lazy("Arguments"), accessor=lambda row: repr(row.args or "")[:80]),
        Column("error", label=gettext_lazy("Error"), accessor=error_text),
        DateColumn("stopped", label=gettext_lazy("When"), sort_key="stopped"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda row: _("Queued again") if row.retried else _("Failed"),
            primary=lambda row: row.retried,
        ),
    ]
    actions = {"retry": admin_actions.RetryView}


class ScheduleIndexView(ActingIndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [self._get_title_column_class(TitleColumn)("label", label=_("What"), accessor=schedules.label)] + [
            column for column in self.list_display if isinstance(column, Column)
        ]

    def get_actions(self, instance: Schedule) -> list[tuple[str, str | Promise, str]]:
        pause = ("resume", _("Resume"), "rotate") if schedules.is_paused(instance) else ("pause", _("Pause"), "minus")
        return [("run", _("Run now"), "arrow-right"), pause, ("interval", _("Change the interval"), "time")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        results = dict(Task.objects.filter(pk__in=[row.task for row in rows if row.task]).values_list("pk", "success"))
        for row in rows:
            row.outcome = results.get(row.task)
        return context


def outcome(schedule: Schedule) -> str:
    succeeded = getattr(schedule, "outcome", None)
    if succeeded is None:
        return str(_("None yet"))
    return str(_("Done") if succeeded else _("Failed"))


class ScheduleViewSet(MachineryViewSet):
    model = Schedule
    name = "jobs_schedules"
    url_prefix = "jobs/schedules"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Schedules")
    index_view_class = ScheduleIndexView
    ordering = ["name"]
    list_per_page = 100
    list_display = [
        Column("func", label=gettext_lazy("Function"), sort_key="func"),
        Column("cluster", label=gettext_lazy("Cluster"), accessor=lambda row: row.cluster or "vitrina"),
        Column("minutes", label=gettext_lazy("Every … minutes"), sort_key="minutes"),
        DateColumn("next_run", label=gettext_lazy("Next run"), sort_key="next_run"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda row: _("Paused") if schedules.is_paused(row) else _("Running"),
            primary=lambda row: not schedules.is_paused(row),
        ),
        Column("outcome", label=gettext_lazy("Last result"), accessor=outcome),
    ]
    actions = {
        "run": admin_actions.RunNowView,
        "pause": admin_actions.PauseView,
        "resume": admin_actions.ResumeView,
        "interval": admin_actions.IntervalView,
    }


class HeartbeatViewSet(MachineryViewSet):
    model = Heartbeat
    name = "jobs_heartbeats"
    url_prefix = "jobs/heartbeats"
    icon = "circle-check"
    menu_label = gettext_lazy("Heartbeats")
    ordering = ["cluster"]
    list_display = [
        "cluster",
        DateColumn("at", label=gettext_lazy("Last beat"), sort_key="at"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda row: _("Alive") if heartbeat.is_recent(row) else _("Silent"),
            primary=heartbeat.is_recent,
        ),
    ]


class JobsGroup(ViewSetGroup):
    menu_label = gettext_lazy("Jobs")
    menu_name = "jobs"
    menu_icon = "cogs"
    menu_order = 600
    items = (WorkViewSet, QueueViewSet, FailureViewSet, ScheduleViewSet, OutgoingMailViewSet, HeartbeatViewSet)
