"""One product's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from company.money import format_money
from store.attributes import SheetRow
from store.cards import Card, most_popular
from store.listing import STOCK_COUNTED
from store.models import Product, Variant
from store.picker import Picker
from store.pictures import GALLERY, Picture, pictures
from store.product_facts import facts, variants_for_sale
from store.products import find_moved
from store.shelves import tree
from store.size_guides import shelf_with_guide
from store.structured_data import absolute, breadcrumb_data, plain, product_data
from store.views.catalogue import CACHED_SECONDS

RELATED = 4
RELATED_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant as the page shows it."""

    variant: Variant
    picture: Picture | None

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
    def state(self) -> str:
        """As the stock line's class: in, low or out."""
        return "low" if self.is_low else "in" if self.available else "out"

    @property
    def stock_sentence(self) -> str:
        if self.is_low:
            return ngettext("Only %(count)s left", "Only %(count)s left", self.available) % {"count": self.available}
        return _("In stock") if self.available else _("Sold out")


def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """404 also for what is not for sale, and for what has no variant for sale; 410 for what has left the shop.

    `?sku=` says which variant is shown. Without scripts the options themselves come here, and are answered with the
    address of their variant.
    """
    variants = variants_for_sale(slug=slug)
    if not variants:
        return moved_or_gone(request, slug)
    described = facts(variants)
    product = described.product
    found = images_of(described.image_ids, variants)
    offers = offers_of(variants, found)
    picker = Picker(offers)
    if any(field in request.GET for field in picker.fields):
        chosen = offers[picker.find(request.GET.dict())]
        return redirect(f"{product.get_absolute_url()}?{urlencode({'sku': chosen.variant.sku})}")
    wanted = request.GET.get("sku", "")
    number = next((at for at, offer in enumerate(offers) if offer.variant.sku == wanted), picker.first())
    response = render(
        request, "store/product_detail.html", context_for(product, described.sheet, found, picker, number)
    )
    patch_cache_control(response, s_maxage=CACHED_SECONDS)
    return response


def moved_or_gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Search engines forget what is gone (410), people find something like it."""
    product = Product.objects.filter(slug=slug).select_related("category").first()
    if product is None and (moved := find_moved(slug=slug)):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{moved.get_absolute_url()}{'?' if query else ''}{query}", permanent=True)
    if product is None or not product.was_for_sale:
        raise Http404
    context = {"product": product, "shelf": product.category, "similar": related(product, product.category.path)}
    return render(request, "store/product_gone.html", context, status=410)


def images_of(image_ids: Iterable[int], variants: Sequence[Variant]) -> dict[int, Picture]:
    """The product's own pictures, then those that only variants have; in the order in which the gallery shows them."""
    wanted = dict.fromkeys([*image_ids, *(variant.image_id for variant in variants if variant.image_id)])
    found = pictures(image_ids=wanted, specs=GALLERY)
    return {pk: found[pk] for pk in wanted if pk in found}


def offers_of(variants: Sequence[Variant], found: dict[int, Picture]) -> list[Offer]:
    return [Offer(variant, found.get(variant.image_id or 0)) for variant in variants]


def context_for(
    product: Product, specifications: Sequence[SheetRow], found: dict[int, Picture], picker: Picker, number: int
) -> dict[str, Any]:
    offers: list[Offer] = list(picker.offers)  # type: ignore[arg-type]
    variants = [offer.variant for offer in offers]
    images = list(found.values())
    shelves = tree().ancestors(product.category.path)
    questions = picker.questions(number)
    crumbs = [{"label": _("Shop"), "url": reverse("store:product_list")}]
    crumbs += [{"label": shelf.name, "url": shelf.url} for shelf in shelves]
    return {
        "product": product,
        "rating": getattr(product, "rating", None),
        "offers": offers,
        "questions": questions,
        "sizes": shelf_with_guide(path=product.category.path),
        # What is asked besides the colour: beside it stands the way to the size guide.
        "size_field": next((question.field for question in questions if not question.is_colour), ""),
        "option_data": option_data(picker),
        "prices_vary": len({offer.variant.price for offer in offers}) > 1,
        "can_buy": any(offer.available for offer in offers),
        "any_sold_out": any(not offer.available for offer in offers),
        "offer": offers[number],
        "images": images,
        "currency": settings.STORE_CURRENCY,
        "summary": Truncator(plain(product.description)).chars(160),
        "specifications": specifications,
        "related": related(product, product.category.path),
        "crumbs": [*crumbs, {"label": product.name, "url": ""}],
        "canonical": absolute(product.get_absolute_url()),
        "social_image": absolute(images[0].url) if images else "",
        "structured_data": [product_data(product, variants, images), breadcrumb_data(shelves, product.name)],
    }


def option_data(picker: Picker) -> dict[str, Any]:
    """For static/js/options.js: the fields in their order, and what each variant changes on the page."""
    offers: list[Offer] = list(picker.offers)  # type: ignore[arg-type]
    rows = [
        {
            "choice": picker.rows[number],
            "id": offer.variant.pk,
            "sku": offer.variant.sku,
            "price": format_money(offer.variant.price),
            "before": format_money(offer.variant.compare_at_price or Decimal(0)) if offer.on_sale else "",
            "discount": offer.variant.discount_percent,
            "available": offer.available,
            "state": offer.state,
            "stock": offer.stock_sentence,
            "image": offer.picture.url if offer.picture else "",
        }
        for number, offer in enumerate(offers)
    ]
    return {"fields": picker.fields, "variants": rows}


def related(product: Product, path: str) -> list[Card]:
    """Others from the same category, the same for all its products but the one shown; kept some minutes."""
    key = f"related:{get_language()}:{path}"
    found: list[Card] | None = caches["local"].get(key)
    if found is None:
        found = most_popular(count=RELATED + 1, path=path)
        caches["local"].set(key, found, RELATED_SECONDS)
    return [card for card in found if card.pk != product.pk][:RELATED]
