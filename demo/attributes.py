"""Rows of the demo's data sheets that are attributes: what lists can be narrowed by."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from demo import ledger
from demo.content.kinds import Text, text
from demo.content.labels import ATTRIBUTES, SPECIFICATIONS
from demo.content.products import FAMILIES
from store import attributes
from store.models import Attribute, AttributeChoice, AttributeKind, Product, ProductAttribute

if TYPE_CHECKING:
    from demo.catalogue import Draft

MEASURE = re.compile(r"([\d,]+(?:\.\d+)?)\s?(\S+)")


@dataclass
class Described:
    """`keys`: (product, key of the row) of what became an attribute."""

    values: list[ProductAttribute] = field(default_factory=list)
    keys: set[tuple[int, str]] = field(default_factory=set)


def make() -> None:
    """The attributes themselves, with the choices that the articles name."""
    for position, (key, unit) in enumerate(ATTRIBUTES.items()):
        row = Attribute.objects.filter(slug=key).first()
        if row is None:
            kind = AttributeKind.NUMBER if unit else AttributeKind.CHOICE
            shown, name = text(f"1 {unit}"), SPECIFICATIONS[key]
            row = Attribute.objects.create(
                slug=key,
                kind=kind,
                filterable=True,
                sort_order=position,
                name_en=name.en,
                name_ru=name.ru,
                unit_en=unit,
                unit_ru=shown.ru.removeprefix("1").strip() if unit else "",
            )
            ledger.record(row, key)
        if not unit:
            for number, answer in enumerate(choices_of(key)):
                AttributeChoice.objects.get_or_create(
                    attribute=row, name_en=answer.en, defaults={"name_ru": answer.ru, "sort_order": number}
                )
    attributes.forget()


def choices_of(key: str) -> Iterable[Text]:
    found = (article.specs.get(key) for family in FAMILIES for article in family.articles)
    return {text(value).en: text(value) for value in found if value}.values()


def described(pairs: "list[tuple[Product, Draft]]") -> Described:
    rows = {row.slug: row for row in Attribute.objects.filter(slug__in=ATTRIBUTES)}
    choices = {(choice.attribute_id, choice.name_en): choice for choice in AttributeChoice.objects.all()}  # type: ignore[attr-defined]
    made = Described()
    for product, draft in pairs:
        for key, value in draft.article.specs.items():
            if key not in ATTRIBUTES:
                continue
            number = measured(text(value).en, ATTRIBUTES[key]) if ATTRIBUTES[key] else None
            choice = None if ATTRIBUTES[key] else choices.get((rows[key].pk, text(value).en))
            if number is None and choice is None:
                continue
            made.keys.add((product.pk, key))
            made.values.append(ProductAttribute(product=product, attribute=rows[key], number=number, choice=choice))
    return made


def measured(value: str, unit: str) -> Decimal | None:
    """“3.2 kg” is 3200 where grams are asked for; None for what is no plain measure."""
    found = MEASURE.fullmatch(value)
    if found is None:
        return None
    number = Decimal(found[1].replace(",", ""))
    if (found[2], unit) == ("kg", "g"):
        return number * 1000
    return number if found[2] == unit else None
