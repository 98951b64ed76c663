"""Variants by options: which values a variant has, its name from them, and all combinations of them at once."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product as cartesian

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from store import attributes, listing, option_values, search, stock
from store.drafts import carry_into_drafts
from store.errors import StoreError, UnknownCombination
from store.models import MAX_OPTIONS, OptionType, OptionValue, Product, Variant
from store.slugs import sku_part

MAX_COMBINATIONS = 200
SLOTS = ("option1", "option2", "option3")
NAME_LENGTH = 120


def arrange(values: Iterable[OptionValue]) -> list[OptionValue]:
    """In the order of their types. Raises StoreError for two of one type and for more than MAX_OPTIONS."""
    ordered = sorted(values, key=lambda value: (value.option_type.sort_order, value.option_type_id))
    types = [value.option_type_id for value in ordered]
    if len(set(types)) < len(types):
        raise StoreError(_("A variant has at most one value of each option."))
    if len(types) > MAX_OPTIONS:
        raise StoreError(_("A variant has at most %(most)d options.") % {"most": MAX_OPTIONS})
    return ordered


def assign(*, variant: Variant, values: Iterable[OptionValue]) -> Variant:
    """Set the options and the name made from them; the caller saves. Raises as `arrange` does."""
    ordered = arrange(values)
    slots: list[OptionValue | None] = [*ordered, *[None] * (MAX_OPTIONS - len(ordered))]
    for slot, value in zip(SLOTS, slots, strict=True):
        setattr(variant, slot, value)
    if ordered:
        variant.name_en, variant.name_ru = name_of(ordered, "en"), name_of(ordered, "ru")  # type: ignore[attr-defined]
    return variant


def name_of(values: Sequence[OptionValue], language: str) -> str:
    """“Navy, M”; a value without a name in the language is called as in the other one."""
    other = "en" if language == "ru" else "ru"
    names = (getattr(value, f"name_{language}") or getattr(value, f"name_{other}") or "" for value in values)
    return ", ".join(names)[:NAME_LENGTH]


def check_combinations(variants: Sequence[Sequence[OptionValue]]) -> None:
    """The variants of one product, each by its values. Raises StoreError when two are the same, or when they differ
    by different things: then nobody could choose among them."""
    if not any(variants):
        return
    combinations = [tuple(value.pk for value in arrange(values)) for values in variants]
    if len({tuple(value.option_type_id for value in arrange(values)) for values in variants}) > 1:
        raise StoreError(_("All variants of a product need a value of the same options."))
    twice = next((values for values in variants if combinations.count(ids(values)) > 1), None)
    if twice is not None:
        name = ", ".join(value.name for value in arrange(twice))
        raise StoreError(_("There are two variants “%(name)s”.") % {"name": name})


def ids(values: Sequence[OptionValue]) -> tuple[int, ...]:
    return tuple(value.pk for value in arrange(values))


def combine(*, product: Product, values: Iterable[OptionValue], price: Decimal, sku: str) -> list[Variant]:
    """Make the variants for every combination of the values that the product lacks; returns the new ones.

    `values` of several types; each SKU begins with `sku`. New variants have an empty stock. Raises StoreError when
    the product's other variants differ by other options, or when there would be too many.
    """
    by_type: dict[OptionType, list[OptionValue]] = {}
    for value in values:
        by_type.setdefault(value.option_type, []).append(value)
    if not by_type:
        raise StoreError(_("Choose at least one value."))
    wanted = [list(each) for each in cartesian(*by_type.values())]
    with transaction.atomic():
        Product.objects.select_for_update().get(pk=product.pk)
        existing = [values_of(each) for each in with_values(product) if each.active or each.value_ids]
        there = {ids(each) for each in existing}
        fresh = [each for each in wanted if ids(each) not in there]
        if len(existing) + len(fresh) > MAX_COMBINATIONS:
            raise StoreError(_("That would be more than %(most)d variants.") % {"most": MAX_COMBINATIONS})
        check_combinations([*existing, *fresh])
        made = make(product, fresh, price, sku)
        carry_into_drafts(new={product.pk: [variant.pk for variant in made]})
        listing.refresh(product_ids=[product.pk], indexing=False)
        search.update(product_ids=[product.pk])
    return made


def make(product: Product, combinations: list[list[OptionValue]], price: Decimal, sku: str) -> list[Variant]:
    last = product.variants.aggregate(last=Max("sort_order"))["last"]
    position = 0 if last is None else last + 1
    made = []
    taken = set(Variant.objects.filter(sku__istartswith=sku).values_list("sku", flat=True))
    for number, values in enumerate(combinations):
        variant = Variant(product=product, price=price, sort_order=position + number)
        assign(variant=variant, values=values)
        variant.sku = new_sku(sku, arrange(values), taken)
        made.append(variant)
    Variant.objects.bulk_create(made)
    stock.open_rows(variant_ids=[variant.pk for variant in made])
    return made


def new_sku(start: str, values: Sequence[OptionValue], taken: set[str]) -> str:
    base = "-".join([start, *(sku_part(value.slug) for value in values)])[:58]
    sku = next(each for each in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)
    taken.add(sku)
    return sku


def with_values(product: Product) -> list[Variant]:
    return list(
        product.variants.select_related(*(f"{slot}__option_type" for slot in SLOTS)).order_by("sort_order", "pk")
    )


def values_of(variant: Variant) -> list[OptionValue]:
    return [value for value in (variant.option1, variant.option2, variant.option3) if value is not None]


def find(*, product_id: int, wanted: Mapping[str, str]) -> str:
    """The SKU of the variant for sale with these values (option slug → value slug).

    Raises UnknownCombination when there is none.
    """
    offered = Variant.objects.filter(product_id=product_id, active=True).order_by("sort_order", "pk")
    for variant in offered:
        if {each.kind.slug: each.slug for each in option_values.values_of(variant.value_ids)} == dict(wanted):
            return variant.sku
    raise UnknownCombination


def option_saved(*, option_type: OptionType) -> None:
    """Call after an option or its values were edited: the variants are called by the new names, and lists know."""
    option_values.forget()
    attributes.forget()
    values = OptionValue.objects.filter(option_type=option_type).values("pk")
    concerned = Q(option1__in=values) | Q(option2__in=values) | Q(option3__in=values)
    rows = Variant.objects.filter(concerned).select_related(*(f"{slot}__option_type" for slot in SLOTS))
    changed = [assign(variant=variant, values=values_of(variant)) for variant in rows.iterator(500)]
    with transaction.atomic():
        # Cleared first: with the types in another order a combination may for a moment be another's.
        pks = [variant.pk for variant in changed]
        Variant.objects.filter(pk__in=pks).update(option1=None, option2=None, option3=None)
        Variant.objects.bulk_update(changed, [*SLOTS, "name", "name_en", "name_ru"], batch_size=500)
    listing.refresh(product_ids={variant.product_id for variant in changed})
