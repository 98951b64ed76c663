"""Words put right that nobody sells: “hedphones” is “headphones”.

PostgreSQL finds look-alikes by trigrams (pg_trgm, https://www.postgresql.org/docs/current/pgtrgm.html). Where the
extension is missing, and on SQLite, words with the same first letter and about the same length are compared instead.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models.functions import Length

from store.models import Product, ProductListing, SearchWord

SHORTEST, LONGEST = 3, 40
MAX_WORDS = 8
LOOK_ALIKES = 20
# Of the words that share the first letter; a shop's vocabulary has about as many.
COMPARED = 4000
CLOSENESS = 0.65
# Of beginnings: short ones are soon alike.
SHORTEST_BEGUN, CLOSENESS_BEGUN = 4, 0.75
MOST_KEPT, KEPT_SECONDS = 20_000, 300
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},{LONGEST}}}")
TRIGRAMS = """
SELECT word FROM store_searchword WHERE word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT %s
"""


def learn(*, product_ids: Sequence[int]) -> None:
    """Keep the words of these products' names, makers and shelves, those that are not known yet."""
    columns = ("name_en", "name_ru", "brand__name", "category__name_en", "category__name_ru")
    words: set[str] = set()
    for names in Product.objects.filter(pk__in=product_ids).values_list(*columns):
        words |= words_of(name for name in names if name)
    words -= set(SearchWord.objects.filter(pk__in=words).values_list("pk", flat=True))
    # In one order everywhere, so that two imports never wait for each other.
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in sorted(words)], ignore_conflicts=True)


def relearn() -> None:
    """Keep only the words of what is in the catalogue now."""
    with transaction.atomic():
        SearchWord.objects.all().delete()
        learn(product_ids=list(Product.objects.values_list("pk", flat=True)))


def words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in WORD.findall(text.lower())}


def corrected(*, words: str) -> str:
    """The words with each unknown one put right; empty when there is nothing to put right, or no guess."""
    parts = words.split()[:MAX_WORDS]
    guess = " ".join(right_word(part) for part in parts)
    return guess if guess.lower() != " ".join(parts).lower() else ""


def right_word(word: str) -> str:
    """The word itself when it is known, begins a known one, or is none (a number, an SKU, a quoted or negated word)."""
    lower = word.lower()
    if not WORD.fullmatch(lower) or SearchWord.objects.filter(word__startswith=lower).exists():
        return word
    close = get_close_matches(lower, look_alikes(lower), 1, CLOSENESS)
    return close[0] if close else word


def look_alikes(word: str) -> list[str]:
    if has_trigrams():
        with connection.cursor() as cursor:
            cursor.execute(TRIGRAMS, [word, word, LOOK_ALIKES])
            return [row[0] for row in cursor.fetchall()]
    same_start = SearchWord.objects.annotate(length=Length("word")).filter(word__startswith=word[0])
    fitting = same_start.filter(length__range=(len(word) - 2, len(word) + 2))
    return list(fitting.order_by("word").values_list("word", flat=True)[:COMPARED])


def begun(*, words: str) -> str:
    """What somebody is about to type, when it begins no word that is known; empty without a guess.

    “hedph” is “headphones” already. Reads nothing but the words kept in this process: it is asked at every letter.
    """
    parts = words.split()[:MAX_WORDS]
    guess = " ".join(right_beginning(part) for part in parts)
    return guess if guess.lower() != " ".join(parts).lower() else ""


def right_beginning(word: str) -> str:
    lower = word.lower()
    if len(lower) < SHORTEST_BEGUN or not WORD.fullmatch(lower):
        return word
    known = vocabulary().get(lower[0], ())
    if any(other.startswith(lower) for other in known):
        return word
    # One letter more than was typed: it is the usual one that is missing. Of the words that begin alike, the shortest.
    beginnings: dict[str, str] = {}
    for other in known:
        beginnings.setdefault(other[: len(lower) + 1], other)
    close = get_close_matches(lower, beginnings, 1, CLOSENESS_BEGUN)
    return beginnings[close[0]] if close else word


def vocabulary() -> dict[str, list[str]]:
    """First letter → known words, the shortest first; kept some minutes per process."""
    found: dict[str, list[str]] | None = caches["local"].get("vocabulary")
    if found is None:
        found = {}
        words = SearchWord.objects.order_by("pk").values_list("pk", flat=True)[:MOST_KEPT]
        for word in sorted(words, key=lambda word: (len(word), word)):
            found.setdefault(word[0], []).append(word)
        caches["local"].set("vocabulary", found, KEPT_SECONDS)
    return found


@lru_cache(maxsize=1)
def has_trigrams() -> bool:
    """Asked once per process: the extension comes with the migration, if the database lets it."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def learn_all() -> None:
    """For a catalogue that was there before."""
    ids = list(ProductListing.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        learn(product_ids=ids[start : start + 500])
