"""Imports and exports of the catalogue: started here, done by the worker, watched here."""

from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Json

from api.auth import user
from api.paging import PageQuery, page
from jobs import work as works
from jobs.models import Work
from store.api.staff_products import require
from store.exports.job import FILES, start_export
from store.imports.job import KIND, start_import
from store.stock import MAX_ON_HAND

router = Router(tags=["imports"], auth=user)


class ImportOptions(Schema):
    """`dry_run` checks only; `set_stock` sets the stock of known products too. `mapping` is a JSON object of column →
    field where names do not say it (“” leaves a column alone): fields are the names of exported columns."""

    dry_run: bool = False
    set_stock: bool = False
    stock: int = 0
    fetch_pictures: bool = False
    mapping: Json[dict[str, str]] = {}


class JobOut(Schema):
    """`status`: waiting, running, done, failed or cancelled; `total` is null until the file was read."""

    id: int
    title: str
    status: str
    done: int
    total: int | None
    counts: dict[str, int]
    refused: int
    error: str
    file: str | None
    created_at: datetime
    ended_at: datetime | None


class RefusedOut(Schema):
    row: int
    key: str
    reason: str


class RefusedList(Schema):
    items: list[RefusedOut]
    next_cursor: str | None


class ExportIn(Schema):
    """`what`: catalogue, stock or stock-movements; `format`: csv, xlsx or json."""

    what: str
    format: str = "csv"


@router.post("/imports", response={202: JobOut})
def start(
    request: HttpRequest,
    options: Form[ImportOptions],
    file: File[UploadedFile],
    archive: File[UploadedFile | None] = None,
) -> tuple[int, dict[str, Any]]:
    """A CSV, XLSX or JSON file, up to 64 MB, and perhaps a ZIP file with pictures."""
    require(request, "store.add_product")
    require(request, "store.change_product")
    if options.set_stock or options.stock:
        require(request, "store.change_stock")
    work = start_import(
        file=file,
        name=file.name or "file",
        owner=request.user,  # type: ignore[arg-type]
        archive=archive,
        **options.dict() | {"stock": min(max(options.stock, 0), MAX_ON_HAND)},
    )
    return 202, shown(work)


@router.post("/exports", response={202: JobOut})
def export(request: HttpRequest, payload: ExportIn) -> tuple[int, dict[str, Any]]:
    kind = next((kind for kind, name in FILES.items() if name == payload.what), None)
    if kind is None:
        raise Http404
    require(request, works.kinds[kind].permission)
    return 202, shown(start_export(kind=kind, format=payload.format, owner=request.user))  # type: ignore[arg-type]


@router.get("/imports/{int:pk}", response=JobOut)
def get_job(request: HttpRequest, pk: int) -> dict[str, Any]:
    """An import or an export."""
    return shown(visible(request, pk))


@router.get("/imports/{int:pk}/refused", response=RefusedList)
def refused(request: HttpRequest, pk: int, query: Query[PageQuery]) -> dict[str, Any]:
    rows, cursor = page(
        visible(request, pk).refusals.all(), order=["number", "pk"], cursor=query.cursor, size=query.page_size
    )
    items = [{"row": row.number, "key": row.key, "reason": row.reason} for row in rows]
    return {"items": items, "next_cursor": cursor}


@router.post("/imports/{int:pk}/cancel", response=JobOut)
def cancel(request: HttpRequest, pk: int) -> dict[str, Any]:
    """409 when it has ended."""
    work = visible(request, pk)
    works.cancel(work=work)
    return shown(work)


@router.get("/imports/{int:pk}/file")
def file(request: HttpRequest, pk: int) -> FileResponse:
    """What an export has made."""
    work = visible(request, pk)
    if not work.result:
        raise Http404
    return FileResponse(work.result.open("rb"), as_attachment=True, filename=work.result_name)


def visible(request: HttpRequest, pk: int) -> Work:
    ours = works.visible_to(request.user).filter(kind__in=[KIND, *FILES])
    return get_object_or_404(ours, pk=min(pk, 2**63 - 1))


def shown(work: Work) -> dict[str, Any]:
    names = ("title", "done", "total", "counts", "refused", "error", "created_at", "ended_at")
    link = f"/api/v1/imports/{work.pk}/file" if work.result else None
    return {"id": work.pk, "status": work.state, "file": link} | {name: getattr(work, name) for name in names}
