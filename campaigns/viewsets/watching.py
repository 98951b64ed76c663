"""Pages for whoever watches over all owners: no model's list, a view each."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from campaigns.policies import VIEW_ALL


def may_watch(user: Any) -> bool:
    return not getattr(user, "is_blocked", False) and bool(user.has_perm(VIEW_ALL))


class WatchersOnly:
    """Before any view: managers and superusers, nobody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_watch(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]


class WatchPage(WatchersOnly, WagtailAdminTemplateMixin, TemplateView):
    """A page with its title in the breadcrumbs."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class WatchMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_watch(request.user)


class WatchViewSet(ViewSet):
    """`pages` are the views by the name of their URL, with their path; the first is the menu's."""

    menu_item_class = WatchMenuItem
    pages: ClassVar[dict[str, tuple[str, Any]]] = {}

    def get_urlpatterns(self) -> list[URLPattern]:
        index = next(iter(self.pages))
        return [
            path(where, self.construct_view(view, index_url_name=self.get_url_name(index)), name=name)
            for name, (where, view) in self.pages.items()
        ]
