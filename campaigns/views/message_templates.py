"""What a new message begins with: a template, nothing, or plain text."""

from csp.decorators import csp
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from campaigns import message_templates, messages
from campaigns.errors import CampaignError
from campaigns.views.access import owner, owner_page
from campaigns.views.mails import POLICY, shown


@owner_page
def template_list(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            chosen = request.POST.get("template", "")
            message = message_templates.create_from_template(owner=owner(request), template=chosen)
        except CampaignError as error:
            flash.error(request, str(error))
            return redirect("campaigns:template_list")
        flash.success(request, _("The message is yours now: change whatever you like."))
        return redirect("campaigns:block_list", message.pk)
    context = {"templates": message_templates.offered(owner(request)), "section": "messages"}
    return render(request, "campaigns/template_list.html", context)


@owner_page
@require_safe
@xframe_options_sameorigin
@csp(POLICY)  # type: ignore[arg-type]
def template_preview(request: HttpRequest, key: str) -> HttpResponse:
    """The whole mail, with an invented reader and the goods and posts of today."""
    try:
        message = message_templates.sample_of(owner(request), key)
    except CampaignError as error:
        raise Http404 from error
    return shown(messages.preview(message=message).html)
