"""Pages of long jobs in the Wagtail admin: the list, one with its progress, its files, calling it off."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from api.cells import harmless
from company.money import format_percent
from jobs import work as works
from jobs.errors import JobError
from jobs.models import RefusedRow, Work, WorkState

SHOWN_REFUSALS = 100


class WorkPolicy(ModelPermissionPolicy):
    """Whoever may see one of the kinds looks at the list, which holds only what is theirs to see."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and any(user.has_perm(kind.permission) for kind in works.kinds.values())


register_permission_policy(Work, WorkPolicy(Work))


def visible(request: HttpRequest, pk: int) -> Work:
    """Another person's job is as absent as one that never was."""
    return get_object_or_404(works.visible_to(request.user), pk=pk)


def page(work: Work) -> str:
    return reverse("jobs_works:inspect", args=[work.pk])


class WorkIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title("title", label=_("Title"), accessor="title", get_url=page),
            Column("kind", label=_("Kind"), accessor=works.label, sort_key="kind"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                sort_key="state",
                primary=lambda work: work.has_ended,
            ),
            Column("progress", label=_("Progress"), accessor=progress),
            Column("refused", label=_("Refused rows"), accessor="refused", sort_key="refused"),
            Column("owner", label=_("By"), accessor="owner"),
            DateColumn("created_at", label=_("Asked for"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Work]:
        return works.visible_to(self.request.user)


def progress(work: Work) -> str:
    return "–" if work.percent is None else format_percent(work.percent)


class WorkInspectView(generic.InspectView):
    page_title = gettext_lazy("Long job")
    template_name = "jobs/work.html"

    def get_object(self, queryset: Any = None) -> Work:
        return visible(self.request, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **context(self.object, self.request.user))


def context(work: Work, user: Any) -> dict[str, Any]:
    return {
        "work": work,
        "label": works.label(work),
        "counts": works.counts_of(work),
        "refusals": work.refusals.all()[:SHOWN_REFUSALS] if work.has_ended else [],
        "more_refusals": max(0, work.refused - SHOWN_REFUSALS),
        "facts": works.facts(work),
        "next_steps": works.next_steps(work, user),
    }


def show_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while one waits."""
    return render(request, "jobs/includes/progress.html", context(visible(request, pk), request.user))


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    work = visible(request, pk)
    try:
        works.cancel(work=work)
    except JobError as error:
        messages.error(request, str(error))
    else:
        log(work, "jobs.cancel", user=request.user, title=work.title)
        sentence = _("Called off.") if work.state == WorkState.CANCELLED else _("It stops after the rows at hand.")
        messages.success(request, sentence)
    return redirect(page(work))


def download(request: HttpRequest, pk: int) -> FileResponse:
    work = visible(request, pk)
    if not work.result:
        raise Http404
    return FileResponse(work.result.open("rb"), as_attachment=True, filename=work.result_name)


class Echo:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        return text


def download_refused(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The refused rows as CSV, with a mark so that spreadsheets see the UTF-8."""
    rows = visible(request, pk).refusals.all()
    response = StreamingHttpResponse(refused_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{pk}.csv"'
    return response


def refused_lines(rows: QuerySet[RefusedRow]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow([_("Row"), _("Key"), _("Reason")])
    for row in rows.iterator(1000):
        yield writer.writerow([row.number, harmless(row.key), harmless(row.reason)])


class WorkViewSet(ModelViewSet):
    model = Work
    name = "jobs_works"
    url_prefix = "jobs/works"
    icon = "tasks"
    menu_label = gettext_lazy("Long jobs")
    index_view_class = WorkIndexView
    inspect_view_class = WorkInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["title"]
    copy_view_enabled = False
    add_to_reference_index = False
    list_filter = ["state"]
    ordering = ["-pk"]
    list_per_page = 50

    def get_form_fields(self) -> list[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "inspect")
        own = [
            path("<int:pk>/progress/", show_progress, name="progress"),
            path("<int:pk>/cancel/", cancel, name="cancel"),
            path("<int:pk>/file/", download, name="file"),
            path("<int:pk>/refused/", download_refused, name="refused"),
        ]
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept] + own
