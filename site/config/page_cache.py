"""A shared cache for what anonymous visitors read.

A view opts in with the header that any shared cache obeys: `Cache-Control: s-maxage=N` (RFC 9111 5.2.2.10).
Such a page carries no token, nonce, badge or message; `/fragments/header` brings those.
"""

from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]


class AnonymousPageCacheMiddleware:
    """Serve stored pages to visitors without a session, before anything else runs.

    A response is kept when it is a 200 to a GET, names `s-maxage` and sets no cookie. The key covers the host,
    scheme, full path and the cookies that pages may differ by (`PAGE_COOKIES`).
    """

    PAGE_COOKIES = ("sort",)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.cache = caches["local"]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_anonymous_read(request):
            return self.private(self.get_response(request))
        key = self.key(request)
        if (stored := self.cache.get(key)) is not None:
            body, headers = stored
            return HttpResponse(body, headers=headers)
        response = self.get_response(request)
        seconds = shared_max_age(response)
        if seconds and response.status_code == 200 and not response.cookies and not response.streaming:
            self.private(response)
            headers = {name: value for name, value in response.items() if name != "Content-Length"}
            self.cache.set(key, (response.content, headers), seconds)
        return self.private(response)

    @staticmethod
    def is_anonymous_read(request: HttpRequest) -> bool:
        cookies = request.COOKIES
        return (
            request.method == "GET"
            and settings.SESSION_COOKIE_NAME not in cookies
            and "messages" not in cookies
            and "HTTP_AUTHORIZATION" not in request.META
            and "HTTP_HX_REQUEST" not in request.META
        )

    def key(self, request: HttpRequest) -> str:
        parts = [request.META.get("HTTP_HOST", ""), request.scheme or "", request.get_full_path()]
        parts += [request.COOKIES.get(name, "") for name in self.PAGE_COOKIES]
        return "page:" + blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    @staticmethod
    def private(response: HttpResponse) -> HttpResponse:
        """A page made for one session must not be kept by caches between us and the browser."""
        if "s-maxage" in response.get("Cache-Control", ""):
            del response["Cache-Control"]
            patch_cache_control(response, private=True, max_age=0)
        return response


def shared_max_age(response: HttpResponse) -> int:
    """Seconds that a shared cache may keep the response; 0 when it says nothing."""
    for directive in response.get("Cache-Control", "").split(","):
        name, _, value = directive.strip().partition("=")
        if name == "s-maxage" and value.isdigit():
            return int(value)
    return 0
