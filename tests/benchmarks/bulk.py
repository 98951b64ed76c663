"""Writes many new rows: by COPY on PostgreSQL, in a fraction of the time that INSERT takes."""

import io
import json
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import Model

BATCH = 5000
ESCAPES = {ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"}


def write(rows: Sequence[Any]) -> None:
    """Rows of one model, which get their keys here; no signals, no search index."""
    if not rows:
        return
    model: type[Model] = type(rows[0])
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        return
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    values = attrgetter(*(field.attname for field in fields))
    moments = [field for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)]
    text = io.StringIO()
    with connection.cursor() as cursor:
        if rows[0].pk is None:
            sequence = [model._meta.db_table, model._meta.pk.column]
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [*sequence, len(rows)]
            )
            for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = key
        for row in rows:
            for field in moments:
                field.pre_save(row, add=True)
            text.write("\t".join([written(value) for value in values(row)]) + "\n")
        text.seek(0)
        columns = ", ".join(f'"{field.column}"' for field in fields)
        cursor.copy_expert(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', text)


def written(value: Any) -> str:
    """As COPY's text format has it."""
    if isinstance(value, str):
        return value.translate(ESCAPES) if not value.isalnum() else value
    if value is None:
        return "\\N"
    return json.dumps(value).translate(ESCAPES) if isinstance(value, list | dict) else str(value)
