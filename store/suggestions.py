"""What to offer instead of an empty list."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from store.cards import Card, most_popular
from store.shelves import Shelf, brands, tree

CARDS = 3
SHELVES = 6
MAX_WORDS = 8
CLOSENESS = 0.75


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`words`: what was perhaps meant; empty when there is no guess."""

    words: str = ""
    shelves: list[Shelf] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)


def suggestions(*, words: str) -> Suggestions:
    return Suggestions(meant(words), tree().children()[:SHELVES], most_popular(count=CARDS))


def meant(words: str) -> str:
    """The words with each unknown one put right from the names of brands and categories."""
    known: dict[str, str] = {}
    names = [name for _slug, name in brands().values()]
    names += [name for shelf in tree().by_path.values() for name in (shelf.name_en, shelf.name_ru)]
    for name in names:
        known |= {word.casefold(): word for word in name.split() if len(word) > 2}
    guess = " ".join(known_word(word, known) for word in words.split()[:MAX_WORDS])
    return guess if guess.casefold() != words.casefold() else ""


def known_word(word: str, known: dict[str, str]) -> str:
    if word.casefold() in known:
        return word
    close = get_close_matches(word.casefold(), known, 1, CLOSENESS)
    return known[close[0]] if close else word
