"""Typed attributes of imported products: compared with what is there, written where they differ."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from store import attributes
from store.imports import answers
from store.imports.answers import Answers
from store.imports.columns import ATTRIBUTE, RUSSIAN
from store.imports.rows import ProductRow
from store.imports.values import RefusedRow, flag, number, text
from store.models import Attribute, AttributeKind, Product, ProductAttribute

MAX_TEXT = 255
FIELDS = ("choice", "number", "flag", "text", "text_en", "text_ru")


class Properties:
    """One import's knowledge of attributes; rows of the products at hand by (product, attribute slug)."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.rows: dict[tuple[int, str], ProductAttribute] = {}
        self.touched: dict[tuple[int, str], ProductAttribute] = {}
        self.gone: dict[tuple[int, str], ProductAttribute] = {}
        self.products: dict[int, Product] = {}

    # Read only for files that speak of attributes.
    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        return {row.slug: row for row in Attribute.objects.all()}

    @cached_property
    def choices(self) -> Answers:
        return answers.attribute_choices(dry_run=self.dry_run)

    def look_at(self, items: Iterable[ProductRow], products: Sequence[Product]) -> None:
        """Read what these products have, where a row says anything of it."""
        self.rows, self.touched, self.gone, self.products = {}, {}, {}, {}
        if not any(item.attributes or clears(item) for item in items):
            return
        by_pk = {product.pk: product for product in products if product.pk}
        present = ProductAttribute.objects.filter(product__in=by_pk).select_related("attribute")
        for row in present:
            self.rows[id(by_pk[row.product_id]), row.attribute.slug] = row

    def change(self, product: Product, item: ProductRow) -> bool:
        """Note what the row asks for; whether anything differs. Raises RefusedRow, and then nothing is noted."""
        wanted: dict[str, dict[str, Any]] = {}
        for name, value in item.attributes.items():
            slug = name.removesuffix(RUSSIAN)
            wanted.setdefault(slug, {}).update(self.fields(slug, value, russian=name.endswith(RUSSIAN)))
        differs = False
        for slug in clears(item):
            row = self.rows.pop((id(product), slug), None)
            if row is not None:
                self.touched.pop((id(product), slug), None)
                self.gone[id(product), slug] = row
                differs = True
        for slug, fields in wanted.items():
            differs |= self.set(product, slug, fields)
        if differs:
            self.products[id(product)] = product
        return differs

    def fields(self, slug: str, value: Any, *, russian: bool) -> dict[str, Any]:
        attribute = self.attributes[slug]
        name = attribute.name or slug
        if attribute.kind == AttributeKind.NUMBER:
            return {"number": number(value, name)}
        if attribute.kind == AttributeKind.FLAG:
            return {"flag": flag(value, name)}
        if attribute.kind == AttributeKind.CHOICE:
            with translation.override("en"):
                return {"choice_id": self.choices.find(attribute, text(value)).pk}
        written = " ".join(text(value).split())
        if len(written) > MAX_TEXT:
            sentence = _("%(field)s is longer than %(most)d characters.")
            raise RefusedRow(sentence % {"field": name, "most": MAX_TEXT})
        return {"text_ru" if russian else "text_en": written}

    def set(self, product: Product, slug: str, fields: dict[str, Any]) -> bool:
        key = (id(product), slug)
        row = self.rows.get(key)
        if row is None:
            row = ProductAttribute(attribute=self.attributes[slug], sort_order=self.attributes[slug].sort_order)
            self.rows[key] = row
        elif all(same(getattr(row, name), value) for name, value in fields.items()):
            return False
        for name, value in fields.items():
            setattr(row, name, value)
        self.touched[key] = row
        return True

    def write(self) -> None:
        """Call it once the products have their keys."""
        if not self.products:
            return
        for (owner, _slug), row in self.touched.items():
            row.product = self.products[owner]
        ProductAttribute.objects.filter(pk__in=[row.pk for row in self.gone.values() if row.pk]).delete()
        rows = self.touched.values()
        ProductAttribute.objects.bulk_create([row for row in rows if not row.pk], 500)
        ProductAttribute.objects.bulk_update([row for row in rows if row.pk], FIELDS, 500)

    def forget(self) -> None:
        """New choices are known to the pages at once."""
        if "choices" in self.__dict__ and self.choices.made:
            attributes.forget()


def clears(item: ProductRow) -> list[str]:
    fields = (field.removeprefix(ATTRIBUTE) for field in item.cleared if field.startswith(ATTRIBUTE))
    return [name for name in fields if not name.endswith(RUSSIAN)]


def same(before: Any, after: Any) -> bool:
    if isinstance(after, str):
        return " ".join((before or "").split()) == after
    return bool(before == after)


def written(row: ProductAttribute, choices: dict[int, str]) -> dict[str, Any]:
    """Fields of a file, without what they begin with."""
    slug, kind = row.attribute.slug, row.attribute.kind
    if kind == AttributeKind.TEXT:
        return {slug: row.text_en, f"{slug}{RUSSIAN}": row.text_ru}  # type: ignore[attr-defined]
    if kind == AttributeKind.NUMBER:
        return {slug: plain(row.number)}
    return {slug: row.flag if kind == AttributeKind.FLAG else choices.get(row.choice_id or 0)}


def plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
