"""Search: the page of results, and what is offered while somebody types."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from store import phrases, spelling
from store.filters import Filter
from store.listing_pages import best_matches
from store.suggestions import completions
from store.views.catalogue import CACHED_SECONDS, show


def search(request: HttpRequest) -> HttpResponse:
    """Where nobody sells what was typed, the answer is to the words that were probably meant, and says so."""
    chosen = Filter.read(request.GET, searching=True)
    if not chosen.query:
        return redirect("store:product_list")
    path, asked = reverse("store:search"), chosen.query
    if best_matches(chosen):
        if not chosen.is_narrowed and not request.GET.get("cursor"):
            phrases.note(words=asked)
    elif not chosen.is_narrowed and not chosen.category and request.GET.get("exact") != "1":
        meant = replace(chosen, query=spelling.corrected(words=asked))
        if meant.query and best_matches(meant):
            return show(request, meant, path=path, heading=quoted(meant.query), instead_of=asked)
    return show(request, chosen, path=path, heading=quoted(asked))


def quoted(words: str) -> str:
    return _("“%(words)s”") % {"words": words}


@require_GET
def typed(request: HttpRequest) -> HttpResponse:
    """The options of the search field's list, as HTML for static/js/suggest.js; empty when there are none."""
    found = completions(words=request.GET.get("q", ""))
    response = render(request, "store/includes/typed.html", {"found": found})
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, s_maxage=CACHED_SECONDS)
    return response
