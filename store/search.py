"""Full-text search over the products on sale.

PostgreSQL: a tsvector column on the listing's table, kept in the "russian" configuration, which stems Cyrillic
words as Russian and ASCII words as English. SQLite: an FTS5 table with the Porter stemmer. Both are made by
migration 0002 and written by `index` in one statement per batch.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, FloatField, Func, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from wagtail.search.backends import get_search_backends

from store import spelling
from store.models import Product, ProductListing

Compiled = tuple[str, list[str]]

MAX_LENGTH = 200
BATCH = 500

INDEX_POSTGRESQL = """
UPDATE store_productlisting listing SET search =
    setweight(to_tsvector('russian', coalesce(p.name_en, '') || ' ' || coalesce(p.name_ru, '')), 'A')
    || setweight(to_tsvector('simple', (
           SELECT coalesce(string_agg(v.sku, ' '), '') FROM store_variant v WHERE v.product_id = p.id)), 'A')
    || setweight(to_tsvector('russian', coalesce(b.name, '') || ' ' || coalesce(c.name_en, '') || ' '
           || coalesce(c.name_ru, '')), 'B')
    || setweight(to_tsvector('russian', coalesce(p.description_en, '') || ' ' || coalesce(p.description_ru, '')), 'D')
FROM store_product p
    JOIN store_category c ON c.id = p.category_id
    LEFT JOIN store_brand b ON b.id = p.brand_id
WHERE p.id = listing.product_id AND listing.product_id = ANY(%s)
"""
FORGET_SQLITE = "DELETE FROM store_productsearch WHERE rowid IN (SELECT value FROM json_each(%s))"
INDEX_SQLITE = """
INSERT INTO store_productsearch (rowid, name, sku, shelf, description)
SELECT p.id, coalesce(p.name_en, '') || ' ' || coalesce(p.name_ru, ''),
       (SELECT coalesce(group_concat(v.sku, ' '), '') FROM store_variant v WHERE v.product_id = p.id),
       coalesce(b.name, '') || ' ' || coalesce(c.name_en, '') || ' ' || coalesce(c.name_ru, ''),
       coalesce(p.description_en, '') || ' ' || coalesce(p.description_ru, '')
FROM store_product p
    JOIN store_category c ON c.id = p.category_id
    LEFT JOIN store_brand b ON b.id = p.brand_id
WHERE p.id IN (SELECT value FROM json_each(%s))
"""

RANK_SQLITE = (
    "(WITH found AS MATERIALIZED (SELECT rowid AS pk, -bm25(store_productsearch, 10, 10, 4, 1) AS rank"
    " FROM store_productsearch WHERE store_productsearch MATCH %s) SELECT rank FROM found WHERE pk = {key})"
)
# Ranking reads every match's vector: of a broad word's matches only the most popular are ranked.
RANKED = 1000
# One word or one quoted phrase, with its minus.
CHUNK = re.compile(r"""(?:(?<=\s)|^)(-?)(?:"([^"]*)"|(\S+))""")


def update(*, product_ids: Iterable[int]) -> None:
    """Bring both indexes up to date after changes that sent no signals: the shop's and the admin's."""
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with transaction.atomic():
            index(product_ids=batch)
            add_to_index(Product, list(Product.get_indexed_objects().filter(pk__in=batch)))


def add_to_index(model: type[Model], rows: Sequence[Model]) -> None:
    """The admin's index learns of rows that were written without signals."""
    if rows:
        for backend in get_search_backends(with_auto_update=True):
            backend.get_index_for_model(model).add_items(model, rows)


def index(*, product_ids: Sequence[int]) -> None:
    """Write the search text of these products; nothing happens for those without a listing."""
    ids = [int(pk) for pk in product_ids]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(INDEX_POSTGRESQL, [ids])
        else:
            cursor.execute(
                "DELETE FROM store_productsearch WHERE rowid IN (SELECT value FROM json_each(%s))", [f"{ids}"]
            )
            cursor.execute(INDEX_SQLITE, [f"{ids}"])
    spelling.learn(product_ids=ids)


def clean(words: str) -> str:
    """What somebody typed, as it is searched for: one line of bounded length."""
    return " ".join(words.replace("\x00", " ").split())[:MAX_LENGTH].strip()


class Matches(Func):
    """Whether a listing has the words, whatever alias its table has in the query."""

    output_field = BooleanField()

    def __init__(self, words: str) -> None:
        super().__init__(F("product_id"))
        self.words = words

    def key(self, compiler: SQLCompiler) -> str:
        sql: str = compiler.compile(self.source_expressions[0])[0]
        return sql

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Compiled:
        query, params = postgresql_query(self.words)
        return f"{self.vector(compiler)} @@ ({query})", params

    def vector(self, compiler: SQLCompiler) -> str:
        return self.key(compiler).replace('"product_id"', '"search"')

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Compiled:
        found = "SELECT rowid FROM store_productsearch WHERE store_productsearch MATCH %s"
        return f"{self.key(compiler)} IN ({found})", [sqlite_query(self.words)]


class Rank(Matches):
    """How well a listing fits the words: more is better."""

    output_field = FloatField()  # type: ignore[assignment]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Compiled:
        query, params = postgresql_query(self.words)
        return f"ts_rank({self.vector(compiler)}, {query})", params

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Compiled:
        return RANK_SQLITE.format(key=self.key(compiler)), [sqlite_query(self.words)]


def matching(rows: QuerySet[ProductListing], words: str) -> QuerySet[ProductListing]:
    """The rows that have all the words; the last one may be the beginning of a word.

    “Quoted words” stand together, -word must be absent.
    """
    return rows.filter(Matches(words))


def ranked(rows: QuerySet[ProductListing], words: str) -> list[int]:
    """Product ids, best match first, among equals the more popular; of a great many the RANKED most popular ones.

    The database ranks them as it finds them; sorted there, it would join them to the whole table once more.
    """
    popular = rows.annotate(rank=Rank(words)).order_by("-popularity", "-product_id")
    found = list(popular.values_list("product_id", "rank")[:RANKED])
    # Sorting keeps the order of equals.
    found.sort(key=lambda row: row[1], reverse=True)
    return [pk for pk, _rank in found]


def postgresql_query(words: str) -> tuple[str, list[str]]:
    """SQL of a tsquery and its parameters: the words, or the words with the last one as a prefix."""
    head, _space, last = words.rpartition(" ")
    if not re.fullmatch(r"\w+", last) or words.count('"') % 2:
        return "websearch_to_tsquery('russian', %s)", [words]
    sql = "websearch_to_tsquery('russian', %s) || (websearch_to_tsquery('russian', %s) && to_tsquery('russian', %s))"
    return f"({sql})", [words, head, f"{last}:*"]


def sqlite_query(words: str) -> str:
    """The same in FTS5's language (https://www.sqlite.org/fts5.html#full_text_query_syntax)."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, quoted, plain in CHUNK.findall(words):
        if parts := re.findall(r"\w+", quoted or plain):
            (unwanted if minus else wanted).append('"' + " ".join(parts) + '"')
    if not wanted:
        return '""'
    if words[-1].isalnum():
        wanted[-1] += "" if unwanted and words.rpartition(" ")[2].startswith("-") else "*"
    return f"({' AND '.join(wanted)})" + "".join(f" NOT {phrase}" for phrase in unwanted)
