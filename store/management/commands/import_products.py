"""`manage.py import_products FILE… [--stock N] [--dry-run] [--map COLUMN=FIELD]…`"""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from store.errors import StoreError
from store.imports.files import read_rows
from store.imports.products import ImportReport, import_products


class Command(BaseCommand):
    help = "Imports products from CSV, XLSX or JSON files (also gzipped); idempotent by SKU."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--stock", type=int, default=0, help="pieces of each new product; known ones keep theirs")
        parser.add_argument("--set-stock", action="store_true", help="set the stock of known products too")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what a column is, where its name does not say it; COLUMN= leaves it alone. Fields are the names of "
            "exported columns, option:size and attribute:material among them",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")

    def handle(
        self, *, files: list[Path], stock: int, set_stock: bool, dry_run: bool, map: list[str], **options: Any
    ) -> None:
        if stock < 0:
            raise CommandError("--stock cannot be negative.")
        # Names go into the language's own columns; messages are the operator's.
        with translation.override("en"):
            for path in files:
                started = time.monotonic()
                try:
                    report = import_products(
                        rows=read_rows(path),
                        stock=stock,
                        set_stock=set_stock,
                        dry_run=dry_run,
                        note=path.name,
                        mapping=mapping(map),
                    )
                except StoreError as error:
                    raise CommandError(str(error)) from error
                self.tell(path, report, time.monotonic() - started, dry_run)

    def tell(self, path: Path, report: ImportReport, seconds: float, dry_run: bool) -> None:
        for number, sku, reason in report.refused:
            self.stdout.write(f"{path.name}, row {number}{f' ({sku})' if sku else ''}: {reason}")
        self.stdout.write(
            f"{path.name}: {report.rows} rows in {seconds:.1f} s; {report.created} new, {report.updated} changed, "
            f"{report.unchanged} unchanged, {len(report.refused)} refused{' (dry run)' if dry_run else ''}"
        )


def mapping(pairs: list[str]) -> dict[str, str]:
    """`["Цена=price", "Notes="]` → column → field."""
    found = {}
    for pair in pairs:
        column, sign, field = pair.rpartition("=")
        if not sign or not column:
            raise CommandError(f"“{pair}” is not written like COLUMN=FIELD.")
        found[column] = field
    return found
