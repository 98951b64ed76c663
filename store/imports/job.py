"""The import as a long job: read the file once, then work through its rows, then through its pictures."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from jobs import work as works
from jobs.models import Work, WorkState
from jobs.work import Kind, NextStep, Shift
from store import listing, pictures
from store.errors import StoreError
from store.imports import pictures as imported_pictures
from store.imports.archives import Pictures
from store.imports.columns import Columns
from store.imports.files import Row, copy_to_temporary, read_rows
from store.imports.products import BATCH, ImportOptions, ProductImport
from store.imports.rows import find_sku
from store.imports.values import RefusedRow, sources, text
from store.models import Product

KIND = "store.import_products"
BEAT = 2000
# What the page of the columns shows of a file: so many rows are looked at for so many different examples.
LOOKED_AT, SHOWN = 50, 3


def start_import(
    *,
    file: Any,
    name: str,
    owner: User | None,
    stock: int = 0,
    set_stock: bool = False,
    dry_run: bool = False,
    fetch_pictures: bool = False,
    archive: Any = None,
    mapping: Mapping[str, str] | None = None,
) -> Work:
    """Ask for an import of an uploaded file; nothing of it is read here. Raises BadMapping."""
    Columns(mapping)
    params = {
        "name": name[:200],
        "stock": stock,
        "set_stock": set_stock,
        "dry_run": dry_run,
        "pictures": fetch_pictures or archive is not None,
        "mapping": dict(mapping or {}),
    }
    title = _("Check %(file)s") if dry_run else _("Import %(file)s")
    return works.start(kind=KIND, title=title % {"file": name}, owner=owner, params=params, file=file, extra=archive)


def import_again(
    *, work: Work, owner: User | None, dry_run: bool = False, mapping: Mapping[str, str] | None = None
) -> Work:
    """The same file with the same answers, for good or as another check; `mapping`: with other columns."""
    params = work.params
    with work.file.open("rb") as file:
        again = UploadedFile(file=file, name=work.file.name)
        archive = UploadedFile(file=work.extra.open("rb"), name=work.extra.name) if work.extra else None
        return start_import(
            file=again,
            name=params["name"],
            owner=owner,
            stock=params["stock"],
            set_stock=params["set_stock"],
            dry_run=dry_run,
            fetch_pictures=params["pictures"],
            archive=archive,
            mapping=mapping_of(work) if mapping is None else mapping,
        )


def mapping_of(work: Work) -> dict[str, str]:
    """Column → field, as somebody has said."""
    found: dict[str, str] = work.params.get("mapping") or {}
    return found


def run(shift: Shift) -> None:
    """One slice; the checkpoint says which part is next."""
    if not shift.work.spool:
        spool(shift)
    with shift.work.spool.open("rb") as lines:
        if not shift.checkpoint.get("rows_done"):
            take_rows(shift, lines)
        if shift.params["pictures"] and not shift.params["dry_run"]:
            take_pictures(shift, lines)


def spool(shift: Shift) -> None:
    """Read the file, whatever it is, into lines that can be entered anywhere."""
    columns: dict[str, None] = {}
    count = 0
    with local(shift.work.file) as path, tempfile.TemporaryFile() as target:
        for count, row in enumerate(read_rows(path, shift.params["name"]), 1):
            if len(columns) < 300:
                columns |= dict.fromkeys(row.values)
            line = json.dumps([row.number, row.values], default=str, ensure_ascii=True)
            target.write(line.encode() + b"\n")
            if not count % BEAT:
                shift.step()
        target.seek(0)
        shift.spool("rows.jsonl", target)
    shift.step(done=0, total=count, columns=list(columns)[:300])


@contextmanager
def local(file: Any) -> Iterator[Path]:
    """The stored file on this machine, wherever it is kept."""
    with file.open("rb") as stream:
        path = copy_to_temporary(stream)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def take_rows(shift: Shift, lines: Any) -> None:
    params = shift.params
    importing = ProductImport(
        ImportOptions(
            stock=params["stock"],
            set_stock=params["set_stock"],
            dry_run=params["dry_run"],
            actor=shift.work.owner.email if shift.work.owner else "",
            note=params["name"],
            mapping=mapping_of(shift.work),
        )
    )
    offset = remember(importing, lines, shift.checkpoint.get("offset", 0))
    while batch := read_batch(lines, BATCH):
        lines_read = len(batch)
        understood_rows = list(importing.understand(batch))
        with transaction.atomic():
            importing.apply(understood_rows)
            offset = lines.tell()
            report, importing.report = importing.report, type(importing.report)()
            counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
            importing.finish()
            shift.step(done=shift.work.done + lines_read, counts=counts, refused=report.refused, offset=offset)
        shift.breathe()
    shift.step(rows_done=True, offset=0)


def remember(importing: ProductImport, lines: Any, until: int) -> int:
    """The SKUs of the rows that earlier slices took: a second row with one of them is still refused."""
    while lines.tell() < until:
        number, values = json.loads(lines.readline())
        try:
            importing.met.setdefault(find_sku(importing.columns.cells(values)), number)
        except RefusedRow:
            continue
    return until


def read_batch(lines: Any, size: int) -> list[Row]:
    batch: list[Row] = []
    while len(batch) < size and (line := lines.readline()):
        batch.append(Row(*json.loads(line)))
    return batch


def take_pictures(shift: Shift, lines: Any) -> None:
    """One row at a time: the network is slow, and what is fetched is kept at once."""
    offset = shift.checkpoint.get("offset", 0)
    if not offset:
        shift.step(done=0, part="pictures")
    lines.seek(offset)
    columns = Columns(mapping_of(shift.work))
    with archive_of(shift.work) as archive:
        while batch := read_batch(lines, 1):
            added, refused = pictures_of(batch[0], columns, archive)
            with transaction.atomic():
                shift.step(done=shift.work.done + 1, counts={"pictures": added}, refused=refused, offset=lines.tell())
            shift.breathe()


@contextmanager
def archive_of(work: Work) -> Iterator[Pictures | None]:
    if not work.extra:
        yield None
        return
    with local(work.extra) as path:
        yield Pictures(path)


def pictures_of(row: Row, columns: Columns, archive: Pictures | None) -> tuple[int, list[works.Refusal]]:
    """How many the row's product got, and what went wrong."""
    cells = columns.cells(row.values)
    try:
        sku = find_sku(cells)
        named = list(sources(cells["pictures"] or cells["image"])) or (archive.of(sku) if archive else [])
    except RefusedRow:
        return 0, []  # said already
    product = Product.objects.filter(variants__sku=sku).first() if named else None
    if product is None:
        return 0, []
    added, refused = 0, []
    for source in named:
        try:
            added += imported_pictures.attach(product=product, source=source, archive=archive)
        except StoreError as error:
            refused.append((row.number, sku, str(error)))
    if added:
        listing.refresh(product_ids=[product.pk])
        pictures.prepare(product_ids=[product.pk])
    return added, refused


def examples(work: Work) -> dict[str, list[str]]:
    """The columns of the file, each with what its first rows say."""
    found: dict[str, list[str]] = {column: [] for column in work.checkpoint.get("columns", [])}
    if work.spool:
        with work.spool.open("rb") as lines:
            for row in read_batch(lines, LOOKED_AT):
                for column, value in row.values.items():
                    written = text(value)
                    if column in found and written and written not in found[column] and len(found[column]) < SHOWN:
                        found[column].append(written[:60])
    return found


def facts(work: Work) -> list[tuple[str, str]]:
    """Which column became what."""
    columns = Columns(mapping_of(work))
    pairs = columns.fill(work.checkpoint.get("columns", []))
    return [(column, columns.label(field) or _("left alone")) for column, field in pairs.items()]


def next_steps(work: Work, user: Any) -> list[NextStep]:
    steps: list[NextStep] = []
    if not user.has_perm("store.add_product") or not work.checkpoint.get("columns"):
        return steps
    if work.params.get("dry_run") and work.state == WorkState.DONE:
        steps.append(NextStep(_("Import it for good"), reverse("store_import:for_good", args=[work.pk])))
    steps.append(NextStep(_("Change the columns"), reverse("store_import:columns", args=[work.pk]), is_link=True))
    return steps


def register() -> None:
    counts = {
        "created": gettext_lazy("New"),
        "updated": gettext_lazy("Changed"),
        "unchanged": gettext_lazy("Unchanged"),
        "pictures": gettext_lazy("Pictures added"),
    }
    works.register(
        Kind(
            name=KIND,
            label=gettext_lazy("Import of products"),
            run=run,
            permission="store.add_product",
            counts=counts,
            facts=facts,
            next_steps=next_steps,
        )
    )
