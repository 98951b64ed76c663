"""Posts in the Wagtail admin: a flat list, and the blog's own listing, both with the number of views."""

from typing import Any, ClassVar

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import DateColumn, NumberColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.query import PageQuerySet

from blog.models import BlogPage, BlogPageViews

VIEWS = NumberColumn("view_count", label=_("Views"), accessor="views_so_far", sort_key="views_so_far", width="10%")


class CountedListing:
    """Lists that know how often each page was read, and sort by it."""

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        count = BlogPageViews.objects.filter(page=OuterRef("pk")).values("count")
        return super().annotate_queryset(pages).annotate(views_so_far=Coalesce(Subquery(count), Value(0)))  # type: ignore[misc]

    def get_valid_orderings(self) -> list[str]:
        # The search index does not know the counts.
        orderings = super().get_valid_orderings()  # type: ignore[misc]
        return [name for name in orderings if not (self.is_searching and name.endswith("views_so_far"))]  # type: ignore[attr-defined]

    def order_queryset(self, queryset: PageQuerySet) -> PageQuerySet:
        if self.ordering in ("views_so_far", "-views_so_far"):  # type: ignore[attr-defined]
            field = F("views_so_far")
            return queryset.order_by(field.desc() if self.ordering.startswith("-") else field.asc(), "-pk")  # type: ignore[attr-defined]
        return super().order_queryset(queryset)  # type: ignore[misc]


class PostIndexView(CountedListing, IndexView):
    default_ordering = "-latest_revision_created_at"


class PostsMenuItem(MenuItem):
    """For those who work on pages; the others would only be turned away."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(user_has_any_page_permission(request.user))


class PostListingViewSet(PageListingViewSet):
    model = BlogPage
    icon = "edit"
    menu_label = _("Posts")
    menu_order = 190
    add_to_admin_menu = True
    menu_item_class = PostsMenuItem
    index_view_class = PostIndexView
    columns: ClassVar[list[Any]] = [
        *PageListingViewSet.columns,
        DateColumn("date", label=_("Published on"), accessor="date", sort_key="date", width="12%"),
        VIEWS,
    ]


class BlogExplorerView(CountedListing, ExplorableIndexView):
    pass


class PostViewSet(PageViewSet):
    """Posts in the page explorer: Wagtail asks it for the listing of a page that holds nothing but posts."""

    model = BlogPage
    index_view_class = BlogExplorerView
    columns: ClassVar[list[Any]] = [*PageViewSet.columns, VIEWS]
