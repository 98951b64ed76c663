"""What is done to many recipients from the list: a page that asks once more, with the count."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from campaigns import bulk
from campaigns.errors import CampaignError
from campaigns.models import Recipient, Tag
from campaigns.recipient_search import Search
from campaigns.views.access import owner, owner_page

MAX_IDS = 1000
BASES = [(value, label) for value, label in Recipient.Consent.choices if value != Recipient.Consent.NONE]


@owner_page
@require_POST
def recipient_bulk(request: HttpRequest) -> HttpResponse:
    """Ask first; do it when `confirmed`."""
    data = request.POST
    search = Search.of(data)
    everybody = data.get("scope") == "all"
    ids = None if everybody else [int(pk) for pk in data.getlist("ids") if pk.isdecimal() and len(pk) < 19][:MAX_IDS]
    action = data.get("action", "")
    back = f"{reverse('campaigns:recipient_list')}?{urlencode(search.params)}"
    try:
        if action not in bulk.ACTIONS:
            raise CampaignError(_("Choose what to do."))
        count = bulk.meant(owner=owner(request), ids=ids, search=search).count()
        if not count:
            raise CampaignError(_("Choose at least one recipient."))
        if data.get("confirmed"):
            return done(request, action, ids, search, back)
    except (CampaignError, ValidationError) as error:
        messages.error(request, " ".join(error.messages) if isinstance(error, ValidationError) else str(error))
        return redirect(back)
    return ask(request, action, ids, search, count, back)


def ask(
    request: HttpRequest, action: str, ids: list[int] | None, search: Search, count: int, back: str
) -> HttpResponse:
    context: dict[str, Any] = {
        "action": action,
        "label": bulk.ACTIONS[action],
        "ids": ids,
        "search": search.params,
        "count": count,
        "back_url": back,
        "bases": BASES,
        "tags": Tag.objects.filter(owner=owner(request)),
        "needs_tag": action in (bulk.ADD_TAG, bulk.REMOVE_TAG),
        "needs_consent": action == bulk.CONSENT,
        "is_final": action in (bulk.DELETE, bulk.UNSUBSCRIBE),
        "section": "recipients",
    }
    return render(request, "campaigns/recipient_bulk.html", context)


def done(request: HttpRequest, action: str, ids: list[int] | None, search: Search, back: str) -> HttpResponse:
    options = {name: request.POST.get(name, "") for name in ("basis", "source")}
    options["tag"] = request.POST.get("tag_name", "")
    count, work = bulk.change_many(owner=owner(request), action=action, ids=ids, search=search, options=options)
    if work:
        return redirect("campaigns:list_work", work.pk)
    said = ngettext("Done for %(n)s recipient.", "Done for %(n)s recipients.", count) % {"n": count}
    messages.success(request, said)
    return redirect(back)
