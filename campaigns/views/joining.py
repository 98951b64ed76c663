"""Sign-up pages: open to everybody, on this site and in frames of others; no log-in, no cookie."""

from csp.decorators import csp_replace
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns import opt_in
from campaigns.errors import CampaignError
from campaigns.forms import show_errors
from campaigns.joining_forms import JoinForm
from campaigns.models import OptInForm
from campaigns.views.language import in_readers_language


@never_cache
@csrf_exempt
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, key: str) -> HttpResponse:
    """The form; posted from here or from a form on another site. The answer does not tell who is in the list."""
    opened = get_object_or_404(OptInForm.objects.select_related("owner"), key=key, owner__blocked_at=None)
    form = JoinForm(request.POST or None, form=opened)
    done = False
    if request.method == "POST" and opened.is_open and form.is_valid():
        done = form.is_from_a_robot or asked(request, opened, form)
    framed = "embed" in request.GET
    context = {
        "opened": opened,
        "form": form,
        "done": done,
        "base": "campaigns/join_frame.html" if framed else "campaigns/join_page.html",
    }
    status = 422 if form.errors else 200 if opened.is_open else 410
    return render(request, "campaigns/join.html", context, status=status)


def asked(request: HttpRequest, opened: OptInForm, form: JoinForm) -> bool:
    try:
        opt_in.ask(
            owner=opened.owner,
            wording=opened.consent_text,
            source=opened.name,
            ip=request.META["REMOTE_ADDR"],
            tags=opened.tags.all(),
            topics=opened.topics.all(),
            **form.arguments(),
        )
    except (CampaignError, ValidationError) as error:
        show_errors(form, error)
        return False
    return True


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_readers_language
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Scanners follow links: a look shows a button, and the button subscribes."""
    try:
        asked_for = opt_in.asked_with(token=token)
        done = asked_for.is_used and asked_for.recipient.is_mailable
        if request.method == "POST":
            done = bool(opt_in.confirm(token=token))
    except CampaignError as error:
        return render(request, "campaigns/join_confirm.html", {"error": str(error)}, status=404)
    context = {
        "email": asked_for.recipient.email,
        "sender": opt_in.sender_name(asked_for.recipient.owner),
        "done": done,
    }
    return render(request, "campaigns/join_confirm.html", context)
