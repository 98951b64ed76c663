"""What the journal adds to the Wagtail admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from blog.viewsets import PostListingViewSet, PostViewSet


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [PostListingViewSet("posts"), PostViewSet()]
