"""Import and export in the Wagtail admin: two forms, the worker does the rest."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from jobs import work as works
from jobs.models import WorkState
from store.exports.job import FILES, start_export
from store.import_forms import ExportForm, ImportForm
from store.imports.columns import Columns
from store.imports.job import KIND, start_import
from store.viewsets.import_columns import ColumnsView, may_import, page_of, repeat

EXPORTING = "store.view_product"


class ImportView(WagtailAdminTemplateMixin, FormView):
    """The page with both forms and the latest jobs."""

    page_title = gettext_lazy("Import and export")
    header_icon = "upload"
    template_name = "store/admin/import.html"
    form_class = ImportForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(EXPORTING) or (request.method == "POST" and not may_import(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ImportForm) -> HttpResponse:
        data, user = form.cleaned_data, self.request.user
        if data["set_stock"] and not user.has_perm("store.change_stock"):
            form.add_error("set_stock", _("Only shop managers may see and change stock."))
            return self.form_invalid(form)
        work = start_import(
            file=data["file"],
            name=data["file"].name,
            owner=user,  # type: ignore[arg-type]
            stock=data["stock"] if user.has_perm("store.change_stock") else 0,
            set_stock=data["set_stock"],
            dry_run=data["dry_run"],
            fetch_pictures=data["fetch_pictures"],
            archive=data["archive"],
        )
        log(work, "store.import", user=user, title=work.title)
        return redirect(page_of(work))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [KIND, *FILES]
        recent = works.visible_to(self.request.user).filter(kind__in=kinds).order_by("-pk")[:10]
        known = [(field.label, field.names) for field in Columns().fields.values()]
        return super().get_context_data(
            **kwargs, export_form=ExportForm(), recent=recent, may_import=may_import(self.request.user), columns=known
        )


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what to export, and how."))
        return redirect("store_import:index")
    kind = form.cleaned_data["what"]
    if not request.user.has_perm(works.kinds[kind].permission):
        raise PermissionDenied
    work = start_export(kind=kind, format=form.cleaned_data["format"], owner=request.user)  # type: ignore[arg-type]
    log(work, "store.export", user=request.user, title=work.title)
    return redirect(page_of(work))


@require_POST
def for_good(request: HttpRequest, pk: int) -> HttpResponse:
    checks = works.visible_to(request.user).filter(kind=KIND, state=WorkState.DONE)
    check = get_object_or_404(checks, pk=pk)
    if not may_import(request.user) or (check.params["set_stock"] and not request.user.has_perm("store.change_stock")):
        raise PermissionDenied
    return repeat(request, check)


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(EXPORTING)


class ImportViewSet(ViewSet):
    menu_item_class = ImportMenuItem
    name = "store_import"
    url_prefix = "store/import"
    icon = "upload"
    menu_label = gettext_lazy("Import and export")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ImportView.as_view(), name="index"),
            path("export/", export, name="export"),
            path("<int:pk>/columns/", ColumnsView.as_view(), name="columns"),
            path("<int:pk>/for-good/", for_good, name="for_good"),
        ]
