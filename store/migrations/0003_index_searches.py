"""The indexes that searches stand on, in what each database has for them.

The listing: a tsvector on PostgreSQL, FTS5 on SQLite. The staff's search of orders and the look-alikes of misspelt
words: trigrams on PostgreSQL; where the role may not make `pg_trgm`, both work all the same, by reading the rows.
Orders are indexed without locking their table (CONCURRENTLY).
"""

from typing import Any

from django.db import DatabaseError, migrations

LISTING = [
    "ALTER TABLE store_productlisting ADD COLUMN search tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX listing_search ON store_productlisting USING gin (search)",
]
LISTING_BACK = ["DROP INDEX listing_search", "ALTER TABLE store_productlisting DROP COLUMN search"]
LISTING_SQLITE = [
    "CREATE VIRTUAL TABLE store_productsearch USING fts5(name, sku, shelf, description, "
    "tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')",
]
LISTING_SQLITE_BACK = ["DROP TABLE store_productsearch"]
TRIGRAMS = {
    "order_words": (
        "store_order USING gin (upper(full_name::text) gin_trgm_ops, upper(email::text) gin_trgm_ops,"
        " upper(phone::text) gin_trgm_ops)"
    ),
    "search_word_trigrams": "store_searchword USING gin (word gin_trgm_ops)",
}
PREFIXES = {"order_line_sku": "store_orderline (upper(sku::text) text_pattern_ops)"}


def index_listing(apps: Any, schema_editor: Any) -> None:
    for statement in LISTING if schema_editor.connection.vendor == "postgresql" else LISTING_SQLITE:
        schema_editor.execute(statement)


def drop_listing(apps: Any, schema_editor: Any) -> None:
    for statement in LISTING_BACK if schema_editor.connection.vendor == "postgresql" else LISTING_SQLITE_BACK:
        schema_editor.execute(statement)


def index_words(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    wanted = dict(PREFIXES)
    with connection.cursor() as cursor:
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            wanted |= TRIGRAMS
        except DatabaseError as error:
            print(f"\n  pg_trgm is not available ({str(error).strip()}); words are compared one by one", end="")
        for name, definition in wanted.items():
            # One that was interrupted is left behind as invalid.
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            cursor.execute(f"CREATE INDEX CONCURRENTLY {name} ON {definition}")


def drop_words(apps: Any, schema_editor: Any) -> None:
    """The indexes; the extension may be somebody else's as well."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in TRIGRAMS | PREFIXES:
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


class Migration(migrations.Migration):
    # CONCURRENTLY cannot run inside a transaction.
    atomic = False
    dependencies = [("store", "0002_add_second_half")]
    operations = [
        migrations.RunPython(index_listing, drop_listing, atomic=True),
        migrations.RunPython(index_words, drop_words),
    ]
