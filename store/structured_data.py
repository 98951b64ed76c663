"""What search engines read: schema.org in JSON-LD (https://schema.org/Product, /BreadcrumbList)."""

from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from company.money import round_money
from store.models import Product, Variant
from store.pictures import Picture
from store.shelves import Shelf


def absolute(url: str) -> str:
    return url if url.startswith(("http:", "https:")) else f"{settings.SITE_URL}{url}"


def product_data(product: Product, variants: list[Variant], images: list[Picture]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "sku": variants[0].sku,
        "url": absolute(product.get_absolute_url()),
        "image": [absolute(picture.url) for picture in images],
        "description": strip_tags(product.description or "")[:5000],
        "offers": [offer(product, variant) for variant in variants],
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


def offer(product: Product, variant: Variant) -> dict[str, str]:
    in_stock = variant.available > 0
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "price": str(round_money(variant.price)),
        "priceCurrency": settings.STORE_CURRENCY,
        "availability": f"https://schema.org/{'InStock' if in_stock else 'OutOfStock'}",
        "url": absolute(product.get_absolute_url()),
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
