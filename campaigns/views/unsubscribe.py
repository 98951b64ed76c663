"""The page behind the link in every message (RFC 8058): a look changes nothing, a POST does, without log-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns import unsubscribing
from campaigns.errors import CampaignError
from campaigns.views.language import in_readers_language


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_readers_language
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs POST here by themselves: no cookie, no token of ours, no redirect."""
    try:
        if request.method == "POST":
            delivery = unsubscribing.unsubscribe(token=token)
            return page(request, email=delivery.email, done=True)
        delivery = unsubscribing.delivery_of(token)
    except CampaignError as error:
        return page(request, error=str(error), status=404)
    return page(request, email=delivery.email, done=unsubscribing.is_unsubscribed(delivery))


def page(request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "campaigns/unsubscribe.html", context, status=status)
