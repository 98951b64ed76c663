"""Bulk edit of prices, stock and visibility: a form, a preview, one confirmation."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from company.money import format_money
from store import bulk_job, bulk_products
from store.bulk_forms import BulkEditForm
from store.bulk_products import Change, Plan
from store.errors import StoreError
from store.models import Product, Variant
from store.viewsets.imports import ImportMenuItem
from store.viewsets.products import ProductFilterSet, ProductIndexView

SHOWN = 100
MONEY = ("price", "compare_at_price")
NAMES = {
    "price": gettext_lazy("Price"),
    "compare_at_price": gettext_lazy("Price before"),
    "on_hand": gettext_lazy("On hand"),
    "active": gettext_lazy("Product for sale"),
    "variant_active": gettext_lazy("Variant for sale"),
}


def shown(query: QueryDict) -> QuerySet[Product]:
    """What the product list shows under this query."""
    rows = ProductFilterSet(query, queryset=Product.objects.all()).qs
    view = ProductIndexView()
    view.__dict__["search_query"] = query.get("q", "").replace("\x00", "")
    return view.search_queryset(rows)


class BulkEditView(WagtailAdminTemplateMixin, FormView):
    """POST shows the preview; POST with the preview's digest does it."""

    page_title = gettext_lazy("Bulk edit")
    header_icon = "edit"
    template_name = "store/admin/bulk_edit.html"
    form_class = BulkEditForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("store.change_product"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def query(self) -> str:
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        found = data.get("query") if self.request.method == "POST" else data.urlencode()
        return (found or "")[:2000]

    def variants(self, skus: list[str]) -> tuple[QuerySet[Variant], list[str]]:
        if skus:
            return bulk_products.variants_of_skus(skus)
        return Variant.objects.filter(product__in=shown(QueryDict(self.query)).order_by().values("pk")), []

    def form_valid(self, form: BulkEditForm) -> HttpResponse:
        user, edit = self.request.user, form.edit()
        if edit.stock_mode and not user.has_perm("store.change_stock"):
            form.add_error("stock_mode", _("Only shop managers may see and change stock."))
            return self.form_invalid(form)
        variants, unknown = self.variants(form.cleaned_data["skus"])
        try:
            plan = bulk_products.work_out(variants=variants, edit=edit, unknown=unknown)
        except StoreError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        confirmed = self.request.POST.get("digest", "")
        if confirmed and confirmed == plan.digest and plan.changes:
            work = bulk_job.start(plan=plan, edit=edit, owner=user, note=form.cleaned_data["note"])  # type: ignore[arg-type]
            log(work, "store.bulk_edit", user=user, title=work.title, data={"note": form.cleaned_data["note"]})
            return redirect(reverse("jobs_works:inspect", args=[work.pk]))
        return self.render_to_response(self.get_context_data(form=form, **preview(plan, bool(confirmed))))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        products = {"url": reverse("store_products:index"), "label": _("Products")}
        return [*self.breadcrumbs_items, products, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        variants, _unknown = self.variants([])
        return super().get_context_data(**kwargs, query=self.query, chosen=variants.count())


def preview(plan: Plan, outdated: bool) -> dict[str, Any]:
    return {
        "plan": plan,
        "outdated": outdated,
        "rows": [(change, described(change)) for change in plan.changes[:SHOWN]],
        "errors": plan.errors[:SHOWN],
        "more": max(0, len(plan.changes) - SHOWN),
        "more_errors": max(0, len(plan.errors) - SHOWN),
    }


def described(change: Change) -> list[tuple[Any, str, str]]:
    """(what, before, after), as people read it."""
    return [
        (NAMES[name], readable(name, before), readable(name, after)) for name, (before, after) in change.values.items()
    ]


def readable(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if value is None:
        return "–"
    return format_money(value) if name in MONEY else str(value)


class BulkEditViewSet(ViewSet):
    menu_item_class = ImportMenuItem
    name = "store_bulk_edit"
    url_prefix = "store/bulk-edit"
    icon = "edit"
    menu_label = gettext_lazy("Bulk edit")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", BulkEditView.as_view(), name="index")]
