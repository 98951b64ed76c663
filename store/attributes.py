"""Attributes and options as lists and pages need them: read at once, kept a minute in the process."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.cache import caches
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from store.models import Attribute, AttributeChoice, AttributeKind, OptionType, OptionValue, Product, ProductAttribute

SECONDS = 60
KEY = "store:attributes"


@dataclass(frozen=True, slots=True)
class Names:
    en: str
    ru: str

    def __str__(self) -> str:
        if get_language() == "ru":
            return self.ru or self.en
        return self.en or self.ru


@dataclass(frozen=True, slots=True)
class Answer:
    """One value with a name; `swatch` of colours."""

    slug: str
    name: Names
    swatch: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """An attribute or (`pk` 0) an option. `code` names it in addresses; `paths` are the categories that it is for."""

    pk: int
    code: str
    name: Names
    kind: str
    unit: Names
    filterable: bool
    paths: tuple[str, ...]
    answers: dict[int, Answer]

    def label(self, value: str) -> str:
        """What `ListingFacet.value`, or a range of numbers like 10..20, is called."""
        if self.kind == AttributeKind.FLAG:
            return _("Yes") if value == "1" else _("No")
        if self.kind == AttributeKind.NUMBER:
            return self.measure(value)
        return next((str(answer.name) for answer in self.answers.values() if answer.slug == value), value)

    def measure(self, value: str) -> str:
        low, dots, high = value.partition("..")
        shown = f"{plain(low)}–{plain(high)}" if dots and high else plain(low)
        text = _("from %(number)s") % {"number": shown} if dots and not high else shown
        return f"{text}\u00a0{self.unit}" if str(self.unit) else text

    def is_for(self, path: str) -> bool:
        return not self.paths or any(path.startswith(each) for each in self.paths)


def plain(number: str) -> str:
    value = Decimal(number)
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return str(formats.number_format(value, decimal_pos=places, force_grouping=True))


def definitions() -> dict[str, Definition]:
    """By code, in the order in which they are shown; as they were at most a minute ago."""
    found: dict[str, Definition] | None = caches["local"].get(KEY)
    if found is None:
        found = {each.code: each for each in (*read_options(), *read_attributes())}
        caches["local"].set(KEY, found, SECONDS)
    return found


def read_options() -> list[Definition]:
    answers: dict[int, dict[int, Answer]] = {}
    for value in OptionValue.objects.order_by("sort_order", "pk"):
        name = Names(value.name_en or "", value.name_ru or "")
        answers.setdefault(value.option_type_id, {})[value.pk] = Answer(value.slug, name, value.swatch)
    return [
        Definition(
            0,
            f"o.{kind.slug}",
            Names(kind.name_en or "", kind.name_ru or ""),
            AttributeKind.CHOICE,
            Names("", ""),
            kind.filterable,
            (),
            answers.get(kind.pk, {}),
        )
        for kind in OptionType.objects.all()
    ]


def read_attributes() -> list[Definition]:
    answers: dict[int, dict[int, Answer]] = {}
    for choice in AttributeChoice.objects.order_by("sort_order", "pk"):
        name = Names(choice.name_en or "", choice.name_ru or "")
        answers.setdefault(choice.attribute_id, {})[choice.pk] = Answer(choice.slug, name)
    return [
        Definition(
            row.pk,
            f"a.{row.slug}",
            Names(row.name_en or "", row.name_ru or ""),
            row.kind,
            Names(row.unit_en or "", row.unit_ru or ""),
            row.filterable,
            tuple(category.path for category in row.categories.all()),
            answers.get(row.pk, {}),
        )
        for row in Attribute.objects.prefetch_related("categories")
    ]


def by_id() -> dict[int, Definition]:
    return {each.pk: each for each in definitions().values() if each.pk}


def forget() -> None:
    """An attribute was changed here: this process shows it at once, the others within a minute."""
    caches["local"].delete(KEY)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the specification table."""

    name: str
    value: str
    code: str = ""


def sheet(product: Product) -> list[SheetRow]:
    """The product's attributes in their order, then its own rows."""
    known = by_id()
    values = {row.attribute_id: row for row in product.attributes.all()}
    rows = [
        SheetRow(str(definition.name), shown(definition, values[pk]), definition.code)
        for pk, definition in known.items()
        if pk in values
    ]
    return rows + [SheetRow(row.name, row.value) for row in product.specifications.all()]


def shown(definition: Definition, row: ProductAttribute) -> str:
    if definition.kind == AttributeKind.TEXT:
        return row.text
    value = facet_value(definition, row)
    return definition.label(value) if value else ""


def facet_value(definition: Definition, row: ProductAttribute) -> str:
    """As ListingFacet keeps it; empty where the row does not fit the kind (any more)."""
    if definition.kind == AttributeKind.CHOICE:
        answer = definition.answers.get(row.choice_id or 0)
        return answer.slug if answer else ""
    return number_value(row.number) if definition.kind == AttributeKind.NUMBER else flag_value(row.flag)


def number_value(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def flag_value(flag: bool | None) -> str:
    return "" if flag is None else str(int(flag))
