"""Exports as long jobs: a private file at the end."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from jobs import work as works
from jobs.models import Work
from jobs.work import Kind, Shift
from store.exports import movements, products, tables
from store.models import StockMovement, Variant

CATALOGUE, STOCK, MOVEMENTS = "store.export_catalogue", "store.export_stock", "store.export_movements"
FILES = {CATALOGUE: "catalogue", STOCK: "stock", MOVEMENTS: "stock-movements"}
LABELS = {
    CATALOGUE: gettext_lazy("Export of the catalogue"),
    STOCK: gettext_lazy("Export of the stock"),
    MOVEMENTS: gettext_lazy("Export of stock movements"),
}
Table = tuple[Sequence[str], Iterable[Sequence[Any]], int]


def start_export(*, kind: str, format: str, owner: User | None, ids: Sequence[int] | None = None) -> Work:
    """Ask for a file; with `ids` only of these products (or of these movements)."""
    if format not in tables.CONTENT_TYPES:
        raise works.JobError(_("There is no such format."))
    params = {"format": format, "ids": list(ids) if ids is not None else None}
    title = f"{LABELS[kind]} ({format.upper()})"
    return works.start(kind=kind, title=title, owner=owner, params=params)


def exporter(table: Callable[[list[int] | None], Table]) -> Callable[[Shift], None]:
    def run(shift: Shift) -> None:
        columns, rows, total = table(shift.params["ids"])
        shift.step(done=0, total=total)
        format = shift.params["format"]
        with tempfile.TemporaryFile() as target:
            watched = tables.counted(rows, lambda count: shift.step(done=count))
            tables.write(format=format, columns=columns, rows=watched, target=target)
            target.seek(0)
            shift.keep(f"{FILES[shift.work.kind]}-{timezone.localdate():%Y-%m-%d}.{format}", target)
        shift.step(done=total)

    return run


def catalogue(ids: list[int] | None) -> Table:
    variants = chosen(ids)
    fields = products.fields()
    return products.columns(fields), products.catalogue_rows(variants, fields), variants.count()


def stock(ids: list[int] | None) -> Table:
    variants = chosen(ids)
    columns = [*products.columns(products.STOCK_FIELDS), "reserved", "available"]
    return columns, products.stock_rows(variants), variants.count()


def chosen(ids: list[int] | None) -> QuerySet[Variant]:
    return products.variants_of(product_ids=ids)


def ledger(ids: list[int] | None) -> Table:
    lines = StockMovement.objects.all() if ids is None else StockMovement.objects.filter(pk__in=ids)
    return movements.COLUMNS, movements.rows(lines), lines.count()


def register() -> None:
    permissions = {CATALOGUE: "store.view_product", STOCK: "store.view_stock", MOVEMENTS: "store.view_stock"}
    for kind, table in {CATALOGUE: catalogue, STOCK: stock, MOVEMENTS: ledger}.items():
        works.register(Kind(name=kind, label=LABELS[kind], run=exporter(table), permission=permissions[kind]))
