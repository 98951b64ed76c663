"""Who is calling: one class for the whole API."""

from allauth.headless.contrib.ninja.security import jwt_token_auth
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError
from ninja.security.base import AuthBase
from ninja.utils import check_csrf


class UserOrGuest(AuthBase):
    """JWT bearer, else the site's session (with a CSRF check whenever its cookie is there), else a guest.

    Sets `request.user` and returns it. `required=True` answers guests with 401.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"
    # Read by the documentation page: its own calls carry the token.
    csrf = True

    def __init__(self, *, required: bool) -> None:
        self.required = required
        super().__init__()

    def __call__(self, request: HttpRequest) -> object:
        if request.headers.get("Authorization", "").lower().startswith("bearer "):
            # A token that is not good any more is refused even where guests are welcome.
            if jwt_token_auth(request) is None or not request.user.is_authenticated:
                raise AuthenticationError
            return request.user
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            if check_csrf(request) is not None:
                raise HttpError(403, _("The CSRF token is missing or wrong."))
            if request.user.is_authenticated:
                return request.user
        if self.required:
            raise AuthenticationError
        request.user = AnonymousUser()
        return request.user


user = UserOrGuest(required=True)
user_or_guest = UserOrGuest(required=False)
