"""The editor of a message's blocks: a list to add to, change, order and thin out, with the mail beside it."""

from uuid import UUID

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import block_editing as verbs
from campaigns.block_forms import FORMS, BlockForm, label_of
from campaigns.errors import CampaignError
from campaigns.forms import show_errors
from campaigns.models import Message
from campaigns.views.access import owner, owner_page


def own_message(request: HttpRequest, pk: int) -> Message:
    return get_object_or_404(Message.objects.owned_by(owner(request)), pk=pk, kind=Message.Kind.BLOCKS)


@owner_page
@require_safe
def block_list(request: HttpRequest, pk: int) -> HttpResponse:
    message = own_message(request, pk)
    blocks = [
        {"id": row["id"], "label": label_of(row["type"]), "summary": FORMS[row["type"]].summary_of(row["value"])}
        for row in verbs.rows_of(message)
    ]
    context = {
        "message": message,
        "blocks": blocks,
        "kinds": [(kind, label_of(kind)) for kind in verbs.kinds_for(owner(request))],
        "undo": request.GET.get("undo", ""),
        "section": "messages",
    }
    return render(request, "campaigns/message_blocks.html", context)


@owner_page
def block_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    message = own_message(request, pk)
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, request.FILES or None)
    if request.method == "POST" and (form.is_valid() or not form.fields):
        try:
            verbs.add_block(message=message, kind=kind, value=form.value())
        except CampaignError as error:
            show_errors(form, error)
        else:
            return redirect("campaigns:block_list", pk)
    return form_page(request, message, form, kind)


@owner_page
def block_edit(request: HttpRequest, pk: int, block: UUID) -> HttpResponse:
    message = own_message(request, pk)
    try:
        row = verbs.row_of(message, str(block))
    except CampaignError as error:
        raise Http404 from error
    kind, form_class = row["type"], FORMS[row["type"]]
    form = form_class(request.POST or None, request.FILES or None, initial=form_class.initial_of(row["value"]))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_block(message=message, block=str(block), value=form.value())
        except CampaignError as error:
            show_errors(form, error)
        else:
            return redirect("campaigns:block_list", pk)
    return form_page(request, message, form, kind)


def form_page(request: HttpRequest, message: Message, form: BlockForm, kind: str) -> HttpResponse:
    context = {"message": message, "form": form, "label": label_of(kind), "section": "messages"}
    return render(request, "campaigns/block_form.html", context, status=422 if form.errors else 200)


@owner_page
@require_POST
def block_move(request: HttpRequest, pk: int, block: UUID) -> HttpResponse:
    verbs.move_block(message=own_message(request, pk), block=str(block), down=request.POST.get("to") == "down")
    return redirect("campaigns:block_list", pk)


@owner_page
@require_POST
def block_delete(request: HttpRequest, pk: int, block: UUID) -> HttpResponse:
    try:
        row, place = verbs.delete_block(message=own_message(request, pk), block=str(block))
    except CampaignError as error:
        flash.error(request, str(error))
        return redirect("campaigns:block_list", pk)
    request.session["deleted_block"] = {"message": pk, "row": row, "place": place}
    return redirect(f"{request.path.rsplit(str(block), 1)[0]}?undo=1")


@owner_page
@require_POST
def block_restore(request: HttpRequest, pk: int) -> HttpResponse:
    message = own_message(request, pk)
    deleted = request.session.pop("deleted_block", None) or {}
    if deleted.get("message") == pk:
        verbs.restore_block(message=message, row=deleted["row"], place=deleted["place"])
    else:
        flash.error(request, _("There is nothing to bring back."))
    return redirect("campaigns:block_list", pk)
