"""Every public page and product, for search engines (sitemaps.org protocol 0.9)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.models import Locale, Page

from store.models import Category, Product

# Addresses in one file: the protocol allows 50,000, but each names its translations and is made when it is asked for.
LIMIT = 5_000


class PageSitemap(WagtailSitemap):
    """The pages of every language: the Russian front page stands beside the English one, not below it."""

    def items(self) -> QuerySet[Page]:
        root = self.get_wagtail_site().root_page
        pages = Page.objects.none()
        for page in root.get_translations(inclusive=True):
            pages |= Page.objects.descendant_of(page, inclusive=True)
        return pages.live().public().order_by("path").defer_streamfields().specific()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        """Each page's addresses with those of its translations in the same file."""
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        urls: list[dict[str, Any]] = []
        translations: dict[Any, list[dict[str, str]]] = {}
        for item in self.paginator.page(page).object_list:
            together = translations.setdefault(item.translation_key, [])
            for entry in item.get_sitemap_urls(self.request):
                together.append({"lang_code": codes[item.locale_id], "location": entry["location"]})
                urls.append(entry | {"alternates": together})
        return urls


class ShopSitemap(Sitemap):
    """Addresses of the shop in every language, each naming its translations."""

    i18n = alternates = x_default = True
    limit = LIMIT

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class ShelfSitemap(ShopSitemap):
    """The shop's front and its categories."""

    def items(self) -> list[Category | None]:
        return [None, *Category.objects.order_by("path").only("slug")]

    def location(self, item: Category | None) -> str:
        return item.get_absolute_url() if item else reverse("store:product_list")


class ProductSitemap(ShopSitemap):
    """What is for sale."""

    def items(self) -> QuerySet[Product]:
        return Product.objects.filter(listing__isnull=False).order_by("pk").only("slug", "updated_at")

    def lastmod(self, item: Product) -> Any:
        return item.updated_at


def sections(request: HttpRequest) -> dict[str, Any]:
    return {"pages": PageSitemap(request), "shelves": ShelfSitemap(), "products": ProductSitemap()}


def sitemap(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """One file while everything fits in it, else an index of files."""
    maps = sections(request)
    if section is None and sum(part.paginator.count for part in maps.values()) > LIMIT:
        return django_views.index(request, maps, sitemap_url_name="sitemap_section")
    return django_views.sitemap(request, maps, section=section)
