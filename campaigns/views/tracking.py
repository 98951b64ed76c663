"""Where links and pictures of messages lead: on at once, whatever is noted."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaigns import touches, tracking
from campaigns.tracking import Caller

AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


@never_cache
@require_safe
def click(request: HttpRequest, token: str) -> HttpResponse:
    """To the stored address and no other; messages stay readable when their mailing is stopped."""
    found = tracking.link_of(token)
    if found is None:
        raise Http404
    delivery, link = found
    response = redirect(tracking.marked(link.url, mailing=delivery.run.mailing_id))
    # The next site learns nothing of whose link it was.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    if tracking.note_click(delivery=delivery, link=link, caller=caller(request)) and tracking.is_own(link.url):
        touches.leave(response, delivery=delivery)
    return response


@never_cache
@require_safe
def pixel(request: HttpRequest, token: str) -> HttpResponse:
    """The same picture for everybody, known or not."""
    delivery = tracking.opened_delivery(token)
    if delivery is not None:
        tracking.note_open(delivery=delivery, caller=caller(request))
    return HttpResponse(tracking.GIF, content_type="image/gif")


def caller(request: HttpRequest) -> Caller:
    ahead = any(word in request.META.get(name, "").lower() for name in AHEAD for word in ("prefetch", "preview"))
    return Caller(
        user_agent=request.META.get("HTTP_USER_AGENT", "")[:400], looks_only=ahead or request.method == "HEAD"
    )
