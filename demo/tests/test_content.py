"""What is written: complete, in both languages, with a picture for everything."""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest

from demo.content import delivery, front, labels, people, shelves
from demo.content.kinds import Text, text
from demo.content.letters import LETTERS, PLANS, TEMPLATE
from demo.content.posts import POSTS
from demo.content.products import FAMILIES
from demo.content.sheets import SHEETS
from demo.drawings.palettes import DEVICE, TEXTILE
from demo.images import FOLDER, path_of

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
ARTICLES = [article for family in FAMILIES for article in family.articles]
PROSE = (*FAMILIES, *POSTS, *SHEETS, *shelves.TREE, *front.SLIDES, *front.PROMISES, *front.BODY, *delivery.WAYS)


def texts_in(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, str):
        return
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_in(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name))


@pytest.mark.parametrize("found", [*PROSE, *front.TAGS.values(), front.PROMISE, front.ANNOUNCEMENT, *people.COMMENTS])
def test_every_text_has_its_russian(found: Any) -> None:
    for each in texts_in(found):
        assert each.en.strip() and each.ru.strip()
        # Names, measures and standards are written alike; a sentence is not.
        if len(re.findall("[a-z]{2,}", each.en)) > 3:
            assert CYRILLIC.search(each.ru), each
        assert not CYRILLIC.search(each.en), each


def test_there_are_some_120_products_of_different_names_and_addresses() -> None:
    assert 115 <= len(ARTICLES) <= 140
    assert len({article.code for article in ARTICLES}) == len(ARTICLES)
    for language in ("en", "ru"):
        assert len({article.name[language] for article in ARTICLES}) == len(ARTICLES)


def test_every_picture_that_is_shown_is_in_the_repository() -> None:
    wanted = {f"{family.drawing}-{palette}" for family in FAMILIES for a in family.articles for palette in a.palettes}
    wanted |= {post.picture for post in POSTS} | {slide.picture for slide in front.SLIDES}
    wanted |= {sheet.picture for sheet in SHEETS if sheet.picture}
    wanted |= {shelf.picture for shelf in all_shelves() if shelf.picture}
    assert {name for name in wanted if not path_of(name).exists()} == set()


def test_the_pictures_stay_small_enough_for_a_repository() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.webp")) < 8_000_000


def test_every_colour_data_sheet_row_shelf_and_brand_is_known() -> None:
    assert {palette.name for palette in (*DEVICE, *TEXTILE)} == set(labels.COLOURS)
    assert {key for article in ARTICLES for key in article.specs} == set(labels.SPECIFICATIONS)
    assert {family.shelf for family in FAMILIES} <= {shelf.slug for shelf in all_shelves()}
    assert {article.brand for article in ARTICLES} == set(shelves.BRANDS)
    assert set(front.TILES) | set(front.HEADER) | set(front.FOOTER_SHELVES) <= {s.slug for s in all_shelves()}
    assert set(front.PRODUCTS) <= {article.code for article in ARTICLES}
    assert {tag for post in POSTS for tag in post.tags} == set(front.TAGS)
    written = {plan.letter for plan in PLANS if not plan.letter.startswith(TEMPLATE)}
    assert written == set(LETTERS)


def test_two_products_never_lead_with_the_same_picture() -> None:
    leads = [(family.drawing, article.palettes[0]) for family in FAMILIES for article in family.articles]
    assert len(set(leads)) == len(leads)


def test_a_price_before_is_always_the_higher_one() -> None:
    assert all(float(article.was) > float(article.price) for article in ARTICLES if article.was)


def test_there_are_twelve_posts_of_some_length() -> None:
    assert len(POSTS) == 12
    for post in POSTS:
        assert len(post.body) >= 6
        assert len(post.intro.en) <= 250 and len(post.intro.ru) <= 250


def test_measures_are_written_as_each_language_does() -> None:
    assert text("4,600 mAh").ru == "4\u00a0600\u00a0мА·ч"
    assert text("0.22 m").ru == "0,22\u00a0м"
    assert text("16 GB / 512 GB").ru == "16\u00a0ГБ / 512\u00a0ГБ"
    assert text("XL").ru == "XL"


def test_every_address_is_at_a_domain_that_is_reserved_for_examples() -> None:
    logins, customers = ([person.email for person in group] for group in (people.LOGINS, people.CUSTOMERS))
    assert all(re.search(r"@example\.(com|org|net)$", address) for address in (*logins, *customers))
    assert len(set(logins)) == len(logins)
    assert len(set(customers)) == len(customers)


def all_shelves() -> Iterator[Any]:
    waiting = list(shelves.TREE)
    while waiting:
        shelf = waiting.pop()
        waiting += shelf.shelves
        yield shelf
