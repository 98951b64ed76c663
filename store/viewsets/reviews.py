"""Reviews in the Wagtail admin: read, published, refused, answered; never rewritten by the shop."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from company.policies import LookOnlyPolicy
from store.models import Review, ReviewStatus
from store.viewsets.review_actions import ACTIONS, PERMISSION, BulkView, possible

PANEL_ROWS = 5

register_permission_policy(Review, LookOnlyPolicy(Review))


class ReviewFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(choices=ReviewStatus.choices, label=_("Status"))
    stars = django_filters.MultipleChoiceFilter(choices=[(n, f"{n} ★") for n in (5, 4, 3, 2, 1)], label=_("Stars"))
    reported = django_filters.BooleanFilter(field_name="reports", method="by_reports", label=_("Reported"))

    class Meta:
        model = Review
        fields = ("status", "stars", "reported")

    def by_reports(self, rows: QuerySet[Review], name: str, value: bool) -> QuerySet[Review]:
        return rows.filter(reports__gt=0) if value else rows.filter(reports=0)


class SelectColumn(BaseColumn):
    """The box that takes a row into the bulk actions."""

    header_template_name = "store/admin/select_all_cell.html"
    cell_template_name = "store/admin/select_cell.html"


class ReviewIndexView(generic.IndexView):
    results_template_name = "store/admin/review_list_results.html"

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            SelectColumn("select"),
            title("review", label=_("Review"), accessor=str, get_url=self.get_inspect_url),
            Column("product", label=_("Product"), accessor="product.name"),
            Column("author", label=_("By"), accessor="author"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                sort_key="status",
                primary=lambda review: review.status == ReviewStatus.WAITING,
            ),
            NumberColumn("reports", label=_("Reported"), accessor="reports", sort_key="reports"),
            DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Review]:
        return Review.objects.select_related("product")

    def get_list_more_buttons(self, instance: Review) -> list[Any]:
        return super().get_list_more_buttons(instance) + buttons(instance, self.request.user)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"may_moderate": self.request.user.has_perm(PERMISSION)}


class ReviewInspectView(generic.InspectView):
    page_title = _("Review")
    template_name = "store/admin/review.html"

    @property
    def header_more_buttons(self) -> list[Button]:
        return list(super().header_more_buttons) + buttons(self.object, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actions = [
            (reverse(f"store_reviews:{verb}", args=[self.object.pk]), view)
            for verb, view in possible(self.object, self.request.user)
        ]
        notes = self.object.votes.filter(kind="report").exclude(note="").values_list("note", flat=True)[:20]
        return super().get_context_data(**kwargs, review=self.object, actions=actions, notes=notes)


def buttons(review: Review, user: Any) -> list[Button]:
    return [
        Button(
            view.button_label,
            url=reverse(f"store_reviews:{verb}", args=[review.pk]),
            icon_name=view.header_icon,
            priority=20 + position,
        )
        for position, (verb, view) in enumerate(possible(review, user))
    ]


class ReviewViewSet(ModelViewSet):
    model = Review
    name = "store_reviews"
    url_prefix = "store/reviews"
    icon = "pick"
    menu_label = _("Reviews")
    list_per_page = 50
    index_view_class = ReviewIndexView
    inspect_view_class = ReviewInspectView
    inspect_view_enabled = True
    filterset_class = ReviewFilterSet
    search_fields = ("title", "text", "author", "email", "product__name_en", "product__name_ru")
    search_backend_name = None
    ordering = ("-created_at", "-pk")
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_fields = ["text"]

    def get_form_fields(self) -> list[str]:
        return []

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = ("index", "index_results", "inspect")
        views = {verb: self.construct_view(view, **self.get_common_view_kwargs()) for verb, view in ACTIONS.items()}
        own = [path(f"<int:pk>/{verb}/", view, name=verb) for verb, view in views.items()]
        bulk = self.construct_view(BulkView, index_url_name=self.get_url_name("index"))
        own.append(path("bulk/<slug:action>/", bulk, name="bulk"))
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept] + own


class WaitingReviewsPanel(Component):
    """On the admin's first page: what waits to be read."""

    name = "waiting_reviews"
    order = 120

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def render_html(self, parent_context: Any = None) -> SafeString:
        waiting = Review.objects.filter(status=ReviewStatus.WAITING)
        count = waiting.count()
        if not count or not self.request.user.has_perm(PERMISSION):
            return SafeString("")
        shown = waiting.select_related("product").order_by("created_at")[:PANEL_ROWS]
        return render_to_string("store/admin/waiting_reviews.html", {"count": count, "reviews": shown}, self.request)
