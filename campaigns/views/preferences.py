"""Which topics one wants: behind a link in every message, without log-in. A look changes nothing, a POST does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns import preferences, unsubscribing
from campaigns.errors import CampaignError
from campaigns.views.language import in_readers_language


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_readers_language
def preference_page(request: HttpRequest, token: str) -> HttpResponse:
    """The token is the right to choose, as it is the right to unsubscribe."""
    try:
        delivery = unsubscribing.delivery_of(token)
    except CampaignError as error:
        return page(request, token, error=str(error), status=404)
    if delivery.recipient is None or not delivery.recipient.is_mailable:
        return page(request, token, email=delivery.email, is_out=True)
    if request.method == "POST":
        wanted = {int(pk) for pk in request.POST.getlist("topic") if pk.isdecimal() and len(pk) < 19}
        preferences.choose(recipient=delivery.recipient, wanted=wanted)
    rows = preferences.of(delivery.recipient)
    return page(request, token, email=delivery.email, preferences=rows, saved=request.method == "POST")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_readers_language
def topic_refusal(request: HttpRequest, token: str, topic: int) -> HttpResponse:
    """One click for one topic (RFC 8058): no cookie, no redirect."""
    try:
        delivery = unsubscribing.delivery_of(token)
        if request.method == "POST" and delivery.recipient is not None:
            refused = preferences.refuse(recipient=delivery.recipient, topic=topic)
            return page(request, token, email=delivery.email, refused=refused)
    except CampaignError as error:
        return page(request, token, error=str(error), status=404)
    topics = [row.topic for row in preferences.of(delivery.recipient)] if delivery.recipient else []
    asked = next((each for each in topics if each.pk == topic), None)
    return page(request, token, email=delivery.email, asked=asked, is_out=asked is None)


def page(request: HttpRequest, token: str, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "campaigns/preferences.html", {"token": token, **context}, status=status)
