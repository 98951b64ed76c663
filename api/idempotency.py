"""`Idempotency-Key`: the same call sent twice is done once, whatever the operation."""

import hashlib
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError

from api.addresses import is_ours
from api.auth import user_or_guest
from api.models import IdempotentCall
from api.problems import on_too_large, problem

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MAX_KEY = 255
# A call that never finished (its process was killed) may be tried again after this time.
ABANDONED = timedelta(seconds=60)
# The call was not carried out: the next try with the same key is a first one.
NOT_KEPT = (401, 403, 413, 429)
# Keys of carts and tokens of orders are 32 characters long; "null" and the like are nobody's.
SHORTEST_SECRET = 32


class IdempotencyMiddleware:
    """Answers a repeated key of the same caller with the stored answer.

    422 when the body is another one, 409 with Retry-After while the first call still runs. Answers of 500 and
    above are not kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path
        if request.method in SAFE_METHODS or not is_ours(path):
            return self.get_response(request)
        try:
            body = request.body
        except RequestDataTooBig as error:
            return on_too_large(request, error)
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return self.get_response(request)
        if len(key) > MAX_KEY:
            return problem(422, "invalid", _("The Idempotency-Key is too long."))
        try:
            scope = caller(request)
        except (AuthenticationError, HttpError):
            return self.get_response(request)
        if not scope:
            # Nobody could come back for this answer; and what strangers may do without a cart does no harm twice.
            return self.get_response(request)
        call = f"{request.method} {request.get_full_path()}\n".encode(errors="replace")
        return self.once(request, scope, key, hashlib.sha256(call + body).hexdigest())

    def once(self, request: HttpRequest, scope: str, key: str, body_hash: str) -> HttpResponse:
        try:
            # Alone, one statement needs no transaction; within one, a conflict must not spoil it.
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                call = IdempotentCall.objects.create(scope=scope, key=key, body_hash=body_hash)
        except IntegrityError:
            call = IdempotentCall.objects.get(scope=scope, key=key)
            if call.body_hash != body_hash:
                return problem(422, "idempotency_key_reused", _("This Idempotency-Key was used for another request."))
            if call.status is not None:
                return replay(call)
            if not take_over(call):
                sentence = _("The first call with this Idempotency-Key is still running.")
                return problem(409, "in_progress", sentence, headers={"Retry-After": "1"})
        response = self.get_response(request)
        remember(call, response)
        return response


def caller(request: HttpRequest) -> str:
    """Whose key it is, by a secret that only they hold: account, cart, session or order; empty where there is none.

    Never the address: whoever shares it, and chose the same key, would read the first one's answer.
    """
    user = user_or_guest(request)
    if user.is_authenticated:  # type: ignore[attr-defined]
        return f"user:{user.pk}"  # type: ignore[attr-defined]
    cart = request.headers.get("X-Cart", "")
    if len(cart) >= SHORTEST_SECRET:
        return f"cart:{cart[:58]}"
    if session_key := getattr(getattr(request, "session", None), "session_key", None):
        return f"session:{fingerprint(session_key)}"
    token = request.headers.get("X-Order-Token", "") or request.GET.get("token", "")
    return f"order:{fingerprint(token)}" if len(token) >= SHORTEST_SECRET else ""


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()[:48]


def take_over(call: IdempotentCall) -> bool:
    """Claim a call whose process died; False when it is still running or somebody was faster."""
    old = IdempotentCall.objects.filter(pk=call.pk, status=None, created_at__lt=timezone.now() - ABANDONED)
    return bool(old.update(created_at=timezone.now()))


def remember(call: IdempotentCall, response: HttpResponse) -> None:
    if response.status_code >= 500 or response.status_code in NOT_KEPT:
        call.delete()
        return
    call.status = response.status_code
    # As text: PostgreSQL's JSON takes neither NUL nor half a surrogate pair, and some answers quote what was sent.
    call.body = response.content.decode() if response.content else None
    call.headers = {name: response[name] for name in ("Content-Type", "X-Cart", "Location") if name in response}
    call.save(update_fields=["status", "body", "headers"])


def replay(call: IdempotentCall) -> HttpResponse:
    return HttpResponse(call.body or b"", status=call.status, headers={**call.headers, "Idempotent-Replayed": "true"})
