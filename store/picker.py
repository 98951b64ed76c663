"""What a product page lets the shopper choose by: one row of choices per option, or one row of variants.

The same rules stand in static/js/options.js, which applies them without loading the page anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from store.models import Variant
from store.option_values import Choice, values_of

PREFIX = "option-"
# The field of products whose variants have no options: its values are the variants' ids.
PLAIN = "variant"


class Offered(Protocol):
    """A variant for sale as the page shows it."""

    @property
    def variant(self) -> Variant: ...

    @property
    def available(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """One radio button. Missing: no variant has it together with what is chosen above it."""

    value: str
    label: str
    swatch: str
    chosen: bool
    missing: bool
    sold_out: bool
    offer: Any


@dataclass(frozen=True, slots=True)
class Question:
    """One row of radio buttons; `name` is empty where the variants themselves are chosen."""

    field: str
    name: str
    is_colour: bool
    answers: list[Answer]

    @property
    def chosen(self) -> str:
        return next((answer.label for answer in self.answers if answer.chosen), "")


class Picker:
    """All variants for sale, each by field → value."""

    def __init__(self, offers: Sequence[Offered]) -> None:
        self.offers = offers
        self.choices = [values_of(offer.variant.value_ids) for offer in offers]
        self.by_options = self.have_same_options()
        self.fields = [f"{PREFIX}{each.kind.slug}" for each in self.choices[0]] if self.by_options else [PLAIN]
        self.rows = [self.row(number) for number in range(len(offers))]

    def have_same_options(self) -> bool:
        kinds = {tuple(choice.kind.pk for choice in row) for row in self.choices}
        combinations = {tuple(choice.pk for choice in row) for row in self.choices}
        return len(kinds) == 1 and kinds != {()} and len(combinations) == len(self.offers)

    def row(self, number: int) -> dict[str, str]:
        if not self.by_options:
            return {PLAIN: str(self.offers[number].variant.pk)}
        return {f"{PREFIX}{each.kind.slug}": each.slug for each in self.choices[number]}

    def first(self) -> int:
        """The first one that can be bought, else the first one."""
        return next((number for number, offer in enumerate(self.offers) if offer.available > 0), 0)

    def find(self, wanted: Mapping[str, str]) -> int:
        """The variant that fits best: each answer counts unless it contradicts those above it."""
        left = list(range(len(self.offers)))
        for field in self.fields:
            left = [number for number in left if self.rows[number][field] == wanted.get(field)] or left
        return next((number for number in left if self.offers[number].available > 0), left[0])

    def questions(self, chosen: int) -> list[Question]:
        return [self.question(index, chosen) for index in range(len(self.fields))]

    def question(self, index: int, chosen: int) -> Question:
        field, own = self.fields[index], self.rows[chosen]
        numbers: dict[str, int] = {}
        for number, row in enumerate(self.rows):
            numbers.setdefault(row[field], number)
        if not self.by_options:
            answers = [self.answer(index, value, number, own) for value, number in numbers.items()]
            return Question(field, "", False, answers)
        kind = self.choices[0][index].kind
        ordered = sorted(numbers.items(), key=lambda item: self.choices[item[1]][index].position)
        answers = [self.answer(index, value, number, own) for value, number in ordered]
        return Question(field, kind.name, kind.is_colour, answers)

    def answer(self, index: int, value: str, number: int, own: Mapping[str, str]) -> Answer:
        above = {field: own[field] for field in self.fields[:index]} | {self.fields[index]: value}
        fitting = [at for at, row in enumerate(self.rows) if above.items() <= row.items()]
        exact = [at for at in fitting if all(self.rows[at][field] == own[field] for field in self.fields[index + 1 :])]
        choice: Choice | None = self.choices[number][index] if self.by_options else None
        variant = self.offers[number].variant
        return Answer(
            value=value,
            label=choice.name if choice else variant.name or variant.sku,
            swatch=choice.swatch if choice else "",
            chosen=own[self.fields[index]] == value,
            missing=not fitting,
            sold_out=bool(fitting) and not any(self.offers[at].available > 0 for at in exact or fitting),
            offer=self.offers[(exact or fitting or [number])[0]],
        )
