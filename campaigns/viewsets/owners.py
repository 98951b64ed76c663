"""Owners in the admin: how much they send, how it is taken, and all about one of them."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import ModelLogEntry

from accounts.models import User
from campaigns import oversight
from campaigns.errors import CampaignError
from campaigns.models import AbuseReport, Mailing, OwnerSettings, Recipient, Run, SenderAddress
from campaigns.owner_figures import owners, with_figures
from campaigns.statistics import runs_figures
from campaigns.viewsets.scoped import admin_user
from campaigns.viewsets.watching import WatchersOnly, WatchPage, WatchViewSet
from company.admin_actions import ActionView

LISTS = (
    ("campaign_mailings:index", gettext_lazy("Mailings")),
    ("campaign_automations:index", gettext_lazy("Series")),
    ("campaign_runs:index", gettext_lazy("Runs")),
    ("campaign_deliveries:index", gettext_lazy("Deliveries")),
    ("campaign_recipients:index", gettext_lazy("Recipients")),
    ("campaign_messages:index", gettext_lazy("Messages")),
)
PER_PAGE = 50
LAST = 10


class OwnersView(WatchPage):
    template_name = "campaigns/admin/owners.html"
    page_title = gettext_lazy("Campaign owners")
    header_icon = "user"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").replace("\0", "").strip()[:100]
        rows = owners().order_by("email")
        for word in words.split():
            rows = rows.filter(Q(email__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word))
        page = WagtailPaginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        page.object_list = with_figures(page.object_list)
        elided = page.paginator.get_elided_page_range(page.number)
        return super().get_context_data(**kwargs, page=page, words=words, elided_page_range=elided)


class OwnerView(WatchPage):
    """Everything about one owner, and the ways on."""

    template_name = "campaigns/admin/owner.html"
    header_icon = "user"

    @cached_property
    def owner(self) -> User:
        return get_object_or_404(owners(), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.owner)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("campaign_owners:index"), "label": _("Campaign owners")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owner, runs = self.owner, Run.objects.filter(mailing__owner=self.owner)
        sums = runs.order_by().aggregate(
            **{name: Coalesce(Sum(name), 0) for name in ("bounced", "complained", "unsubscribed")}
        )
        regular = Mailing.objects.filter(owner=owner, kind=Mailing.Kind.REGULAR)
        states = Recipient.objects.filter(owner=owner).order_by().values("state").annotate(count=Count("pk"))
        labels = dict(Recipient.State.choices)
        quota_log = ModelLogEntry.objects.filter(
            action="campaigns.quota", object_id=str(owner.pk), content_type__model="ownersettings"
        )
        return super().get_context_data(
            **kwargs,
            owner=owner,
            settings=OwnerSettings.objects.select_related("approved_by").filter(owner=owner).first(),
            figures=runs_figures(runs),
            sums=sums,
            states=[(labels[row["state"]], row["count"]) for row in states],
            mailings=regular.select_related("message").order_by("-pk")[:LAST],
            senders=SenderAddress.objects.filter(owner=owner),
            reports=AbuseReport.objects.filter(mailing__owner=owner).select_related("mailing__message")[:LAST],
            quotas=quota_log.select_related("user").order_by("-timestamp")[:LAST],
            may_oversee=oversight.may_disable(admin_user(self.request)),
            lists=LISTS,
        )


class QuotaForm(forms.Form):
    daily_quota = forms.IntegerField(
        label=gettext_lazy("Messages a day"),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text=gettext_lazy("Empty: the site’s own quota. 0: nothing goes out."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=255, help_text=gettext_lazy("The owner reads it, word for word.")
    )


class QuotaView(WatchersOnly, ActionView):
    model = User
    form_class = QuotaForm
    error_class = CampaignError
    page_title = gettext_lazy("Change the quota")
    button_label = gettext_lazy("Change the quota")
    explanation = gettext_lazy("It holds at once, for messages of all the owner’s mailings together.")
    header_icon = "edit"

    def allowed(self) -> bool:
        return oversight.may_disable(admin_user(self.request)) and owners().filter(pk=self.object.pk).exists()

    def get_initial(self) -> dict[str, Any]:
        row = OwnerSettings.objects.filter(owner=self.object).first()
        return {"daily_quota": row.daily_quota if row else None}

    def act(self, data: dict[str, Any]) -> str:
        oversight.set_quota(owner=self.object, by=admin_user(self.request), **data)
        return _("The quota is changed; the owner is told.")

    def get_success_url(self) -> str:
        return reverse("campaign_owners:owner", args=[self.object.pk])


class OwnersViewSet(WatchViewSet):
    name = "campaign_owners"
    icon = "user"
    menu_label = gettext_lazy("Campaign owners")
    pages: ClassVar[dict[str, tuple[str, Any]]] = {
        "index": ("", OwnersView),
        "owner": ("<int:pk>/", OwnerView),
        "quota": ("<int:pk>/quota/", QuotaView),
    }
