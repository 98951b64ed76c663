"""The options of imported variants: which values each of them will have, looked at product by product."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import translation

from store import attributes, option_values, options
from store.errors import StoreError
from store.imports import answers
from store.imports.answers import Answers
from store.imports.columns import OPTION
from store.imports.rows import ProductRow
from store.imports.values import RefusedRow
from store.models import OptionType, OptionValue, Product, Variant

Values = list[OptionValue]


@dataclass(slots=True)
class Member:
    """One variant of a product, as it is (or is to be made) and as the file wants it."""

    before: Values
    counts: bool
    item: ProductRow | None = None
    after: Values | None = None

    @property
    def values(self) -> Values:
        return self.before if self.after is None else self.after


class Combinations:
    """One import's knowledge of options. `refused` and `wanted` are those of the batch arranged last, by SKU."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.wanted: dict[str, Values] = {}
        self.refused: dict[str, str] = {}

    # Read only for files that speak of options.
    @cached_property
    def types(self) -> dict[str, OptionType]:
        return {row.slug: row for row in OptionType.objects.all()}

    @cached_property
    def answers(self) -> Answers:
        return answers.option_values(dry_run=self.dry_run)

    def arrange(
        self, items: Iterable[ProductRow], known: Mapping[str, Variant], by_slug: Mapping[str, Product]
    ) -> None:
        """Work out what the rows ask for. A row whose variant could not stand beside the others is refused."""
        self.wanted, self.refused = {}, {}
        families: dict[int | str, dict[str, Member]] = {}
        for item in items:
            key = family_of(item, known, by_slug)
            families.setdefault(key, {})[item.sku] = Member([], item.variant_active is not False, item)
        if any(item.options or clears(item) for item in items):
            self.join_present(families)
        for family in families.values():
            self.arrange_family(family)

    def join_present(self, families: dict[int | str, dict[str, Member]]) -> None:
        slots = [f"{slot}__option_type" for slot in options.SLOTS]
        ids = [key for key in families if isinstance(key, int)]
        for variant in Variant.objects.filter(product__in=ids).select_related(*slots):
            member = families[variant.product_id].setdefault(variant.sku, Member([], True))
            member.before = options.values_of(variant)
            active = member.item.variant_active if member.item else None
            member.counts = variant.active if active is None else active

    def arrange_family(self, family: dict[str, Member]) -> None:
        for sku, member in family.items():
            if member.item is not None and (member.item.options or clears(member.item)):
                try:
                    after = self.merged(member)
                except (RefusedRow, StoreError) as refusal:
                    self.refused[sku] = str(refusal)
                else:
                    member.after = after if keys(after) != keys(member.before) else None
        changed = {sku: member for sku, member in family.items() if member.after is not None}
        while changed and (sentence := problem(family.values())):
            sku = culprit(family, list(changed))
            self.refused[sku] = sentence
            changed.pop(sku).after = None
        self.wanted |= {sku: member.values for sku, member in changed.items()}

    def merged(self, member: Member) -> Values:
        """The values that it has, but for the options that the row mentions."""
        item = member.item
        if item is None:
            return member.before
        kept = {value.option_type.slug: value for value in member.before}
        for slug in clears(item):
            kept.pop(slug, None)
        for slug, written in item.options.items():
            with translation.override("en"):
                kept[slug] = self.answers.find(self.types[slug], written)
        return options.arrange(kept.values())

    def forget(self) -> None:
        """New values are known to the pages at once."""
        if "answers" in self.__dict__ and self.answers.made:
            option_values.forget()
            attributes.forget()


def family_of(item: ProductRow, known: Mapping[str, Variant], by_slug: Mapping[str, Product]) -> int | str:
    """The product of the row: by its key, or by something that only rows of the same new product have."""
    if item.sku in known:
        return known[item.sku].product_id
    product = by_slug.get(item.slug or "")
    return (product.pk if product else None) or item.slug or f"\0{item.sku}"


def clears(item: ProductRow) -> list[str]:
    return [field.removeprefix(OPTION) for field in item.cleared if field.startswith(OPTION)]


def keys(values: Iterable[OptionValue]) -> tuple[int, ...]:
    return tuple(value.pk for value in values)


def problem(members: Iterable[Member]) -> str:
    try:
        options.check_combinations([member.values for member in members if member.counts or member.values])
    except StoreError as error:
        return str(error)
    return ""


def culprit(family: dict[str, Member], changed: list[str]) -> str:
    """The last of the changed rows that says what another one says, else the last."""
    times = Counter(keys(member.values) for member in family.values())
    twice = [sku for sku in changed if times[keys(family[sku].values)] > 1]
    return (twice or changed)[-1]
