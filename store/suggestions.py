"""What to offer while somebody types, and instead of an empty list."""

from dataclasses import dataclass, field

from django.core.cache import caches
from django.utils.translation import get_language

from store import phrases, search, spelling
from store.cards import Card, cards_of, most_popular
from store.models import ProductListing
from store.shelves import Shelf, tree

CARDS = 4
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
    # The spelling that they are for, where nothing begins with what was typed.
    meant: str = ""


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
        found = beginning_with(words) or put_right(words)
        caches["local"].set(key, found, SECONDS)
    return found


def beginning_with(words: str) -> Completions | None:
    """None where nobody sells anything of the kind: what others searched for would not help either."""
    cards, shelves = matching_cards(words), shelves_named(words)
    if not cards and not shelves:
        return None
    common = [item for item in phrases.beginning_with(words, most=TYPED_PHRASES) if item != words.lower()]
    return Completions(phrases=common, shelves=shelves, cards=cards)


def put_right(words: str) -> Completions:
    """For the spelling that was probably meant."""
    meant = spelling.begun(words=words)
    cards = matching_cards(meant) if meant else []
    return Completions(shelves=shelves_named(meant), cards=cards, meant=meant) if cards else Completions()


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
