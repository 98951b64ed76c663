"""Which column of an uploaded file is which field: guessed, shown with examples, put right by staff."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from jobs import work as works
from jobs.errors import JobError
from jobs.models import Work
from store.errors import StoreError
from store.import_forms import ColumnsForm
from store.imports.columns import Columns
from store.imports.job import KIND, examples, import_again, mapping_of

IMPORTING = ("store.add_product", "store.change_product")


def may_import(user: Any) -> bool:
    return bool(user.has_perms(IMPORTING))


def page_of(work: Work) -> str:
    return reverse("jobs_works:inspect", args=[work.pk])


def repeat(request: HttpRequest, work: Work, **how: Any) -> HttpResponse:
    """The same file once more. A file that is gone is said so."""
    try:
        again = import_again(work=work, owner=request.user, **how)  # type: ignore[arg-type]
    except (OSError, JobError, StoreError):
        messages.error(request, _("The file is not there any more; please upload it again."))
        return redirect("store_import:index")
    log(again, "store.import", user=request.user, title=again.title)
    return redirect(page_of(again))


class ColumnsView(WagtailAdminTemplateMixin, FormView):
    """One select per column; afterwards the file is checked again, or imported."""

    page_title = gettext_lazy("Columns of the file")
    header_icon = "table"
    template_name = "store/admin/import_columns.html"
    form_class = ColumnsForm

    @cached_property
    def work(self) -> Work:
        read = works.visible_to(self.request.user).filter(kind=KIND, ended_at__isnull=False)
        return get_object_or_404(read, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(request.user):
            raise PermissionDenied
        if self.work.params["set_stock"] and not request.user.has_perm("store.change_stock"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.work.params["name"])

    def get_form_kwargs(self) -> dict[str, Any]:
        columns = Columns(mapping_of(self.work))
        return super().get_form_kwargs() | {"columns": columns, "examples": examples(self.work)}

    def form_valid(self, form: ColumnsForm) -> HttpResponse:
        return repeat(self.request, self.work, dry_run="for_good" not in self.request.POST, mapping=form.mapping)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [(reverse("store_import:index"), _("Import and export")), (page_of(self.work), self.work.title)]
        return [
            *self.breadcrumbs_items,
            *({"url": url, "label": label} for url, label in steps),
            {"url": "", "label": str(self.page_title), "sublabel": self.get_page_subtitle()},
        ]
