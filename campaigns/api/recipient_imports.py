"""/recipient-imports: lists from files, taken in by the worker."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile

from api.auth import user as logged_in
from api.paging import PageQuery, page
from campaigns.api.access import campaign_owner
from campaigns.errors import CampaignError
from campaigns.list_import import columns, files, job
from jobs import work as works
from jobs.models import Work

router = Router()


class ImportOptions(Schema):
    """`columns`: what each column is (`email`, `full_name`, `tags`, `own:key`, `new:text` …, empty to leave it out);
    without it, headings and cells tell. `known`: what becomes of those who are in the list already.
    """

    consent_basis: Literal["opt-in", "customer", "none"]
    consent_source: str = ""
    known: Literal["leave", "fill", "replace"] = "leave"
    tags: list[str] = []
    columns: list[str] = []
    has_heading: bool | None = None


class ImportOut(Schema):
    """`refused` rows stand in `/recipient-imports/{id}/refused`, each with the reason."""

    id: int
    title: str
    status: str = Field(alias="state")
    done: int
    total: int | None
    counts: dict[str, int]
    refused: int
    error: str
    created_at: datetime
    ended_at: datetime | None


class ImportList(Schema):
    items: list[ImportOut]
    next_cursor: str | None


class RefusedOut(Schema):
    line: int = Field(alias="number")
    email: str = Field(alias="key")
    reason: str


class RefusedList(Schema):
    items: list[RefusedOut]
    next_cursor: str | None


@router.post("/recipient-imports", response={202: ImportOut}, auth=logged_in, by_alias=False)
def start_import(request: HttpRequest, options: Form[ImportOptions], file: File[UploadedFile]) -> Any:
    """A CSV or XLSX file, up to 50 MB and a million rows."""
    owner = campaign_owner(request)
    if (file.size or 0) > files.MAX_BYTES:
        raise HttpError(413, _("The file is larger than 50 MB. Please divide it."))
    seen = columns.preview(file=file, owner=owner)
    if len(options.columns) > len(seen.columns):
        raise CampaignError(_("The file has only %(n)s columns.") % {"n": len(seen.columns)})
    file.seek(0)
    return 202, job.start_import(
        owner=owner,
        file=file,
        name=file.name or "file",
        mapping=options.columns or [column.target for column in seen.columns],
        names=[column.name for column in seen.columns],
        has_heading=seen.has_heading if options.has_heading is None else options.has_heading,
        consent_basis=options.consent_basis,
        consent_source=options.consent_source,
        known=options.known,
        tag_names=options.tags,
    )


@router.get("/recipient-imports", response=ImportList, auth=logged_in, by_alias=False)
def list_imports(request: HttpRequest, query: Query[PageQuery]) -> Any:
    """The caller's own, newest first; they are kept for 30 days."""
    rows = Work.objects.filter(owner=campaign_owner(request), kind=job.KIND)
    items, cursor = page(rows, order=("-id",), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.get("/recipient-imports/{int:import_id}", response=ImportOut, auth=logged_in, by_alias=False)
def get_import(request: HttpRequest, import_id: int) -> Any:
    return own_import(request, import_id)


@router.get("/recipient-imports/{int:import_id}/refused", response=RefusedList, auth=logged_in, by_alias=False)
def list_refused(request: HttpRequest, import_id: int, query: Query[PageQuery]) -> Any:
    rows = own_import(request, import_id).refusals.all()
    items, cursor = page(rows, order=("number", "id"), cursor=query.cursor, size=query.page_size)
    return {"items": items, "next_cursor": cursor}


@router.post("/recipient-imports/{int:import_id}/cancel", response=ImportOut, auth=logged_in, by_alias=False)
def cancel_import(request: HttpRequest, import_id: int) -> Any:
    """What was taken in stays; 409 when it has ended."""
    work = own_import(request, import_id)
    works.cancel(work=work)
    return work


def own_import(request: HttpRequest, pk: int) -> Work:
    return get_object_or_404(Work, owner=campaign_owner(request), kind=job.KIND, pk=pk)
