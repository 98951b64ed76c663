"""Pages of the Wagtail admin that do something to the queue or a schedule. Superusers only."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from company.admin_actions import ActionView
from jobs import queue, schedules
from jobs.errors import JobError


class JobActionView(ActionView):
    error_class = JobError

    def allowed(self) -> bool:
        return queue.may_act(self.request.user)


class RetryView(JobActionView):
    page_title = gettext_lazy("Retry")
    header_icon = "rotate"
    button_label = gettext_lazy("Queue it again")
    explanation = gettext_lazy("The same function is called again with the same arguments.")

    def get_page_subtitle(self) -> str:
        return str(self.object.func)

    def act(self, data: dict[str, Any]) -> str:
        queue.retry_failure(failure=self.object, by=self.request.user)  # type: ignore[arg-type]
        return _("%(function)s is queued again.") % {"function": self.object.func}


class ScheduleActionView(JobActionView):
    def get_page_subtitle(self) -> str:
        return schedules.label(self.object)


class PauseView(ScheduleActionView):
    page_title = gettext_lazy("Pause")
    is_serious = True
    button_label = gettext_lazy("Pause")
    explanation = gettext_lazy("Nothing is done by this schedule until somebody resumes it.")

    def act(self, data: dict[str, Any]) -> str:
        schedules.pause(schedule=self.object, by=self.request.user)  # type: ignore[arg-type]
        return _("“%(label)s” is paused.") % {"label": schedules.label(self.object)}


class ResumeView(ScheduleActionView):
    page_title = gettext_lazy("Resume")
    button_label = gettext_lazy("Resume")
    explanation = gettext_lazy("It runs within a minute and then in its rhythm; what was missed is not made up for.")

    def act(self, data: dict[str, Any]) -> str:
        schedules.resume(schedule=self.object, by=self.request.user)  # type: ignore[arg-type]
        return _("“%(label)s” runs again.") % {"label": schedules.label(self.object)}


class RunNowView(ScheduleActionView):
    page_title = gettext_lazy("Run now")
    button_label = gettext_lazy("Run now")
    explanation = gettext_lazy("It is queued once, beside its own rhythm.")

    def act(self, data: dict[str, Any]) -> str:
        schedules.run_now(schedule=self.object, by=self.request.user)  # type: ignore[arg-type]
        return _("“%(label)s” is queued.") % {"label": schedules.label(self.object)}


class IntervalForm(forms.Form):
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=schedules.MAX_MINUTES)


class IntervalView(ScheduleActionView):
    page_title = gettext_lazy("Change the interval")
    form_class = IntervalForm
    button_label = gettext_lazy("Save")
    explanation = gettext_lazy("How many minutes lie between two runs, from now on.")

    def get_initial(self) -> dict[str, Any]:
        return {"minutes": self.object.minutes}

    def act(self, data: dict[str, Any]) -> str:
        schedules.set_interval(schedule=self.object, by=self.request.user, **data)  # type: ignore[arg-type]
        return _("“%(label)s” has another interval.") % {"label": schedules.label(self.object)}
