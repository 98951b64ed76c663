"""What a run sends, to look at: in a frame that can do nothing, with placeholders where recipients' values go."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaigns import markup
from campaigns.models import Content, Run
from campaigns.policies import visible_rows

# Nothing runs, nothing is fetched but pictures, nothing leads out.
FRAME_POLICY = "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; sandbox"


def framed(html: str) -> HttpResponse:
    """Somebody's HTML as a page that can do nothing, for a frame of ours."""
    response = HttpResponse(html)
    response["Content-Security-Policy"] = FRAME_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


class RunMixin:
    """The run, for those who may look at it; others do not learn whether it exists."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("campaigns.view_run"):  # type: ignore[union-attr]
            raise PermissionDenied
        runs = visible_rows(request.user, Run).select_related("mailing__owner", "mailing__message")
        run = runs.filter(pk=kwargs["pk"]).first()
        if run is None:
            raise Http404
        self.run: Run = run
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]


class PreviewView(RunMixin, WagtailAdminTemplateMixin, TemplateView):
    """Every frozen message of the run; a run from before messages were frozen shows what it keeps itself."""

    template_name = "campaigns/admin/preview.html"
    header_icon = "view"
    page_title = _("What is sent")
    model = Run
    index_url_name = ""

    def get_page_subtitle(self) -> str:
        return str(self.run)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("campaign_runs:index"), "label": _("Runs")},
            {"url": reverse("campaign_runs:inspect", args=[self.run.pk]), "label": str(self.run)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contents = list(self.run.contents.select_related("rival"))
        if not contents:
            contents = [Content(pk=0, run=self.run, subject=self.run.subject, text=markup.to_text(self.run.body))]
        return super().get_context_data(**kwargs, run=self.run, contents=contents)


class LetterView(RunMixin, View):
    """The message's HTML, for the frame."""

    # A viewset passes it.
    model = Run

    def get(self, request: HttpRequest, pk: int, content: int) -> HttpResponse:
        found = self.run.contents.filter(pk=content).first() if content else None
        if content and found is None:
            raise Http404
        html = found.html if found else markup.to_html(self.run.body)
        if found and not html:
            html = f"<pre>{escape(found.text)}</pre>"
        return framed(html)
