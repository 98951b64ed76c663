"""Where staff say how they want to hear of new orders."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from store import alerts
from store.alert_forms import AlertForm


@never_cache
@login_required
def order_alerts(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm(f"store.{alerts.PERMISSION}"):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = AlertForm(request.POST if is_sent else None, instance=alerts.choice_of(user))
    if is_sent and form.is_valid():
        alerts.choose(user=user, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("store:order_alerts")
    return render(request, "store/order_alerts.html", {"form": form})
