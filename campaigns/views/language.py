"""Recipients' pages have one address in every language, for it stands in mails: they speak the reader's."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

View = Callable[..., HttpResponse]


def in_readers_language(view: View) -> View:
    """In the language that the page's own switch asks for (`?language=`), else in the browser's."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        asked = request.GET.get("language", "")
        known = asked in dict(settings.LANGUAGES)
        language = asked if known else translation.get_language_from_request(request)
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        return response

    return spoken
