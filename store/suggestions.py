"""What to offer while somebody types, and instead of an empty list."""

from dataclasses import dataclass, field

from django.core.cache import caches
from django.utils.translation import get_language

from store import phrases, search
from store.cards import Card, cards_of, most_popular
from store.models import ProductListing
from store.shelves import Shelf, tree

CARDS = 3
SHELVES = 6
TYPED_FROM = 2
TYPED_PRODUCTS = 5
TYPED_SHELVES = 3
TYPED_PHRASES = 4
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Shelves and favourites for those who found nothing."""

    shelves: list[Shelf] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Completions:
    """What the words that somebody types could become."""

    phrases: list[str] = field(default_factory=list)
    shelves: list[Shelf] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)


def suggestions() -> Suggestions:
    return Suggestions(tree().children()[:SHELVES], most_popular(count=CARDS))


def completions(*, words: str) -> Completions:
    """Phrases, categories and products; kept a minute per process and language. Nothing for a single letter."""
    words = search.clean(words)
    if len(words) < TYPED_FROM:
        return Completions()
    key = ("typed", get_language(), words.lower())
    found: Completions | None = caches["local"].get(key)
    if found is None:
        found = Completions(
            phrases=[item for item in phrases.beginning_with(words, most=TYPED_PHRASES) if item != words.lower()],
            shelves=shelves_named(words),
            cards=matching_cards(words),
        )
        caches["local"].set(key, found, SECONDS)
    return found


def shelves_named(words: str) -> list[Shelf]:
    """Categories of which every word typed begins a word of the name, in either language."""
    wanted = words.lower().split()
    found = []
    for shelf in tree().by_path.values():
        names = f"{shelf.name_en} {shelf.name_ru}".lower().split()
        if all(any(name.startswith(part) for name in names) for part in wanted):
            found.append(shelf)
    return found[:TYPED_SHELVES]


def matching_cards(words: str) -> list[Card]:
    """The most popular products that have the words, those in stock first."""
    rows = search.matching(ProductListing.objects.all(), words)
    return cards_of(rows.order_by("-popularity", "-product_id")[:TYPED_PRODUCTS])
