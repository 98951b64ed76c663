"""What search engines read: schema.org in JSON-LD (https://schema.org/Product, /BreadcrumbList)."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from company.money import round_money
from store.models import Product, Variant
from store.pictures import Picture
from store.shelves import Shelf


def absolute(url: str) -> str:
    return url if url.startswith(("http:", "https:")) else f"{settings.SITE_URL}{url}"


@lru_cache(maxsize=2000)
def plain(text: str | None) -> str:
    """Rich text without its tags; kept: a page asks several times, and the next visitor again."""
    return strip_tags(text or "")


def product_data(product: Product, variants: list[Variant], images: list[Picture]) -> dict[str, Any]:
    url = absolute(product.get_absolute_url())
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "sku": variants[0].sku,
        "url": url,
        "image": [absolute(picture.url) for picture in images],
        "description": plain(product.description)[:5000],
        "offers": [offer(url, variant) for variant in variants],
    }
    if product.brand:
        data["brand"] = {"@type": "Brand", "name": product.brand.name}
    rating = getattr(product, "rating", None)
    if rating is not None and rating.count:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(rating.average, 1),
            "reviewCount": rating.count,
            "bestRating": 5,
        }
    return data


def offer(url: str, variant: Variant) -> dict[str, str]:
    in_stock = variant.available > 0
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "price": str(round_money(variant.price)),
        "priceCurrency": settings.STORE_CURRENCY,
        "availability": f"https://schema.org/{'InStock' if in_stock else 'OutOfStock'}",
        "url": url,
    }


def breadcrumb_data(shelves: list[Shelf], last: str = "") -> dict[str, Any]:
    """`last` is the page itself, where it is not a category."""
    items = [{"name": shelf.name, "item": absolute(shelf.url)} for shelf in shelves]
    if last:
        items.append({"name": last})
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "position": n, **item} for n, item in enumerate(items, 1)],
    }
