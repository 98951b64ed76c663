"""A method that an address does not have: ninja answers plain text."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from api.addresses import is_ours
from api.problems import problem


class MethodProblemMiddleware:
    """405 below /api/v1/ is a problem document too; allauth's part keeps its own format."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or not is_ours(request.path):
            return response
        sentence = _("This address does not take %(method)s.") % {"method": request.method}
        return problem(405, "method_not_allowed", sentence, headers={"Allow": response["Allow"]})
