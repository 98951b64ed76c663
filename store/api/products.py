"""Products, as anybody may read them."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from api.paging import PageQuery
from store.api.categories import SizeGuideOut, size_guide_out
from store.attributes import sheet
from store.cards import Card, cards
from store.errors import NoLongerSold
from store.facets import facets
from store.filters import MAX_PROPERTIES, PRICES, RATINGS, Filter, read_prices, read_properties, read_rating
from store.listing_pages import RELEVANCE, SORTS, page
from store.models import Product, Variant
from store.option_values import values_of
from store.pictures import GALLERY, pictures
from store.products import find_moved
from store.search import clean
from store.shelves import tree
from store.structured_data import absolute

router = Router(tags=["products"])


class ProductQuery(PageQuery):
    """What lists of the shop are narrowed and sorted by, under the names that their addresses use."""

    q: str = Field("", description="Words to search for.")
    category: str = Field("", description="Slug of a category: its products and those of the categories in it.")
    brand: list[str] = Field([], description="Slugs of brands; one of them.")
    price: list[str] = Field([], description=f"Ranges of the price, one of them: {', '.join(PRICES)}.")
    rating: str = Field(
        "", description=f"So many stars and more: {' or '.join(str(least) for least in RATINGS)}.", examples=["4"]
    )
    property: list[str] = Field(
        [], description="Code and value, like a.material:oak, o.colour:navy or a.weight:100..200."
    )
    in_stock: bool = Field(False, description="Only what can be bought now.")
    sort: str = Field("", description="popular, newest, price, -price, rating or (with `q`) relevance.")


class ProductOut(Schema):
    """`rating` is the average of `rating_count` reviews, from 1 to 5 stars; null without any."""

    sku: str
    slug: str
    name: str
    brand: str
    price: str
    compare_at_price: str | None
    currency: str
    available: int
    url: str
    image: str | None
    rating: float | None
    rating_count: int


class ProductList(Schema):
    items: list[ProductOut]
    next_cursor: str | None
    count: int


class VariantOut(Schema):
    """`options`: option slug → value slug."""

    sku: str
    name: str
    options: dict[str, str]
    image: str | None
    price: str
    compare_at_price: str | None
    available: int


class SpecificationOut(Schema):
    name: str
    value: str


class OptionValueOut(Schema):
    slug: str
    name: str
    swatch: str


class OptionOut(Schema):
    """What the variants differ by, with the values that some variant for sale has, in their order."""

    slug: str
    name: str
    values: list[OptionValueOut]


class AttributeOut(Schema):
    """`value` as people read it; `code` is what lists are narrowed by, empty for a row of free text."""

    code: str
    name: str
    value: str


class ProductDetail(ProductOut):
    """`size_guide` is the one of its category."""

    attributes: list[AttributeOut]
    options: list[OptionOut]
    description: str
    category: str
    variants: list[VariantOut]
    specifications: list[SpecificationOut]
    images: list[str]
    size_guide: SizeGuideOut | None


@router.get("/products", response=ProductList)
def list_products(request: HttpRequest, query: Query[ProductQuery]) -> dict[str, Any]:
    """Products on sale; `available` counts all variants, `sku` and `price` are the cheapest one's."""
    category = tree().by_slug.get(query.category) if query.category else None
    if query.category and category is None:
        raise Http404
    chosen = Filter(
        category=category,
        query=clean(query.q),
        brands=tuple(sorted(set(query.brand))),
        prices=read_prices(query.price),
        rating=read_rating(query.rating),
        in_stock=query.in_stock,
        properties=asked_properties(query.property),
    )
    known = (*SORTS, RELEVANCE) if chosen.query else tuple(SORTS)
    sort = query.sort if query.sort in known else RELEVANCE if chosen.query else "popular"
    found = page(chosen=chosen, sort=sort, after=query.cursor, size=query.page_size)
    return {
        "items": list_items(cards(found.rows)),
        "next_cursor": found.next,
        "count": facets(chosen=chosen).count,
    }


def asked_properties(asked: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """As an address would name them; what is unknown is left out, as it is there."""
    params = QueryDict(mutable=True)
    for each in asked[:MAX_PROPERTIES]:
        code, _colon, value = each.partition(":")
        params.appendlist(code, value)
    return read_properties(params)


def list_items(shown: list[Card]) -> list[dict[str, Any]]:
    """The SKU of the cheapest variant and the exact stock, for the whole page in two queries."""
    ids = [card.pk for card in shown]
    active = Variant.objects.filter(product_id__in=ids, active=True)
    cheapest: dict[int, str] = {}
    for product_id, sku in active.order_by("price", "sort_order", "pk").values_list("product_id", "sku"):
        cheapest.setdefault(product_id, sku)
    left = F("stock__on_hand") - F("stock__reserved")
    available = dict(active.order_by().values_list("product_id").annotate(total=Sum(left)))
    return [
        {
            "sku": cheapest.get(card.pk, ""),
            "slug": card.slug,
            "name": card.name,
            "brand": card.brand,
            "price": money(card.price),
            "compare_at_price": money(card.compare_at_price),
            "currency": settings.STORE_CURRENCY,
            "available": available.get(card.pk) or 0,
            "url": absolute(card.url),
            "image": absolute(card.image.url) if card.image else None,
            "rating": rounded(card.rating, card.rating_count),
            "rating_count": card.rating_count,
        }
        for card in shown
    ]


def rounded(average: float, count: int) -> float | None:
    return round(average, 2) if count else None


def money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


@router.get("/products/{slug}", response=ProductDetail)
def get_product(request: HttpRequest, slug: str) -> dict[str, Any] | HttpResponse:
    """A former slug is answered with 301, a product that has left the shop with 410."""
    product = Product.objects.on_sale().for_page().filter(slug=slug).first()
    if product is not None:
        return detail(product)
    there = Product.objects.filter(slug=slug).first()
    if there is None and (moved := find_moved(slug=slug)):
        return HttpResponsePermanentRedirect(reverse("api:get_product", kwargs={"slug": moved.slug}))
    if there is None or not there.was_for_sale:
        raise Http404
    raise NoLongerSold(there.name)


def detail(product: Product) -> dict[str, Any]:
    offers = sorted(product.offers, key=lambda offer: offer.price)  # type: ignore[attr-defined]
    image_ids = [item.image_id for item in product.gallery]  # type: ignore[attr-defined]
    own = [offer.image_id for offer in offers if offer.image_id]
    found = pictures(image_ids=[*image_ids, *own], specs=GALLERY)
    images = [absolute(found[pk].url) for pk in image_ids if pk in found]
    variants = [
        {
            "sku": offer.sku,
            "name": offer.name or "",
            "options": {value.kind.slug: value.slug for value in values_of(offer.value_ids)},
            "image": absolute(found[offer.image_id].url) if offer.image_id in found else None,
            "price": money(offer.price),
            "compare_at_price": money(offer.compare_at_price),
            "available": offer.available,
        }
        for offer in offers
    ]
    rating = getattr(product, "rating", None)
    return {
        **variants[0],
        "slug": product.slug,
        "name": product.name,
        "brand": product.brand.name if product.brand else "",
        "currency": settings.STORE_CURRENCY,
        "available": sum(offer.available for offer in offers),
        "url": absolute(product.get_absolute_url()),
        "image": images[0] if images else None,
        "rating": rounded(rating.average, rating.count) if rating else None,
        "rating_count": rating.count if rating else 0,
        "description": product.description or "",
        "category": product.category.slug,
        "options": options_of(offers),
        "attributes": [{"code": row.code, "name": row.name, "value": row.value} for row in sheet(product)],
        "variants": variants,
        "specifications": [{"name": row.name, "value": row.value} for row in product.specifications.all()],
        "images": images,
        "size_guide": size_guide_out(product.category.path),
    }


def options_of(offers: list[Variant]) -> list[dict[str, Any]]:
    values = {value.pk: value for offer in offers for value in values_of(offer.value_ids)}
    ordered = sorted(values.values(), key=lambda value: value.position)
    kinds = {value.kind.pk: value.kind for value in ordered}
    return [
        {
            "slug": kind.slug,
            "name": kind.name,
            "values": [
                {"slug": value.slug, "name": value.name, "swatch": value.swatch}
                for value in ordered
                if value.kind.pk == kind.pk
            ],
        }
        for kind in kinds.values()
    ]
