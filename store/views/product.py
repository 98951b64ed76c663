"""One product's page."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from store.cards import Card, most_popular
from store.listing import STOCK_COUNTED
from store.models import Product, Variant
from store.pictures import GALLERY, Picture, pictures
from store.shelves import tree
from store.structured_data import absolute, breadcrumb_data, product_data
from store.views.catalogue import CACHED_SECONDS

RELATED = 4
RELATED_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant as the page shows it."""

    variant: Variant
    picture: Picture | None
    chosen: bool

    @property
    def available(self) -> int:
        return self.variant.available

    @property
    def is_low(self) -> bool:
        return 0 < self.available < STOCK_COUNTED

    @property
    def on_sale(self) -> bool:
        return self.variant.discount_percent > 0

    @property
    def parts(self) -> tuple[str, str]:
        """What the option is chosen by: "Navy, M" is M of Navy."""
        first, _comma, rest = self.variant.name.partition(", ")
        return first, rest


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options that share the first part of their names; the only group has no name."""

    name: str
    offers: list[Offer]

    @property
    def picture(self) -> Picture | None:
        return next((offer.picture for offer in self.offers if offer.picture), None)

    @property
    def chosen(self) -> bool:
        return any(offer.chosen for offer in self.offers)

    @property
    def available(self) -> bool:
        return any(offer.available for offer in self.offers)


def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """404 also for what is not for sale, and for what has no variant for sale."""
    product = get_object_or_404(Product.objects.on_sale().for_page(), slug=slug)
    response = render(request, "store/product_detail.html", context_for(product))
    patch_cache_control(response, s_maxage=CACHED_SECONDS)
    return response


def context_for(product: Product) -> dict[str, Any]:
    variants: list[Variant] = product.offers  # type: ignore[attr-defined]
    image_ids = [item.image_id for item in product.gallery]  # type: ignore[attr-defined]
    image_ids += [variant.image_id for variant in variants if variant.image_id and variant.image_id not in image_ids]
    found = pictures(image_ids=image_ids, specs=GALLERY)
    first = next((variant for variant in variants if variant.available > 0), variants[0])
    for variant in variants:
        variant.product = product
    offers = [Offer(variant, found.get(variant.image_id or 0), variant is first) for variant in variants]
    images = [found[pk] for pk in image_ids if pk in found]
    shelves = tree().ancestors(product.category.path)
    crumbs = [{"label": _("Shop"), "url": reverse("store:product_list")}]
    crumbs += [{"label": shelf.name, "url": shelf.url} for shelf in shelves]
    return {
        "product": product,
        "offers": offers,
        "option_groups": option_groups(offers),
        "prices_vary": len({offer.variant.price for offer in offers}) > 1,
        "offer": next(offer for offer in offers if offer.chosen),
        "images": images,
        "specifications": list(product.specifications.all()),
        "related": related(product, product.category.path),
        "crumbs": [*crumbs, {"label": product.name, "url": ""}],
        "canonical": absolute(product.get_absolute_url()),
        "social_image": absolute(images[0].url) if images else "",
        "structured_data": [product_data(product, variants, images), breadcrumb_data(shelves, product.name)],
    }


def option_groups(offers: list[Offer]) -> list[OptionGroup]:
    """Colour first, then size; options whose names do not all have two parts stay in one row."""
    groups: dict[str, list[Offer]] = {}
    for offer in offers:
        groups.setdefault(offer.parts[0], []).append(offer)
    if not all(offer.parts[1] for offer in offers) or len(groups) in (1, len(offers)):
        return [OptionGroup("", offers)]
    return [OptionGroup(name, members) for name, members in groups.items()]


def related(product: Product, path: str) -> list[Card]:
    """Others from the same category, the same for all its products but the one shown; kept some minutes."""
    key = f"related:{get_language()}:{path}"
    found: list[Card] | None = caches["local"].get(key)
    if found is None:
        found = most_popular(count=RELATED + 1, path=path)
        caches["local"].set(key, found, RELATED_SECONDS)
    return [card for card in found if card.pk != product.pk][:RELATED]
