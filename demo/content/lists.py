"""How the demo's campaign owners sort their lists: fields, tags, segments, topics, a sign-up form."""

from dataclasses import dataclass
from typing import Any

Rules = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Form:
    """`fields` by key, `tags` and `topics` by name."""

    name: str
    heading: str
    introduction: str
    consent: str
    thanks: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sorting:
    """In its owner's language. Tags with the share of people, in percent; a rule names its tag instead of its id."""

    owner: str
    address: str
    fields: tuple[Field, ...]
    cities: tuple[str, ...]
    tags: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, str], ...]
    segments: tuple[tuple[str, Rules], ...]
    form: Form


def every(*rules: tuple[Any, ...]) -> Rules:
    return {"match": "all", "rules": [rule(*each) for each in rules]}


def either(*rules: tuple[Any, ...]) -> Rules:
    return {"match": "any", "rules": [rule(*each) for each in rules]}


def rule(field: str, test: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "test": test} if value is None else {"field": field, "test": test, "value": value}


SORTINGS = (
    Sorting(
        owner="owner@example.com",
        address="Vitrina demo shop\n12 Invented Street\nLV-1010 Riga",
        fields=(
            Field("city", "City", "text"),
            Field("member_until", "Club card until", "date"),
            Field("visits", "Visits to the workshop", "number"),
            Field("repairs", "Had something repaired", "yes-no"),
        ),
        cities=("Riga", "Tallinn", "Vilnius", "Stockholm", "Copenhagen", "Berlin", "Hamburg", "Leeds", "Bristol"),
        tags=(("Wool", 22), ("Turntables", 18), ("Workshop visitor", 12), ("Trade fair 2026", 9), ("Press", 3)),
        topics=(
            ("New in the shop", "What has come in, once a week at most."),
            ("Offers", "When something costs less."),
            ("The journal", "Stories from the workbench."),
        ),
        segments=(
            ("Bought in the last 90 days", every(("ordered", "within", 90))),
            ("Spent 300 and more", every(("spent", "at-least", "300"))),
            (
                "Members without a recent order",
                every(("own:member_until", "filled"), ("ordered", "not-within", 30)),
            ),
            ("Wool or turntables", either(("tag", "has", "Wool"), ("tag", "has", "Turntables"))),
            ("Club card runs out soon", every(("own:member_until", "ahead", 30))),
            ("Near Riga, and opened something", every(("own:city", "is", "Riga"), ("opened", "ever"))),
        ),
        form=Form(
            name="Sign-up at the till",
            heading="News from the workshop",
            introduction="What has come in, what was repaired, and when the next open evening is.",
            consent="Write to me about the shop and its workshop, at most once a week. I can stop it at any time.",
            thanks="",
            fields=("city",),
            tags=("Workshop visitor",),
            topics=("New in the shop", "The journal"),
        ),
    ),
    Sorting(
        owner="owner2@example.com",
        address="Клуб «Второе дыхание» (вымышленный)\nул. Придуманная, 7\n101000 Москва",
        fields=(
            Field("city", "Город", "text"),
            Field("card", "Номер карты клуба", "number"),
            Field("card_until", "Карта действует до", "date"),
        ),
        cities=("Москва", "Санкт-Петербург", "Казань", "Екатеринбург", "Новосибирск"),
        tags=(("Винил", 35), ("Мастерская", 25), ("Гость вечера", 20)),
        topics=(
            ("Вечера клуба", "Приглашения на встречи, не чаще двух раз в месяц."),
            ("Новости мастерской", "Что починили и чему научились."),
        ),
        segments=(
            ("Любители винила", every(("tag", "has", "Винил"))),
            ("Москва и Петербург", either(("own:city", "is", "Москва"), ("own:city", "is", "Санкт-Петербург"))),
            ("Карта скоро кончится", every(("own:card_until", "ahead", 60))),
        ),
        form=Form(
            name="Форма на вечере клуба",
            heading="Письма клуба",
            introduction="Приглашения на встречи и новости мастерской.",
            consent="Присылайте мне приглашения и новости клуба. Отказаться можно в любую минуту.",
            thanks="Спасибо! Загляните в почту: там письмо с кнопкой.",
            fields=("city",),
            tags=("Гость вечера",),
            topics=("Вечера клуба",),
        ),
    ),
)
