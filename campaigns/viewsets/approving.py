"""First mailings of new owners, which wait for a manager: the queue, with what they would send."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from accounts.models import User
from campaigns import approvals, messages, oversight
from campaigns.errors import CampaignError
from campaigns.models import Mailing
from campaigns.viewsets.previews import framed
from campaigns.viewsets.scoped import admin_user
from campaigns.viewsets.watching import WatchersOnly, WatchPage, WatchViewSet
from company.admin_actions import ActionView

PER_PAGE = 10


class ApprovalsView(WatchPage):
    template_name = "campaigns/admin/approvals.html"
    page_title = gettext_lazy("First mailings to approve")
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = approvals.waiting().select_related("owner", "message")
        page = Paginator(waiting, PER_PAGE).get_page(self.request.GET.get("p"))
        may_approve = oversight.may_disable(admin_user(self.request))
        return super().get_context_data(**kwargs, page=page, may_approve=may_approve)


class WaitingLetterView(WatchersOnly, View):
    """The message of a mailing that waits, as an invented recipient would read it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        mailing = get_object_or_404(Mailing.objects.select_related("message"), pk=pk)
        if not approvals.waiting().filter(pk=pk).exists():
            raise Http404
        return framed(str(messages.preview(message=mailing.message).html))


class ApproveView(WatchersOnly, ActionView):
    model = User
    error_class = CampaignError
    page_title = button_label = gettext_lazy("Approve")
    explanation = gettext_lazy("What waits goes out by its calendar, and so does all that the owner sends later.")
    header_icon = "check"

    def allowed(self) -> bool:
        return oversight.may_disable(admin_user(self.request))

    def act(self, data: dict[str, Any]) -> str:
        approvals.approve(self.object, admin_user(self.request))
        return _("The owner is approved, and told.")

    def get_success_url(self) -> str:
        return reverse("campaign_approvals:index")


class ApprovalsViewSet(WatchViewSet):
    name = "campaign_approvals"
    icon = "check"
    menu_label = gettext_lazy("To approve")
    pages: ClassVar[dict[str, tuple[str, Any]]] = {
        "index": ("", ApprovalsView),
        "letter": ("<int:pk>/letter/", WaitingLetterView),
        "approve": ("<int:pk>/approve/", ApproveView),
    }
