"""What the journal answers besides its pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from blog import view_counts


# The page that sends it is cached and carries no token; there is nothing to forge but a count.
@csrf_exempt
@require_POST
@never_cache
def viewed(request: HttpRequest, page_id: int) -> HttpResponse:
    """The beacon of static/js/views.js: somebody is reading this post. Machines and editors do not count."""
    if not view_counts.is_bot(request.headers.get("User-Agent", "")) and not is_editor(request):
        view_counts.record(page_id=page_id)
    return HttpResponse(status=204)


def is_editor(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")
