"""The embedded database's one-time set-up."""

from typing import Any

from django.db import connections


def switch_to_wal(*, using: str, **kwargs: Any) -> None:
    """Make the file write-ahead logged: once, when it is made. The mode stays with the file.

    Asked on every connection, the PRAGMA fails when many processes open the file together.
    """
    connection = connections[using]
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
