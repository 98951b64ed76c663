"""Messages shown as they are: in the browser to whoever got one, and in a frame to their owner."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from campaigns import messages, unsubscribing, viewing
from campaigns.errors import CampaignError
from campaigns.models import Message
from campaigns.views.access import owner, owner_page
from campaigns.views.messages import asked_recipient

# Owners' words on the site's own address: nothing runs, sends or frames; pictures may come from elsewhere.
POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "img-src": ["https:", "data:", SELF],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}


@require_safe
@never_cache
@csp(POLICY)  # type: ignore[arg-type]
def view_in_browser(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever has the message's own link. Notes nothing."""
    try:
        delivery = unsubscribing.delivery_of(token)
    except CampaignError as error:
        raise Http404 from error
    with translation.override(delivery.run.mailing.owner.language):
        html = viewing.as_sent(delivery)
    return shown(html)


@owner_page
@require_safe
@xframe_options_sameorigin
@csp(POLICY)  # type: ignore[arg-type]
def message_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole mail as one of the owner's recipients, or an invented one, would see it."""
    message = get_object_or_404(Message.objects.owned_by(owner(request)), pk=pk)
    _typed, recipient = asked_recipient(request, request.GET)
    return shown(messages.preview(message=message, recipient=recipient).html)


def shown(html: str) -> HttpResponse:
    headers = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
    return HttpResponse(html, headers=headers)
