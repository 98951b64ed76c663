"""What the libraries that answer below /api/v1/ beside us leave unanswered."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from api.addresses import NOT_OURS
from api.problems import on_nonsense, on_too_large


class UnreadableBodyMiddleware:
    """allauth reads JSON by itself, and stumbles over bodies that are too large or nested without end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if request.path.startswith(NOT_OURS):
            if isinstance(error, RequestDataTooBig):
                return on_too_large(request, error)
            if isinstance(error, RecursionError):
                return on_nonsense(request, error)
        return None
