"""Pages that every visitor sees alike."""

from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

SECONDS = 60
Response = TypeVar("Response", bound=HttpResponseBase)


def shared(request: HttpRequest, response: Response, seconds: int = SECONDS) -> Response:
    """Let shared caches keep the page for visitors (config.page_cache takes it back for everybody else).

    An editor's preview is never kept.
    """
    if request.method == "GET" and not getattr(request, "is_preview", False):
        patch_cache_control(response, s_maxage=seconds)
    return response
