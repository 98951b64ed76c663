"""What staff do with many orders at once, each after a page that says with which.

Wagtail's own bulk actions exist for snippets only, ask for no permission by default, and their “select all” goes past
the filters; these do neither.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from store import bulk, order_exports, packing_pdf, packing_slips, spreadsheets
from store.models import Order, OrderStatus
from store.viewsets.order_selection import Selection

LISTED = 20


class BulkAction:
    """One action: who may, on how many at once, and what it asks before."""

    name = ""
    label: str | Promise = ""
    icon = "cog"
    permission = "store.process_order"
    explanation: str | Promise = ""
    most = 500
    form_class: type[forms.Form] = forms.Form

    def run(self, view: "BulkView", chosen: Any, data: dict[str, Any]) -> HttpResponseBase:
        raise NotImplementedError


class StepAction(BulkAction):
    """A step of the delivery, for each order on its own."""

    to = OrderStatus.PACKED

    def step(self, chosen: Any, actor: str) -> bulk.Outcome:
        return bulk.advance(chosen=chosen, to=self.to, actor=actor)

    def run(self, view: "BulkView", chosen: Any, data: dict[str, Any]) -> HttpResponseBase:
        user: Any = view.request.user
        outcome = self.step(chosen, user.email)
        for order in outcome.done:
            log(order, "store.order", user=user, data={"number": order.number, "done": str(self.label)})
        if outcome.done:
            count = len(outcome.done)
            sentence = ngettext("%(count)d order: %(step)s.", "%(count)d orders: %(step)s.", count)
            messages.success(view.request, sentence % {"count": count, "step": OrderStatus(self.to).label.lower()})
        if outcome.refused:
            return view.answer(refused=outcome.refused, done=len(outcome.done))
        return redirect(view.back_url)


class PaidAction(StepAction):
    name, icon = "paid", "check"
    label = gettext_lazy("Mark as paid")
    explanation = gettext_lazy(
        "Only when the whole sum is there, on the account, from the courier or at the desk: the customer gets the "
        "confirmation."
    )
    to = OrderStatus.PAID

    def step(self, chosen: Any, actor: str) -> bulk.Outcome:
        return bulk.paid(chosen=chosen, actor=actor)


class PackAction(StepAction):
    name, icon = "pack", "check"
    label = gettext_lazy("Mark as packed")
    explanation = gettext_lazy("The goods of these orders are packed and wait for the courier.")
    to = OrderStatus.PACKED


class ShipAction(StepAction):
    name, icon = "ship", "arrow-right"
    label = gettext_lazy("Mark as shipped")
    explanation = gettext_lazy("The courier has the goods of these orders: every customer is told by mail.")
    to = OrderStatus.SHIPPED


class DeliverAction(StepAction):
    name, icon = "deliver", "check"
    label = gettext_lazy("Mark as delivered")
    explanation = gettext_lazy("The customers have their goods.")
    to = OrderStatus.DELIVERED


class SlipsForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[
            ("", gettext_lazy("Each in the language of its order")),
            ("en", gettext_lazy("English")),
            ("ru", gettext_lazy("Russian")),
        ],
        required=False,
    )
    file = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[
            ("pdf", gettext_lazy("PDF")),
            ("pictures", gettext_lazy("Page with pictures")),
            ("page", gettext_lazy("Page without pictures")),
        ],
        widget=forms.RadioSelect,
        initial="pdf",
    )


class SlipsAction(BulkAction):
    name, icon = "slips", "doc-full-inverse"
    label = gettext_lazy("Print packing slips")
    explanation = gettext_lazy("One page per order, ready for the printer; the goods stand in the order of their SKU.")
    most = 200
    form_class = SlipsForm
    permission = "store.view_order"

    def run(self, view: "BulkView", chosen: Any, data: dict[str, Any]) -> HttpResponseBase:
        wanted = data["file"]
        slips = packing_slips.slips(chosen=chosen, language=data["language"], with_pictures=wanted == "pictures")
        if wanted == "pdf":
            return slips_response(slips, "packing-slips.pdf")
        return TemplateResponse(view.request, "store/admin/packing_slips.html", {"slips": slips})


def slips_response(slips: list[packing_slips.Slip], name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(packing_pdf.render(slips), content_type="application/pdf", headers=headers)


def packing_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """That of one order, in the language of whoever packs it."""
    if not request.user.has_perm(SlipsAction.permission):  # type: ignore[union-attr]
        raise PermissionDenied
    slips = packing_slips.slips(chosen=Order.objects.filter(pk=pk), language=get_language() or "", with_pictures=False)
    if not slips:
        raise Http404
    return slips_response(slips, f"{slips[0].order.number}.pdf")


class ExportForm(forms.Form):
    rows = forms.ChoiceField(
        label=gettext_lazy("Rows"),
        choices=[("orders", gettext_lazy("One row per order")), ("lines", gettext_lazy("One row per product ordered"))],
        widget=forms.RadioSelect,
        initial="orders",
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[("xlsx", gettext_lazy("Excel (XLSX)")), ("csv", gettext_lazy("CSV"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


class ExportAction(BulkAction):
    name, icon = "export", "download"
    label = gettext_lazy("Export")
    explanation = gettext_lazy("A table with the customers' addresses: keep it as carefully as the shop itself.")
    most = 1_000_000
    form_class = ExportForm
    permission = "store.view_order"

    def run(self, view: "BulkView", chosen: Any, data: dict[str, Any]) -> HttpResponseBase:
        user: Any = view.request.user
        details = {"rows": data["rows"], "kind": data["kind"], "count": view.count}
        log(user, "store.export", user=user, data=details)
        rows = order_exports.KINDS[data["rows"]](chosen)
        return spreadsheets.download(rows, name=data["rows"], kind=data["kind"])


ACTIONS: dict[str, BulkAction] = {
    action.name: action
    for action in (PaidAction(), PackAction(), ShipAction(), DeliverAction(), SlipsAction(), ExportAction())
}


def possible(user: Any) -> list[BulkAction]:
    """What this person may do with many orders."""
    return [action for action in ACTIONS.values() if user.has_perm(action.permission)]


class BulkView(WagtailAdminTemplateMixin, TemplateView):
    """First POST: from the list, asks. Second POST (`confirmed`): does."""

    template_name = "store/admin/order_bulk.html"
    http_method_names: ClassVar = ["get", "post"]
    index_url_name = ""
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        action = ACTIONS.get(kwargs["action"])
        if action is None:
            raise Http404
        self.action = action
        if not (request.user.has_perm("store.view_order") and request.user.has_perm(action.permission)):  # type: ignore[union-attr]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.index_url_name)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.selection = Selection.read(request.POST)
        chosen = self.selection.orders()
        self.count = chosen.count()
        if not self.count:
            messages.warning(request, _("No order is chosen: tick some first."))
            return redirect(self.back_url)
        if self.count > self.action.most:
            sentence = _("That works for %(most)d orders at once; these are %(count)d. Narrow the list first.")
            messages.error(request, sentence % {"most": self.action.most, "count": self.count})
            return redirect(self.back_url)
        self.form = self.action.form_class(request.POST if "confirmed" in request.POST else None)
        if self.form.is_valid():
            return self.action.run(self, chosen, self.form.cleaned_data)
        return self.answer()

    @property
    def back_url(self) -> str:
        query = self.selection.query
        return reverse(self.index_url_name) + (f"?{query}" if query else "")

    def answer(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))

    def get_page_title(self) -> str:
        return str(self.action.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.back_url, "label": _("Orders")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: list[Order] = list(self.selection.orders()[:LISTED])
        return super().get_context_data(
            **kwargs,
            action=self.action,
            selection=self.selection,
            upto=self.selection.upto or self.selection.newest(),
            form=self.form,
            count=self.count,
            listed=rows,
            more=self.count - len(rows),
            back_url=self.back_url,
        )
