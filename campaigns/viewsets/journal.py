"""Runs, deliveries, attempts and events in the admin: what the engine wrote, to look at."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button

from campaigns import addresses
from campaigns.models import Attempt, Delivery, Recipient, Run
from campaigns.policies import visible_rows
from campaigns.viewsets.columns import AnswerColumn, MomentColumn
from campaigns.viewsets.filters import AttemptFilterSet, DeliveryFilterSet, RunFilterSet
from campaigns.viewsets.message_previews import SentLetterView
from campaigns.viewsets.previews import LetterView, PreviewView
from campaigns.viewsets.scoped import JournalViewSet, ScopedIndexView, ScopedInspectView

# An address is looked for among recipients, whose index knows how it begins; deliveries have none.
MOST_FOUND = 1000


def went_well(row: Any) -> bool:
    return row.status in (Run.Status.RUNNING, Run.Status.COMPLETED, Delivery.Status.SENT)


STATUS = StatusTagColumn(
    "status", label=_("Status"), accessor="get_status_display", sort_key="status", primary=went_well
)
# Without the sort: a million rows are read as they were written.
OUTCOME = StatusTagColumn("status", label=_("Status"), accessor="get_status_display", primary=went_well)


class AddressSearch:
    """`path` leads from the row to its delivery; what is typed is how the address begins, or all of it."""

    path = ""
    is_searching: bool
    search_query: str
    request: Any

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        words = self.search_query.replace("\0", "").strip()
        people = visible_rows(self.request.user, Recipient).filter(email_norm__startswith=addresses.normalise(words))
        found = list(people.order_by().values_list("pk", flat=True)[:MOST_FOUND])
        if not found and "@" in words:
            # Recipients who were deleted since.
            gone = {f"{self.path}email__iexact": words, f"{self.path}recipient__isnull": True}
            return queryset.filter(**gone)
        return queryset.filter(**{f"{self.path}recipient__in": found})


class RunIndexView(ScopedIndexView):
    related = ("mailing__owner",)
    exported: ClassVar[dict[str, Any]] = {
        "pk": _("Number"),
        "subject": _("Subject"),
        "mailing.owner.email": _("Owner"),
        "occurrence": _("Planned for"),
        "get_status_display": _("Status"),
        **{
            name: Run._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            for name in ("total", "sent", "failed", "in_doubt", "suppressed", "opened", "clicked", "bounced")
        },
        "complained": _("Complained"),
        "unsubscribed": _("Unsubscribed"),
        "opened_at": _("Opened"),
        "completed_at": _("Completed"),
    }

    def get_base_queryset(self) -> QuerySet[Run]:
        return super().get_base_queryset().defer("body")  # type: ignore[no-any-return]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "subject", label=_("Run"), sort_key="subject"),
            MomentColumn("occurrence", label=_("Planned for"), sort_key="occurrence"),
            Column("owner", label=_("Owner"), accessor="mailing.owner.email", sort_key="mailing__owner__email"),
            STATUS,
            NumberColumn("total", label=_("Recipients"), sort_key="total"),
            NumberColumn("sent", label=_("Sent"), sort_key="sent"),
            NumberColumn("failed", label=_("Failed"), sort_key="failed"),
            NumberColumn("in_doubt", label=_("In doubt"), sort_key="in_doubt"),
            NumberColumn("bounced", label=_("Bounced"), sort_key="bounced"),
            NumberColumn("complained", label=_("Complained"), sort_key="complained"),
            MomentColumn("opened_at", label=_("Opened"), sort_key="opened_at"),
        ]


class RunInspectView(ScopedInspectView):
    @property
    def header_more_buttons(self) -> list[Button]:
        preview = reverse("campaign_runs:preview", args=[self.object.pk])
        deliveries = f"{reverse('campaign_deliveries:index')}?mailing={self.object.mailing_id}"
        return [
            *super().header_more_buttons,
            Button(_("What is sent"), url=preview, icon_name="view", priority=10),
            Button(_("Deliveries"), url=deliveries, icon_name="list-ul", priority=40),
        ]


class RunViewSet(JournalViewSet):
    model = Run
    name = "campaign_runs"
    icon = "history"
    menu_label = _("Runs")
    index_view_class = RunIndexView
    inspect_view_class = RunInspectView
    filterset_class = RunFilterSet
    search_fields: ClassVar[list[str]] = ["subject", "mailing__owner__email"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = [
        *("mailing", "occurrence", "status", "subject", "total", "sent", "failed", "in_doubt", "suppressed"),
        *("opened", "clicked", "bounced", "complained", "unsubscribed", "winner", "opened_at", "completed_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        preview = self.construct_view(PreviewView, index_url_name=self.get_url_name("index"))
        letter = self.construct_view(LetterView)
        return [
            *super().get_urlpatterns(),
            path("preview/<int:pk>/", preview, name="preview"),
            path("preview/<int:pk>/letter/<int:content>/", letter, name="letter"),
        ]


class DeliveryIndexView(AddressSearch, ScopedIndexView):
    related = ("run__mailing__owner",)
    exported: ClassVar[dict[str, Any]] = {
        "pk": _("Number"),
        "email": _("E-mail"),
        "run.subject": _("Mailing"),
        "run.mailing.owner.email": _("Owner"),
        "get_status_display": _("Status"),
        "tries": _("Tries"),
        "last_code": _("Reply code"),
        "last_response": _("Server’s last answer"),
        "finished_at": _("Finished"),
        "bounced_at": _("Bounced"),
        "complained_at": _("Complained"),
        "unsubscribed_at": _("Unsubscribed"),
    }

    def get_base_queryset(self) -> QuerySet[Delivery]:
        return super().get_base_queryset().defer("run__body", "attributes")  # type: ignore[no-any-return]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "email", label=_("E-mail")),
            Column("run", label=_("Mailing"), accessor="run.subject"),
            Column("owner", label=_("Owner"), accessor="run.mailing.owner.email"),
            OUTCOME,
            NumberColumn("tries", label=_("Tries")),
            AnswerColumn("last_response", label=_("Server’s last answer")),
            MomentColumn("finished_at", label=_("Finished")),
        ]


class DeliveryInspectView(ScopedInspectView):
    """The story of one delivery: what was tried, what the server said, what followed."""

    template_name = "campaigns/admin/delivery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delivery: Delivery = self.object
        return super().get_context_data(
            **kwargs,
            delivery=delivery,
            run=Run.objects.select_related("mailing__owner").defer("body").get(pk=delivery.run_id),
            attempts=delivery.attempts.order_by("pk"),
            events=delivery.events.select_related("link").order_by("at", "pk"),
        )


class DeliveryViewSet(JournalViewSet):
    model = Delivery
    name = "campaign_deliveries"
    icon = "mail"
    menu_label = _("Deliveries")
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    filterset_class = DeliveryFilterSet
    search_fields: ClassVar[list[str]] = ["email"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = [
        *("email", "full_name", "status", "tries", "next_try_at", "last_code", "last_response", "finished_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        letter = self.construct_view(SentLetterView)
        return [*super().get_urlpatterns(), path("letter/<int:pk>/", letter, name="letter")]


class AttemptIndexView(AddressSearch, ScopedIndexView):
    path = "delivery__"
    related = ("delivery__run",)
    exported: ClassVar[dict[str, Any]] = {
        "at": _("At"),
        "delivery.email": _("E-mail"),
        "delivery.run.subject": _("Mailing"),
        "get_status_display": _("Status"),
        "code": _("Reply code"),
        "response": _("Server’s answer"),
    }

    def get_base_queryset(self) -> QuerySet[Attempt]:
        return super().get_base_queryset().defer("delivery__run__body", "delivery__attributes")  # type: ignore[no-any-return]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "email", label=_("E-mail"), accessor="delivery.email"),
            Column("run", label=_("Mailing"), accessor="delivery.run.subject"),
            MomentColumn("at", label=_("At")),
            OUTCOME,
            Column("code", label=_("Code")),
            AnswerColumn("response", label=_("Server’s answer")),
        ]


class AttemptViewSet(JournalViewSet):
    model = Attempt
    name = "campaign_attempts"
    icon = "list-ul"
    menu_label = _("Attempts")
    index_view_class = AttemptIndexView
    filterset_class = AttemptFilterSet
    search_fields: ClassVar[list[str]] = ["delivery__email"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = ["delivery", "at", "status", "code", "response"]
