"""Pages of the account: log-in and profile. The rest of /accounts/ is allauth's, with our templates."""

from urllib.parse import urlsplit

from allauth.account import views as allauth_views
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.forms import ProfileForm
from accounts.profile import PROFILE_FIELDS, update_profile


class LoginView(allauth_views.LoginView):
    """allauth's, which would send those who are logged in but may not enter the admin round in circles."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and wants_admin(request) and not user.has_perm("wagtailadmin.access_admin"):
            return no_admin_access(request)
        return super().dispatch(request, *args, **kwargs)


def wants_admin(request: HttpRequest) -> bool:
    target = get_next_redirect_url(request) or ""
    return urlsplit(target).path.startswith(reverse("wagtailadmin_home"))


def no_admin_access(request: HttpRequest) -> HttpResponse:
    list(messages.get_messages(request))  # Wagtail has queued its own; the page says it better.
    return render(request, "accounts/no_admin_access.html", {"messages": []}, status=403)


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, telephone, time zone, language; links to what allauth keeps (password, e-mail, second factor)."""
    form = ProfileForm(request.POST or None, instance=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in PROFILE_FIELDS}
        user = update_profile(user=request.user, changes=changes)  # type: ignore[arg-type]
        with translation.override(user.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:profile")
    if form.errors:
        request.user.refresh_from_db()  # type: ignore[union-attr]  # The form has written what was typed into the object that the header shows.
    context = {"form": form, "has_providers": bool(settings.SOCIALACCOUNT_PROVIDERS)}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)
