"""Every public page and product, for search engines (sitemaps.org protocol 0.9)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.models import Page

from store.models import Product

# The protocol's own limit for one file.
LIMIT = 50_000


class PageSitemap(WagtailSitemap):
    """The pages of every language: the Russian front page stands beside the English one, not below it."""

    def items(self) -> QuerySet[Page]:
        root = self.get_wagtail_site().root_page
        pages = Page.objects.none()
        for page in root.get_translations(inclusive=True):
            pages |= Page.objects.descendant_of(page, inclusive=True)
        return pages.live().public().order_by("path").defer_streamfields().specific()


class ProductSitemap(Sitemap):
    """What is for sale, in every language."""

    i18n = True
    limit = LIMIT

    def items(self) -> QuerySet[Product]:
        return Product.objects.filter(listing__isnull=False).order_by("pk").only("slug", "updated_at")

    def lastmod(self, item: Product) -> Any:
        return item.updated_at

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


def sections(request: HttpRequest) -> dict[str, Any]:
    return {"pages": PageSitemap(request), "products": ProductSitemap()}


def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """One file while everything fits in it, else an index of files."""
    maps = sections(request)
    if section is None and sum(part.paginator.count for part in maps.values()) > LIMIT:
        return django_views.index(request, maps, sitemap_url_name="sitemap_section")
    return django_views.sitemap(request, maps, section=section)
