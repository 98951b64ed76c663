"""The shapes in which the content is written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# International notation → Russian; the numbers' separators change as well.
UNITS = {
    "mAh": "мА·ч",
    "GB": "ГБ",
    "TB": "ТБ",
    "Hz": "Гц",
    "kg": "кг",
    "mm": "мм",
    "cm": "см",
    "ms": "мс",
    "W": "Вт",
    "g": "г",
    "h": "ч",
    "m": "м",
    "l": "л",
}
MEASURE = re.compile(r"(?<=\d)( ?)(" + "|".join(UNITS) + r")\b")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or one paragraph in both languages of the site."""

    en: str
    ru: str

    def __getitem__(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


def text(value: "Text | str") -> Text:
    """A plain string is a measurement or a name: units and separators are all that differs between the languages."""
    if isinstance(value, Text):
        return value
    russian = re.sub(r"(?<=\d),(?=\d{3}\b)", "\u00a0", value)
    russian = re.sub(r"(?<=\d)\.(?=\d)", ",", russian)
    return Text(value, MEASURE.sub(lambda match: f"\u00a0{UNITS[match[2]]}", russian))


@dataclass(frozen=True, slots=True)
class Option:
    """One choice besides the colour (a size, a storage), and what it adds to the price."""

    name: Text
    surcharge: str = "0"


@dataclass(frozen=True, slots=True)
class Article:
    """One product. The first of its palettes is the one lists show; the others are colours to choose from."""

    code: str
    brand: str
    name: Text
    about: Text
    price: str
    palettes: tuple[str, ...]
    specs: Mapping[str, Text | str]
    was: str = ""
    stock: int = 0
    popularity: int = 0
    options: tuple[Option, ...] | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Products that share a drawing, a shelf, a closing paragraph and their options."""

    drawing: str
    shelf: str
    note: Text
    articles: tuple[Article, ...]
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """One category and those inside it."""

    slug: str
    name: Text
    intro: Text
    picture: str = ""
    shelves: tuple["Shelf", ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Heading:
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`[words](product:code)` and `[words](category:slug)` are links into the shop."""

    text: Text


@dataclass(frozen=True, slots=True)
class Points:
    points: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    text: Text


@dataclass(frozen=True, slots=True)
class Goods:
    """Products of the assortment, by their codes."""

    title: Text
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelved:
    """What a category has to offer; `order` is popular, newest or rating."""

    title: Text
    shelf: str
    order: str = "popular"
    count: int = 3


Part = Heading | Paragraph | Points | Quote | Goods | Shelved


@dataclass(frozen=True, slots=True)
class Post:
    """One blog post; `days` says how long ago it appeared."""

    slug: str
    days: int
    views: int
    picture: str
    tags: tuple[str, ...]
    title: Text
    intro: Text
    body: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page that stands on its own."""

    slug: str
    title: Text
    intro: Text
    body: tuple[Part, ...]
    in_menu: bool = False
    picture: str = ""
