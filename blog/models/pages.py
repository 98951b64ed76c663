"""The journal's pages."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, Tag
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from blog.blocks import ProseBlock
from blog.feeds import PostFeed
from blog.models.views import BlogPageViews
from company.caching import shared

POSTS_PER_PAGE = 12
# The pictures that templates ask for, so that whoever makes them ahead knows: of cards, and above a post.
CARD_RENDITION = "fill-720x540|format-webp"
HERO_RENDITION = "fill-1440x960|format-webp"


class BlogPageQuerySet(PageQuerySet):
    def in_order(self) -> "BlogPageQuerySet":
        """The latest first."""
        return self.order_by("-date", "-pk")

    def for_cards(self) -> "BlogPageQuerySet":
        """With what a card shows, and without the text."""
        return self.defer_streamfields().select_related("image").prefetch_related("image__renditions")

    def sharing_tags_with(self, post: "BlogPage", tags: Sequence[Tag]) -> "BlogPageQuerySet":
        """Other posts with these tags of `post`, those that share most first."""
        others = self.filter(locale_id=post.locale_id).exclude(pk=post.pk)
        shared_tags = Count("tagged_items", filter=Q(tagged_items__tag__in=tags))
        return others.annotate(shared_tags=shared_tags).filter(shared_tags__gt=0).order_by("-shared_tags", "-date")


class BlogPageTag(ItemBase):
    tag = models.ForeignKey(Tag, related_name="tagged_posts", on_delete=models.CASCADE)
    content_object = ParentalKey("blog.BlogPage", related_name="tagged_items", on_delete=models.CASCADE)


class BlogIndexPage(RoutablePageMixin, Page):
    """The journal: the latest posts first, by tag if asked, and as a feed."""

    intro = models.CharField(_("introduction"), max_length=250, blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["blog.BlogPage"]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")

    @property
    def posts(self) -> BlogPageQuerySet:
        return BlogPage.objects.child_of(self).live().public().in_order()

    @path("")
    def list_posts(self, request: HttpRequest) -> HttpResponse:
        slug = request.GET.get("tag", "")[:100].replace("\0", "")
        every_post = self.posts
        posts = every_post.filter(tags__slug=slug) if slug else every_post
        page_of_posts = Paginator(posts.for_cards(), POSTS_PER_PAGE).get_page(request.GET.get("page"))
        tags = Tag.objects.filter(tagged_posts__content_object__in=every_post.order_by()).distinct().order_by("name")
        context = {"posts": page_of_posts, "tags": tags, "current_tag": slug}
        return shared(request, self.render(request, context_overrides=context))

    @path("feed/")
    def feed(self, request: HttpRequest) -> HttpResponse:
        return shared(request, PostFeed(self)(request))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        latest = self.posts.aggregate(at=models.Max("last_published_at"))["at"]
        return [{"location": self.get_full_url(request), "lastmod": latest or self.last_published_at}]


class BlogPage(Page):
    """A post."""

    intro = models.CharField(_("introduction"), max_length=250, blank=True)
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    date = models.DateField(_("publication date"), default=timezone.localdate, db_index=True)
    body = StreamField(ProseBlock(), verbose_name=_("text"), blank=True)
    tags = ClusterTaggableManager(through=BlogPageTag, blank=True, verbose_name=_("tags"))

    objects: ClassVar = PageManager.from_queryset(BlogPageQuerySet)()

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("image"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("date"), FieldPanel("tags")], _("Listing")),
    ]
    parent_page_types: ClassVar = ["blog.BlogIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    @property
    def view_count(self) -> int:
        """How often it was read, as of the last flush."""
        row = BlogPageViews.objects.filter(page=self.pk).first()
        return row.count if row else 0

    def related_posts(self, tags: Sequence[Tag] | None = None, count: int = 3) -> BlogPageQuerySet:
        """Posts that share `tags`, or this post's own."""
        # Not a subquery: an unsaved draft in the preview has its tags in memory.
        tags = list(self.tags.all()) if tags is None else tags
        return BlogPage.objects.live().public().sharing_tags_with(self, tags).for_cards()[:count]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        tags = list(self.tags.all())
        return super().get_context(request, *args, **kwargs) | {
            "blog": self.get_parent(),
            "tags": tags,
            "views": self.view_count,
            "related": self.related_posts(tags),
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return shared(request, super().serve(request, *args, **kwargs))
