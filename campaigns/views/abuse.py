"""“Report abuse”, behind a link in every message's footer: a look stores nothing, a POST does, without log-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns import abuse, unsubscribing
from campaigns.errors import CampaignError
from campaigns.forms_abuse import AbuseForm
from campaigns.views.language import in_readers_language
from store.throttle import too_many

MOST_REPORTS = 20


@never_cache
# The token in the address is the permission; and from a page without referrer Django's check would refuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_readers_language
def report_abuse(request: HttpRequest, token: str) -> HttpResponse:
    try:
        delivery = unsubscribing.delivery_of(token)
    except CampaignError as error:
        return page(request, error=str(error), status=404)
    form = AbuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if too_many(what="abuse-report", who=request.META["REMOTE_ADDR"], most=MOST_REPORTS):
            form.add_error(None, _("That was a lot at once: please try again in a quarter of an hour."))
            return page(request, form=form, delivery=delivery, status=429)
        if form.is_valid():
            abuse.report(token=token, **form.cleaned_data)
            return page(request, done=True, token=token)
    return page(request, form=form, delivery=delivery, status=422 if form.is_bound else 200)


def page(request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "campaigns/public/report_abuse.html", context, status=status)
