"""Pages of an import: the file, its columns, its progress."""

import secrets
from datetime import timedelta
from typing import IO, Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.bulk import KIND as CHANGE
from campaigns.errors import CampaignError
from campaigns.forms import show_errors
from campaigns.list_import import columns, job, refused
from campaigns.recipient_forms import MappingForm, SourceForm
from campaigns.views.access import owner, owner_page
from campaigns.views.listing import whole
from jobs import work as works
from jobs.errors import JobError
from jobs.models import Work
from store.spreadsheets import download

SALT = "campaigns.upload"
KEPT = timedelta(hours=24)
SHOWN_REFUSALS = 100


def uploads() -> Storage:
    return storages["private"]


@owner_page
def recipient_import(request: HttpRequest) -> HttpResponse:
    """A file or a pasted list is kept until its columns are settled."""
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SourceForm(*given, initial={"text": to_mend(request)})
    if request.method == "POST" and form.is_valid():
        file, folder = form.source(), folder_of(request)
        sweep(folder)
        try:
            columns.preview(file=file, owner=owner(request))
        except CampaignError as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(error))
        else:
            path = uploads().save(f"{folder}/{secrets.token_hex(16)}", file)
            return redirect("campaigns:import_columns", signing.dumps([path, str(file.name)[:100]], salt=SALT))
    context = {"form": form, "section": "recipients"}
    return render(request, "campaigns/recipient_import.html", context, status=422 if form.errors else 200)


def to_mend(request: HttpRequest) -> str:
    """The rows that an import has refused, to be mended and imported again."""
    number = whole(request, "mend")
    work = Work.objects.filter(pk=number, owner=owner(request), kind=job.KIND).first() if number else None
    return refused.text(work) if work and work.refused else ""


def folder_of(request: HttpRequest) -> str:
    return f"uploads/{owner(request).pk}"


def sweep(folder: str) -> None:
    """Files that nobody went on with."""
    storage = uploads()
    if storage.exists(folder):
        for name in storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if storage.get_modified_time(path) < timezone.now() - KEPT:
                storage.delete(path)


@owner_page
def import_columns(request: HttpRequest, token: str) -> HttpResponse:
    """What each column is, what allows to write to these people, what becomes of those who are known."""
    path, name = uploaded(request, token)
    with uploads().open(path) as file:
        try:
            seen = columns.preview(file=file, owner=owner(request))
        except CampaignError as error:
            messages.error(request, str(error))
            return redirect("campaigns:recipient_import")
        initial = {"has_heading": seen.has_heading}
        form = MappingForm(request.POST or None, owner=owner(request), columns=seen.columns, initial=initial)
        if request.method == "POST" and form.is_valid() and (work := started(request, form, file, name)):
            uploads().delete(path)
            return redirect("campaigns:list_work", work.pk)
    context = {"form": form, "name": name, "section": "recipients"}
    return render(request, "campaigns/import_columns.html", context, status=422 if form.errors else 200)


def uploaded(request: HttpRequest, token: str) -> tuple[str, str]:
    """The caller's own file, and its name; 404 for everything else."""
    try:
        path, name = signing.loads(token, salt=SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if not path.startswith(f"{folder_of(request)}/") or not uploads().exists(path):
        raise Http404
    return path, name


def started(request: HttpRequest, form: MappingForm, file: IO[bytes], name: str) -> Work | None:
    file.seek(0)
    try:
        return job.start_import(owner=owner(request), file=File(file, name=name), name=name, **form.arguments())
    except (CampaignError, ValidationError) as error:
        show_errors(form, error)
        return None


def own_work(request: HttpRequest, pk: int) -> Work:
    return get_object_or_404(Work, pk=pk, owner=owner(request), kind__in=(job.KIND, CHANGE))


@owner_page
@require_safe
def list_work(request: HttpRequest, pk: int) -> HttpResponse:
    """An import or a change of many, with its progress; asked for as a fragment while it runs."""
    work = own_work(request, pk)
    context: dict[str, Any] = {
        "work": work,
        "counts": works.counts_of(work),
        "refusals": work.refusals.all()[:SHOWN_REFUSALS] if work.has_ended else [],
        "more_refusals": max(0, work.refused - SHOWN_REFUSALS),
        "can_mend": work.kind == job.KIND and 0 < work.refused <= refused.MENDED,
        "section": "recipients",
    }
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "campaigns/includes/list_work.html" if fragment else "campaigns/list_work.html", context)


@owner_page
@require_POST
def list_work_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        works.cancel(work=own_work(request, pk))
    except JobError as error:
        messages.error(request, str(error))
    return redirect("campaigns:list_work", pk)


@owner_page
@require_safe
def list_work_refused(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The refused rows, each with its reason."""
    return download(refused.table(own_work(request, pk)), name=f"refused-{pk}", kind="csv")
