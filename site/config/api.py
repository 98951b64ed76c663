"""The site's API, assembled from each app's `api.py`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from accounts.api import router as accounts_router
from api import problems
from api.auth import user_or_guest
from api.paging import BadCursor
from campaigns.api import router as campaigns_router
from store.api import router as store_router

DESCRIPTION = """\
Everything that the site does: the shop, the mailings, the people.

**Who is calling.** `POST /api/v1/auth/app/v1/auth/login` with `{"email": …, "password": …}` answers
`meta.access_token` and `meta.refresh_token`; send `Authorization: Bearer <access token>`. The site's own session works
too, with its CSRF token. Guests carry their cart in the `X-Cart` header, which the first answer brings.

**Lists** take `page_size` and `cursor`; follow `next_cursor` until it is null. **Errors** are
`application/problem+json` (RFC 9457), with `errors: [{field, message}]` where fields are at fault. **Unsafe calls**
accept an `Idempotency-Key`: the same key and body get the same answer, and nothing is done twice.

Log-in and account have [a document of their own](/api/v1/auth/openapi.json), so have
[pages and their content](/api/cms/docs/).
"""

api = NinjaAPI(
    title="Vitrina",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=user_or_guest,
)
problems.install(api)
problems.register_problem(BadCursor, 422, "bad_cursor")
api.add_router("", store_router)
api.add_router("", accounts_router)
api.add_router("", campaigns_router)


@csrf_exempt
def api_not_found(request: HttpRequest) -> HttpResponse:
    """Any other address below /api/v1/: a problem document, not the site's page."""
    return problems.on_not_found(request, Http404())
