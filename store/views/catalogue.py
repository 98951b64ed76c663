"""Lists of products: all, one category's, search."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from api.paging import BadCursor
from store.attributes import definitions
from store.cards import cards
from store.facets import Facets, facets
from store.filters import PRICES, Filter
from store.listing_pages import DEFAULT_SORT, RELEVANCE, SORTS, ListingPage, page
from store.models import Category
from store.pictures import GALLERY, pictures
from store.shelves import Shelf, brands, tree
from store.structured_data import absolute, breadcrumb_data
from store.suggestions import suggestions

CACHED_SECONDS = 60
SORT_COOKIE = "sort"
SORT_COOKIE_SECONDS = 60 * 60 * 24 * 365


def product_list(request: HttpRequest) -> HttpResponse:
    return show(request, Filter.read(request.GET), path=reverse("store:product_list"), heading=_("All products"))


def category(request: HttpRequest, slug: str) -> HttpResponse:
    shelf = tree().by_slug.get(slug)
    if shelf is None:
        moved = get_object_or_404(Category, former_slugs__slug=slug)
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{moved.get_absolute_url()}{'?' if query else ''}{query}", permanent=True)
    return show(request, Filter.read(request.GET, category=shelf), path=shelf.url, heading=shelf.name)


def show(request: HttpRequest, chosen: Filter, *, path: str, heading: str, instead_of: str = "") -> HttpResponse:
    """`instead_of`: the words that were asked for, when others are answered."""
    if chosen.category and not chosen.query and path != chosen.category.url:
        # /store/?category=… is said in the path.
        return redirect(f"{chosen.category.url}{chosen.params()}")
    sort = chosen_sort(request, chosen)
    asked = request.GET.get("sort", "") if sort == request.GET.get("sort") else ""
    before = request.GET.get("before", "")
    try:
        found = page(chosen=chosen, sort=sort, after=request.GET.get("cursor", ""), before=before)
    except BadCursor:
        return redirect(f"{path}{chosen.params(sort=asked)}")
    if before and found.previous is None:
        return redirect(f"{path}{chosen.params(sort=asked)}")
    context = {
        "chosen": chosen,
        "path": path,
        "heading": heading,
        "sort": sort,
        "instead_of": instead_of,
        "products": cards(found.rows),
        **category_head(chosen, is_first=found.previous is None),
        **frame(chosen, path, heading),
        **links(found, chosen, path, sort, asked),
    }
    context["suggestions"] = suggestions() if not found.rows else None
    response = render(request, "store/product_list.html", context)
    return remember(request, response, chosen, asked)


def category_head(chosen: Filter, *, is_first: bool) -> dict[str, Any]:
    """What a category says of itself above its list: on the first page, while nothing else is chosen.

    The picture stands for the category elsewhere too, whatever is chosen.
    """
    shelf = chosen.category
    if shelf is None or chosen.query:
        return {}
    picture = pictures(image_ids=[shelf.image_id], specs=GALLERY).get(shelf.image_id or 0)
    return {
        "introduced": is_first and not chosen.is_narrowed and bool(shelf.intro or picture),
        "head_picture": picture,
        "social_image": absolute(picture.url) if picture else "",
    }


def chosen_sort(request: HttpRequest, chosen: Filter) -> str:
    """From the address, else as last time; words are answered by relevance unless the address says otherwise."""
    known = (*SORTS, RELEVANCE) if chosen.query else tuple(SORTS)
    if (asked := request.GET.get("sort")) in known:
        return asked
    if chosen.query:
        return RELEVANCE
    cookie = request.COOKIES.get(SORT_COOKIE, "")
    return cookie if cookie in SORTS else DEFAULT_SORT


def remember(request: HttpRequest, response: HttpResponse, chosen: Filter, asked: str) -> HttpResponse:
    if asked and asked != RELEVANCE and asked != request.COOKIES.get(SORT_COOKIE):
        response.set_cookie(
            SORT_COOKIE, asked, max_age=SORT_COOKIE_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    if not chosen.is_narrowed and not chosen.query:
        patch_cache_control(response, s_maxage=CACHED_SECONDS)
    return response


def frame(chosen: Filter, path: str, heading: str) -> dict[str, Any]:
    """What stands around the cards: facets, chips, breadcrumbs."""
    shelves = tree().ancestors(chosen.category.path) if chosen.category and not chosen.query else []
    counted = facets(chosen=chosen)
    crumbs = [{"label": _("Shop"), "url": reverse("store:product_list")}] if shelves or chosen.query else []
    crumbs += [{"label": shelf.name, "url": shelf.url} for shelf in shelves[:-1]]
    return {
        "facets": counted,
        "shelves": shelf_links(counted, chosen, path),
        "chips": chips(chosen, path),
        "any_rating_url": f"{path}{chosen.without(rating=True).params()}" if chosen.rating else "",
        "crumbs": [*crumbs, {"label": heading, "url": ""}],
        "structured_data": breadcrumb_data(shelves) if shelves else None,
        "parent": parent_link(chosen, shelves, path),
    }


def shelf_links(counted: Facets, chosen: Filter, path: str) -> list[tuple[Shelf, str, int]]:
    """A category is an address of its own; among words it narrows them."""
    if chosen.query:
        keep = chosen.without_category()
        return [(shelf, f"{path}{keep.params(category=shelf.slug)}", n) for shelf, n in counted.categories]
    return [(shelf, f"{shelf.url}{chosen.params()}", number) for shelf, number in counted.categories]


def parent_link(chosen: Filter, shelves: list[Shelf], path: str) -> dict[str, str] | None:
    if chosen.query and chosen.category:
        return {"label": _("All categories"), "url": f"{path}{chosen.without_category().params()}"}
    if not shelves:
        return None
    if len(shelves) == 1:
        return {"label": _("All products"), "url": f"{reverse('store:product_list')}{chosen.params()}"}
    return {"label": shelves[-2].name, "url": f"{shelves[-2].url}{chosen.params()}"}


def chips(chosen: Filter, path: str) -> list[dict[str, str]]:
    """The active choices, each with the address of the list without it."""
    names = dict(brands().values())
    found = [
        {"label": names.get(slug, slug), "url": f"{path}{chosen.without(brand=slug).params()}"}
        for slug in chosen.brands
    ]
    found += [
        {"label": PRICES[key].label, "url": f"{path}{chosen.without(price=key).params()}"} for key in chosen.prices
    ]
    if chosen.in_stock:
        found.append({"label": _("In stock"), "url": f"{path}{chosen.without(stock=True).params()}"})
    for code, values in chosen.properties:
        definition = definitions()[code]
        found += [
            {
                "label": f"{definition.name}: {definition.label(value)}",
                "url": f"{path}{chosen.without_property(code, value).params()}",
            }
            for value in values
        ]
    if chosen.rating:
        label = _("%(least)d stars and up") % {"least": chosen.rating}
        found.append({"label": label, "url": f"{path}{chosen.without(rating=True).params()}"})
    if chosen.query and chosen.category:
        found.append({"label": chosen.category.name, "url": f"{path}{chosen.without_category().params()}"})
    return found


def links(found: ListingPage, chosen: Filter, path: str, sort: str, asked: str) -> dict[str, Any]:
    """Where the list goes on, how else it can be sorted, and which address search engines shall keep."""
    kept = asked if asked != DEFAULT_SORT else ""
    orders = {RELEVANCE: _("Most relevant")} if chosen.query else {}
    orders |= {key: str(order.label) for key, order in SORTS.items()}
    next_url = f"{path}{chosen.params(sort=kept, cursor=found.next)}" if found.next else ""
    previous_url = ""
    if found.previous is not None:
        back = "cursor" if sort == RELEVANCE else "before"
        previous_url = f"{path}{chosen.params(sort=kept, **{back: found.previous})}"
    return {
        "next_url": next_url,
        "previous_url": previous_url,
        "orders": [(key, label, f"{path}{chosen.params(sort=key)}") for key, label in orders.items()],
        "order_label": orders[sort],
        "kept_sort": kept,
        "canonical": absolute(path),
        "clear_url": f"{path}{Filter(query=chosen.query).params(sort=kept)}",
    }
