"""What the staff's search of orders stands on, made without locking the tables (CONCURRENTLY).

PostgreSQL only: SQLite scans a shop of its size in time. Where the role may not make `pg_trgm`, the search works all
the same, by reading the orders.
"""

from django.db import DatabaseError, migrations

TRIGRAMS = {
    "order_words": (
        "store_order USING gin (upper(full_name::text) gin_trgm_ops, upper(email::text) gin_trgm_ops,"
        " upper(phone::text) gin_trgm_ops)"
    ),
}
PREFIXES = {"order_line_sku": "store_orderline (upper(sku::text) text_pattern_ops)"}


def make(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    wanted = dict(PREFIXES)
    with connection.cursor() as cursor:
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            wanted |= TRIGRAMS
        except DatabaseError:
            pass
        for name, definition in wanted.items():
            # One that was interrupted is left behind as invalid.
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            cursor.execute(f"CREATE INDEX CONCURRENTLY {name} ON {definition}")


def drop(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in TRIGRAMS | PREFIXES:
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


class Migration(migrations.Migration):
    # CONCURRENTLY cannot run inside a transaction.
    atomic = False
    dependencies = [("store", "0007_add_back_office")]
    operations = [migrations.RunPython(make, drop)]
