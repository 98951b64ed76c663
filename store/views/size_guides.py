"""A category's size guide, as a page of its own; product pages show it in a dialog."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from store import size_guides
from store.models import Category
from store.shelves import tree
from store.structured_data import absolute
from store.views.catalogue import CACHED_SECONDS


def size_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """A category without its own sends to the one whose guide is valid there; 404 where nobody wrote one."""
    shelf = tree().by_slug.get(slug)
    if shelf is None:
        moved = get_object_or_404(Category, former_slugs__slug=slug)
        return redirect("store:size_guide", slug=moved.slug, permanent=True)
    guide = size_guides.size_guide(path=shelf.path)
    if guide is None:
        raise Http404
    if guide.shelf.slug != slug:
        return redirect(guide.shelf.sizes_url)
    crumbs = [{"label": _("Shop"), "url": reverse("store:product_list")}]
    crumbs += [{"label": each.name, "url": each.url} for each in tree().ancestors(shelf.path)]
    context = {
        "shelf": shelf,
        "guide": guide,
        "crumbs": [*crumbs, {"label": _("Size guide"), "url": ""}],
        "canonical": absolute(shelf.sizes_url),
    }
    response = render(request, "store/size_guide.html", context)
    patch_cache_control(response, s_maxage=CACHED_SECONDS)
    return response
