"""Shelves, brands and products of the demo."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify
from wagtail.search.backends import get_search_backends_with_name

from demo import attributes, ledger, sizes
from demo.content.kinds import Article, Family, Option, Shelf, Text, text
from demo.content.labels import COLOURS, KIND_OF_OPTION, LETTER_SIZES, OPTION_KINDS, SPECIFICATIONS
from demo.content.products import FAMILIES
from demo.content.shelves import BRANDS, TREE
from demo.drawings.palettes import DEVICE, TEXTILE
from demo.images import Images
from store import listing, stock
from store.models import (
    Brand,
    Category,
    OptionType,
    OptionValue,
    Product,
    ProductAttribute,
    ProductPicture,
    ProductSpecification,
    Stock,
    Variant,
)
from store.options import assign

M = TypeVar("M", bound=models.Model)
# (slug of the option, English name) → value
Values = dict[tuple[str, str], OptionValue]

NEW_FOR = timedelta(days=30)
OLDEST = 400
BATCH = 200


@dataclass(frozen=True)
class Draft:
    """One product to be: an article in its family; `copy` counts the copies that --scale asks for."""

    family: Family
    article: Article
    copy: int = 1

    @property
    def code(self) -> str:
        return self.article.code if self.copy == 1 else f"{self.article.code}-{self.copy}"

    @property
    def name(self) -> Text:
        name = self.article.name
        return name if self.copy == 1 else Text(f"{name.en}, edition {self.copy}", f"{name.ru}, выпуск {self.copy}")

    @property
    def chance(self) -> random.Random:
        """The same figures for the same product in every run."""
        return random.Random(self.code)

    @property
    def options(self) -> tuple[Option, ...]:
        own = self.article.options
        return (self.family.options if own is None else own) or (Option(Text("", "")),)


def make(*, images: Images, scale: int = 1) -> list[int]:
    """Put the whole assortment on sale; returns the primary keys of the products made now."""
    categories = {slug: category.pk for slug, category in make_shelves(images)}
    brands = {name: make_brand(name).pk for name in BRANDS}
    values = make_values()
    attributes.make()
    known = ledger.known(Product).keys() | set(Product.objects.values_list("slug", flat=True))
    drafts = [
        Draft(family, article, copy)
        for copy in range(1, scale + 1)
        for family in FAMILIES
        for article in family.articles
    ]
    fresh = [draft for draft in drafts if draft.code not in known]
    made: list[int] = []
    for start in range(0, len(fresh), BATCH):
        with transaction.atomic():
            made += make_products(fresh[start : start + BATCH], categories, brands, values, images)
    return made


def make_shelves(images: Images) -> Iterator[tuple[str, Category]]:
    for shelf in TREE:
        yield from make_shelf(shelf, None, images)


def make_shelf(shelf: Shelf, parent: Category | None, images: Images) -> Iterator[tuple[str, Category]]:
    category = Category.objects.filter(slug=shelf.slug).first()
    if category is None:
        texts = {f"{field}_{code}": getattr(shelf, field)[code] for field in ("name", "intro") for code in ("en", "ru")}
        image = images.get(shelf.picture) if shelf.picture else None
        if parent is not None:
            parent.refresh_from_db()
        add = Category.add_root if parent is None else parent.add_child
        category = add(slug=shelf.slug, image=image, **texts, **sizes.fields_of(shelf.slug))
        ledger.record(category, shelf.slug)
    yield shelf.slug, category
    for inner in shelf.shelves:
        yield from make_shelf(inner, category, images)


def make_brand(name: str) -> Brand:
    brand = Brand.objects.filter(name=name).first()
    if brand is None:
        brand = Brand.objects.create(name=name, slug=slugify(name))
        ledger.record(brand, name)
    return brand


def make_values() -> Values:
    """The options of the assortment: colours, and what else its articles come in."""
    made: Values = {}
    for position, (slug, name) in enumerate(OPTION_KINDS.items()):
        kind = once(
            OptionType,
            slug,
            {"slug": slug},
            name_en=name.en,
            name_ru=name.ru,
            is_colour=slug == "colour",
            sort_order=position,
        )
        for number, (value, swatch) in enumerate(values_of_kind(slug)):
            made[slug, value.en] = once(
                OptionValue,
                f"{slug}: {value.en}",
                {"option_type": kind, "name_en": value.en},
                name_ru=value.ru,
                swatch=swatch,
                sort_order=number,
            )
    return made


def once(model: type[M], name: str, key: dict[str, Any], **fields: Any) -> M:
    """The row with this key, made and recorded if there is none; the operator's own counts too."""
    row = model._default_manager.filter(**key).first()
    if row is None:
        row = model._default_manager.create(**key, **fields)
        ledger.record(row, name)
    return row


def values_of_kind(slug: str) -> list[tuple[Text, str]]:
    """The values with their colours; in the order in which the articles name them."""
    if slug == "colour":
        bases = {palette.name: palette.base for palette in (*DEVICE, *TEXTILE)}
        return [(name, bases[palette]) for palette, name in COLOURS.items()]
    found: dict[str, Text] = {}
    for family in FAMILIES:
        for article in family.articles if KIND_OF_OPTION.get(family.drawing) == slug else ():
            found |= {option.name.en: option.name for option in Draft(family, article).options if option.name.en}
    return [(name, "") for name in sorted(found.values(), key=lambda name: LETTER_SIZES.get(name.en, 0))]


def make_products(
    drafts: list[Draft], categories: dict[str, int], brands: dict[str, int], values: Values, images: Images
) -> list[int]:
    products = Product.objects.bulk_create(product(draft, categories, brands) for draft in drafts)
    pairs = list(zip(products, drafts, strict=True))
    variants = Variant.objects.bulk_create(row for pair in pairs for row in variants_of(*pair, values, images))
    stock.open_with(stocks=list(stocks_of(pairs, variants)))
    ProductPicture.objects.bulk_create(row for pair in pairs for row in pictures_of(*pair, images))
    described = attributes.described(pairs)
    ProductAttribute.objects.bulk_create(described.values)
    ProductSpecification.objects.bulk_create(row for pair in pairs for row in specifications_of(*pair, described))
    ledger.record_all({draft.code: row for row, draft in pairs})
    pks = [row.pk for row in products]
    listing.refresh(product_ids=pks)
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.get_index_for_model(Product).add_items(Product, products)
    return pks


def product(draft: Draft, categories: dict[str, int], brands: dict[str, int]) -> Product:
    age = draft.chance.randrange(2, OLDEST)
    created = timezone.now() - timedelta(days=age, hours=draft.chance.randrange(24))
    html = "<p>{}</p><p>{}</p>"
    return Product(
        slug=draft.code,
        name_en=draft.name.en,
        name_ru=draft.name.ru,
        brand_id=brands[draft.article.brand],
        category_id=categories[draft.family.shelf],
        description_en=format_html(html, draft.article.about.en, draft.family.note.en),
        description_ru=format_html(html, draft.article.about.ru, draft.family.note.ru),
        popularity=draft.article.popularity // draft.copy,
        new_until=(created + NEW_FOR).date() if created + NEW_FOR > timezone.now() else None,
        created_at=created,
    )


def variants_of(row: Product, draft: Draft, values: Values, images: Images) -> Iterator[Variant]:
    article = draft.article
    for palette in article.palettes:
        for option in draft.options:
            surcharge = Decimal(option.surcharge)
            chosen = [values["colour", COLOURS[palette].en]]
            if option.name.en:
                chosen.append(values[KIND_OF_OPTION[draft.family.drawing], option.name.en])
            tail = slugify(option.name.en).replace("-", "")
            variant = Variant(
                product=row,
                sku="-".join(part for part in (draft.code, palette[:3], tail) if part).upper(),
                price=Decimal(article.price) + surcharge,
                compare_at_price=Decimal(article.was) + surcharge if article.was else None,
                image=images.get(f"{draft.family.drawing}-{palette}"),
                sort_order=article.palettes.index(palette) * len(draft.options) + draft.options.index(option),
            )
            yield assign(variant=variant, values=chosen)


def stocks_of(pairs: list[tuple[Product, Draft]], variants: list[Variant]) -> Iterator[Stock]:
    """Around the article's usual count: some options run low, and now and then one is sold out."""
    drafts = {row.pk: draft for row, draft in pairs}
    for variant in variants:
        usual = drafts[variant.product_id].article.stock
        chance = random.Random(variant.sku)
        count = 0 if not usual or chance.random() < 0.06 else max(1, round(usual * chance.uniform(0.3, 1.4)))
        yield Stock(variant=variant, on_hand=count)


def pictures_of(row: Product, draft: Draft, images: Images) -> Iterator[ProductPicture]:
    for position, palette in enumerate(draft.article.palettes):
        yield ProductPicture(product=row, image=images.get(f"{draft.family.drawing}-{palette}"), sort_order=position)


def specifications_of(row: Product, draft: Draft, described: attributes.Described) -> Iterator[ProductSpecification]:
    """The rows that are no attributes."""
    for position, (key, value) in enumerate(draft.article.specs.items()):
        if (row.pk, key) in described.keys:
            continue
        label, shown = SPECIFICATIONS[key], text(value)
        yield ProductSpecification(
            product=row,
            name_en=label.en,
            name_ru=label.ru,
            value_en=shown.en,
            value_ru=shown.ru,
            sort_order=position,
        )


def codes() -> list[str]:
    """The slugs of the assortment itself; the copies that --scale makes show the same pictures."""
    return [article.code for family in FAMILIES for article in family.articles]
