"""Where providers tell what became of a message: /webhooks/elastic-email/, /webhooks/mail/<provider>/.

Each comes with MAILINGS_WEBHOOK_SECRET as its user and password (`https://user:password@host/…`); providers that sign
are checked by django-anymail besides. Without a secret there are no such addresses.
"""

import base64
import binascii
import json
from importlib import import_module
from typing import Any

from anymail.exceptions import AnymailError
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.delivery.transports import INCLUDES
from campaigns.inbound import events

PROVIDERS = frozenset(INCLUDES) - {"elastic"} | {"mailtrap", "postal", "unisender_go"}


def has_secret(request: HttpRequest) -> bool:
    scheme, _blank, value = request.headers.get("Authorization", "").partition(" ")
    try:
        given = base64.b64decode(value).decode() if scheme.lower() == "basic" else ""
    except (binascii.Error, ValueError):
        given = ""
    return constant_time_compare(given, settings.MAILINGS_WEBHOOK_SECRET)


def guard(request: HttpRequest) -> HttpResponse | None:
    """404 while no secret is set; the refusal of who does not know it."""
    if not settings.MAILINGS_WEBHOOK_SECRET:
        raise Http404
    if has_secret(request):
        return None
    return HttpResponse("Unauthorized", status=401, headers={"WWW-Authenticate": 'Basic realm="webhooks"'})


@csrf_exempt
@require_http_methods(["GET", "POST"])
def elastic_email(request: HttpRequest) -> HttpResponse:
    """One event at a time, in the query, a form or JSON, as the account is set up."""
    if refused := guard(request):
        return refused
    fields: dict[str, Any] = {**request.GET.dict(), **request.POST.dict()}
    if request.content_type == "application/json":
        try:
            sent = json.loads(request.body)
        except ValueError:
            return HttpResponse("This is not JSON.", status=400)
        fields.update(sent if isinstance(sent, dict) else {})
    events.take_elastic(fields)
    return HttpResponse("ok")


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def mail(request: HttpRequest, provider: str) -> HttpResponse:
    """2xx once it is stored; what is not about a delivery of ours is taken and forgotten."""
    if provider not in PROVIDERS:
        raise Http404
    if refused := guard(request):
        return refused
    if request.method == "HEAD":
        return HttpResponse()
    view = tracking_view(provider)
    try:
        view.run_validators(request)
        found = view.parse_events(request)
    except (AnymailError, SuspiciousOperation, ValueError, KeyError, TypeError, AttributeError):
        return HttpResponse("This cannot be read as an event.", status=400)
    for event in found:
        events.take_anymail(event, provider=provider)
    return HttpResponse("ok")


def tracking_view(provider: str) -> AnymailBaseWebhookView:
    """anymail's reader of the provider's events."""
    module = import_module(f"anymail.webhooks.{provider}")
    name = next(name for name in vars(module) if name.lower() == f"{provider.replace('_', '')}trackingwebhookview")
    return getattr(module, name)()  # type: ignore[no-any-return]
