"""Who may open the workspace's pages, and in whose time zone they are written."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts.models import User
from campaigns.ownership import is_campaign_owner

View = Callable[..., HttpResponseBase]


def owner_page(view: View) -> View:
    """Only for campaign owners: guests log in first, others learn on the overview how to become one."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_login(request)
        if not is_campaign_owner(request.user):
            return redirect("campaigns:dashboard")
        with timezone.override(zone_of(owner(request))):
            return view(request, *args, **kwargs)

    return guarded


def to_login(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A fragment asked for it: the whole page has to go there.
        return HttpResponse(headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    return redirect_to_login(request.get_full_path())


def owner(request: HttpRequest) -> User:
    return cast(User, request.user)


def zone_of(user: User) -> ZoneInfo:
    try:
        return ZoneInfo(user.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def back_to(request: HttpRequest, fallback: str, *args: Any) -> HttpResponse:
    """Where the form was sent from, if that is on this site; else the page named `fallback`."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect(fallback, *args)
