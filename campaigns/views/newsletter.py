"""The shop's newsletter: the form in the footer, and what somebody agreed to, in the account."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import consents
from accounts.consent_words import words_for
from accounts.models import Consent, User
from campaigns import newsletter, opt_in, owners, preferences
from campaigns.errors import CampaignError

Purpose = Consent.Purpose
FOOTER = "footer of the shop"
ACCOUNT = "account"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_subscribe(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether the address was known or not: it is in the mailbox."""
    owner = owners.shop_owner()
    if owner is None:
        raise Http404
    if request.method != "POST":
        return answer(request, "")
    email = request.POST.get("email", "").replace("\0", "").strip()[:254]
    words = words_for(Purpose.NEWSLETTER)
    ip = request.META.get("REMOTE_ADDR")
    if not request.POST.get("agreed"):
        return answer(request, email, _("Tick the box first: we write to nobody who has not asked for it."))
    try:
        opt_in.ask(owner=owner, email=email, wording=words, source=FOOTER, ip=ip)
    except ValidationError as error:
        return answer(request, email, error.messages[0])
    except CampaignError as error:
        return answer(request, email, str(error))
    return answer(request, email)


def answer(request: HttpRequest, email: str, error: str = "") -> HttpResponse:
    context = {"email": email, "error": error, "newsletter_words": words_for(Purpose.NEWSLETTER)}
    return render(request, "campaigns/newsletter_asked.html", context, status=422 if error else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def newsletter_settings(request: HttpRequest) -> HttpResponse:
    """Two boxes, the topics, and all that was ever agreed to."""
    user = cast(User, request.user)
    recipient = newsletter.reader(user.email)
    if request.method == "POST":
        for purpose in Purpose.values:
            newsletter.change(
                user=user,
                purpose=purpose,
                wanted=purpose in request.POST,
                text=words_for(purpose),
                source=ACCOUNT,
                ip=request.META.get("REMOTE_ADDR"),
            )
        if recipient is not None and "topics" in request.POST:
            wanted = {int(pk) for pk in request.POST.getlist("topic") if pk.isdecimal() and len(pk) < 19}
            preferences.choose(recipient=recipient, wanted=wanted)
        messages.success(request, _("Saved."))
        return redirect("campaigns:newsletter")
    is_in = recipient is not None and recipient.is_mailable
    given = {purpose: consents.is_given(email=user.email, purpose=purpose) for purpose in Purpose.values}
    context = {
        "boxes": [
            (Purpose.NEWSLETTER, words_for(Purpose.NEWSLETTER), given[Purpose.NEWSLETTER] or is_in),
            (Purpose.TRACKING, words_for(Purpose.TRACKING), given[Purpose.TRACKING]),
        ],
        "waits": given[Purpose.NEWSLETTER] and not is_in,
        "preferences": preferences.of(recipient) if recipient is not None and is_in else [],
        "history": consents.history(user)[:50],
    }
    return render(request, "campaigns/newsletter.html", context)
