"""`manage.py export_products FILE [--what catalogue|stock|movements]`"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from store.exports import job, tables

TABLES = {"catalogue": job.catalogue, "stock": job.stock, "movements": job.ledger}


class Command(BaseCommand):
    help = (
        "Writes the catalogue, the stock or its movements as CSV, XLSX or JSON, by the file's ending. "
        "`import_products` reads the first two back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="ends in .csv, .xlsx or .json")
        parser.add_argument("--what", choices=TABLES, default="catalogue")

    def handle(self, *, file: Path, what: str, **options: Any) -> None:
        format = file.suffix.lower().removeprefix(".")
        if format not in tables.CONTENT_TYPES:
            raise CommandError(f"FILE must end in one of: {', '.join(f'.{name}' for name in tables.CONTENT_TYPES)}.")
        part = file.with_name(f"{file.name}.part")
        with translation.override("en"):
            columns, rows, total = TABLES[what](None)
            try:
                with part.open("wb") as target:
                    tables.write(format=format, columns=columns, rows=rows, target=target)
                part.replace(file)
            except OSError as error:
                raise CommandError(str(error)) from error
            finally:
                part.unlink(missing_ok=True)
        self.stdout.write(f"{file.name}: {total} rows")
