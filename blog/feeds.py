"""The journal as RSS 2.0."""

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone

if TYPE_CHECKING:
    from blog.models import BlogIndexPage, BlogPage

POSTS = 20


class PostFeed(Feed):
    """The latest posts of one blog, in its language."""

    def __init__(self, blog: "BlogIndexPage") -> None:
        self.blog = blog

    def get_object(self, request: HttpRequest) -> None:
        self.request = request

    def title(self) -> str:
        return self.blog.seo_title or self.blog.title

    def description(self) -> str:
        return self.blog.intro or self.blog.search_description

    def link(self) -> str:
        return self.blog.get_full_url(self.request)

    def feed_url(self) -> str:
        return f"{self.link()}feed/"

    def items(self) -> list["BlogPage"]:
        return list(self.blog.posts.defer_streamfields().prefetch_related("tags")[:POSTS])

    def item_title(self, item: "BlogPage") -> str:
        return item.title

    def item_description(self, item: "BlogPage") -> str:
        return item.intro or item.search_description

    def item_link(self, item: "BlogPage") -> str:
        return item.get_full_url(self.request)

    def item_pubdate(self, item: "BlogPage") -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))

    def item_updateddate(self, item: "BlogPage") -> datetime | None:
        return item.last_published_at

    def item_categories(self, item: "BlogPage") -> list[str]:
        return [tag.name for tag in item.tags.all()]
