"""Pages of an owner's segments: the list, and a builder that counts while one builds."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import segment_verbs, segments
from campaigns.errors import CampaignError
from campaigns.models import Segment
from campaigns.segments import builder
from campaigns.views.access import owner, owner_page

SAMPLES = 5


@owner_page
@require_safe
def segment_list(request: HttpRequest) -> HttpResponse:
    rows = Segment.objects.owned_by(owner(request)).annotate(mailing_count=Count("mailings"))
    context = {
        "segments": [(row, builder.sentence(owner(request), row.rules)) for row in rows],
        "section": "recipients",
        "part": "segments",
    }
    return render(request, "campaigns/segment_list.html", context)


@owner_page
def segment_create(request: HttpRequest) -> HttpResponse:
    return segment_page(request, None)


@owner_page
def segment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return segment_page(request, get_object_or_404(Segment.objects.owned_by(owner(request)), pk=pk))


def segment_page(request: HttpRequest, segment: Segment | None) -> HttpResponse:
    name, error = segment.name if segment else "", ""
    rules: dict[str, Any] = segment.rules if segment else builder.FRESH
    if request.method == "POST":
        name, rules = request.POST.get("name", "")[:200], builder.posted(request.POST)
        try:
            segment_verbs.save_segment(owner=owner(request), name=name, rules=rules, segment=segment)
        except ValidationError as problem:
            error = " ".join(problem.messages)
        except CampaignError as problem:
            error = str(problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:segment_list")
    context = {
        "segment": segment,
        "name": name,
        "error": error,
        "section": "recipients",
        "part": "segments",
        **builder.context(owner(request), rules),
        **counted(request, rules),
    }
    return render(request, "campaigns/segment_form.html", context, status=422 if error else 200)


@owner_page
@require_POST
def segment_rules(request: HttpRequest) -> HttpResponse:
    """A fragment: the builder after a change, and whom it finds now. `add` and `drop` are its buttons."""
    rules = builder.posted(request.POST)
    if "add" in request.POST:
        rules["rules"].append(dict(builder.FRESH["rules"][0]))
    if (drop := request.POST.get("drop", "")).isdecimal() and int(drop) < len(rules["rules"]):
        del rules["rules"][int(drop)]
    context = {**builder.context(owner(request), rules), **counted(request, rules)}
    return render(request, "campaigns/includes/rule_builder.html", context)


def counted(request: HttpRequest, rules: dict[str, Any]) -> dict[str, Any]:
    """How many match, and some of them; or what is wrong with the rules."""
    try:
        stored = segments.checked(owner=owner(request), rules=rules)
        rows = segments.matching(owner=owner(request), rules=stored)
        sample = list(rows.order_by("-pk").values_list("email", flat=True)[:SAMPLES])
        return {"count": rows.count(), "mailable": rows.mailable().count(), "sample": sample}  # type: ignore[attr-defined]
    except CampaignError as error:
        return {"count": None, "problem": str(error)}


@owner_page
def segment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    segment = get_object_or_404(Segment.objects.owned_by(owner(request)), pk=pk)
    if request.method == "POST":
        try:
            segment_verbs.delete_segment(segment=segment)
        except CampaignError as error:
            messages.error(request, str(error))
            return redirect("campaigns:segment_edit", pk)
        messages.success(request, _("The segment was deleted."))
        return redirect("campaigns:segment_list")
    context = {
        "question": _("Delete “%(name)s”?") % {"name": segment},
        "consequence": _("The people in it stay in your list."),
        "action": _("Delete the segment"),
        "back_url": reverse("campaigns:segment_edit", args=[pk]),
        "section": "recipients",
        "part": "segments",
    }
    return render(request, "campaigns/confirm.html", context)
