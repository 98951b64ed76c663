"""/outbox/: the mail of the embedded default. Development only."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from notifications import outbox

# Whatever a mail contains: no scripts, no forms; links open in the window around it.
LETTER_POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF, "data:", "https:"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}
HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)


def development_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """404 unless this is a development copy whose mail goes to the outbox."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEBUG and not settings.TESTING or not settings.EMAIL_BACKEND.endswith(".OutboxBackend"):
            raise Http404
        return never_cache(view)(request, *args, **kwargs)

    return wrapped


@development_only
def letter_list(request: HttpRequest) -> HttpResponse:
    """Newest first, 50 to a page."""
    words = request.GET.get("q", "").strip()
    page = Paginator(outbox.search(words) if words else outbox.names(), 50).get_page(request.GET.get("page"))
    context = {"page": page, "letters": outbox.letters(list(page.object_list)), "words": words}
    return render(request, "notifications/outbox_list.html", context)


@development_only
def letter_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One message: headers, HTML in a sandboxed frame, text."""
    message = find(name)
    context = {
        "name": name,
        "headers": [(key, str(message[key])) for key in ("From", "To", "Reply-To", "Message-ID") if message[key]],
        "subject": str(message["Subject"] or ""),
        "at": outbox.written_at(name),
        "has_html": bool(outbox.part(message, "html")),
        "text": outbox.part(message, "plain"),
        "attachments": [part.get_filename() for part in message.iter_attachments()],
    }
    return render(request, "notifications/outbox_detail.html", context)


@development_only
@csp(LETTER_POLICY)  # type: ignore[arg-type]
def letter_html(request: HttpRequest, name: str) -> HttpResponse:
    """What the frame shows. Links leave the frame."""
    html = outbox.part(find(name), "html")
    base = '<base target="_top">'
    head = HEAD.search(html)
    return HttpResponse(html[: head.end()] + base + html[head.end() :] if head else base + html)


@development_only
def letter_source(request: HttpRequest, name: str) -> HttpResponse:
    """The message as it would have been sent."""
    return HttpResponse(find(name).as_bytes(), content_type="text/plain; charset=utf-8")


def find(name: str) -> Any:
    message = outbox.read(name)
    if message is None:
        raise Http404
    return message
