"""Errors as `application/problem+json` (RFC 9457).

Apps register which of their errors means which status, in their own `api.py`:
`register_problem(SoldOut, 409, "sold_out")`.
"""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as SchemaError

logger = logging.getLogger(__name__)

registry: dict[type[Exception], tuple[int, str]] = {}


def register_problem(error: type[Exception], status: int, code: str) -> None:
    """Answer `error` (and its subclasses without an entry of their own) with `status` and `type` = code."""
    registry[error] = (status, code)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    fields: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
    **extra: Any,
) -> HttpResponse:
    """A problem document: `{type, title, status, detail, errors: [{field, message}], …extra}`."""
    body = {"type": code, "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **extra}
    if fields is not None:
        body["errors"] = fields
    return JsonResponse(body, status=status, content_type="application/problem+json", headers=headers)


def install(api: NinjaAPI) -> None:
    """Have `api` answer every error as a problem document."""
    for error, handler in HANDLERS.items():
        api.add_exception_handler(error, handler)


def on_registered(request: HttpRequest, error: Exception) -> HttpResponse:
    for kind in type(error).__mro__:
        if kind in registry:
            status, code = registry[kind]
            extra = getattr(error, "extra", {})
            headers = getattr(error, "headers", None)
            return problem(status, getattr(error, "code", "") or code, str(error), headers=headers, **extra)
    logger.exception("Unexpected error in the API", exc_info=error)
    return problem(500, "server_error", _("Something went wrong on our side. Nothing was lost; please try again."))


def on_schema_error(request: HttpRequest, error: SchemaError) -> HttpResponse:
    fields = [
        {
            "field": ".".join(str(part) for part in item["loc"] if part not in ("body", "payload", "query", "path")),
            "message": item["msg"],
        }
        for item in error.errors
    ]
    return problem(422, "invalid", _("Some fields are not valid."), fields=fields)


def on_model_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    fields = [{"field": name, "message": message} for name, texts in messages.items() for message in texts]
    return problem(422, "invalid", _("Some fields are not valid."), fields=fields)


def on_unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(401, "unauthenticated", _("Log in first."), headers={"WWW-Authenticate": "Bearer"})


def on_forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, "forbidden", str(error) or _("You may not do this."))


def on_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "not_found", _("There is nothing here, or it is not yours."))


def on_nonsense(request: HttpRequest, error: Exception) -> HttpResponse:
    """What Django will not even read, like a thousand parameters."""
    return problem(400, "bad_request", _("This request cannot be read."))


def on_too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, "too_large", _("The request's body is larger than 1 MB."))


def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, HTTPStatus(error.status_code).name.lower(), str(error))


HANDLERS: dict[type[Exception], Any] = {
    Exception: on_registered,
    SchemaError: on_schema_error,
    ValidationError: on_model_error,
    AuthenticationError: on_unauthenticated,
    PermissionDenied: on_forbidden,
    Http404: on_not_found,
    HttpError: on_http_error,
    SuspiciousOperation: on_nonsense,
    RequestDataTooBig: on_too_large,
    # Half a surrogate pair in JSON: no database and no mail could hold it.
    UnicodeEncodeError: on_nonsense,
}
