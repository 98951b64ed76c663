"""The search index of the listing, in what each database has for it."""

from django.db import migrations

POSTGRESQL = [
    "ALTER TABLE store_productlisting ADD COLUMN search tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX listing_search ON store_productlisting USING gin (search)",
]
POSTGRESQL_BACK = ["DROP INDEX listing_search", "ALTER TABLE store_productlisting DROP COLUMN search"]
SQLITE = [
    "CREATE VIRTUAL TABLE store_productsearch USING fts5(name, sku, shelf, description, "
    "tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')",
]
SQLITE_BACK = ["DROP TABLE store_productsearch"]


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
