"""Imports products: idempotent by SKU, in short transactions, with a report of what was refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from store import listing, search, stock
from store.imports.files import Row
from store.imports.rows import ProductRow, RefusedRow, parse
from store.imports.shelves import Brands, Shelves
from store.models import MovementReason, Product, Stock, Variant
from store.movements import Cause
from store.slugs import Slugs

# SQLite lets nobody else write meanwhile: no transaction may take longer than a second.
BATCH = 200
TEXTS = ("name_en", "name_ru", "description_en", "description_ru")


@dataclass
class ImportReport:
    """What an import did, or (in a dry run) would do. `refused`: row number, SKU if known, reason."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + len(self.refused)


@dataclass
class Changes:
    """What one batch will write."""

    new: list[tuple[Product, Variant, Stock]] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)


def import_products(*, rows: Iterable[Row], stock: int = 0, dry_run: bool = False) -> ImportReport:
    """Create the products with unknown SKUs with `stock` pieces each (unless the row says how many), update the others.

    Known SKUs keep their stock; what a row does not mention stays as it is.
    """
    run = ProductImport(stock=stock, dry_run=dry_run)
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        run.take(batch)
    search.update(product_ids=run.touched)
    return run.report


class ProductImport:
    """One import's memory: shelves, brands, slugs and SKUs met so far."""

    def __init__(self, *, stock: int, dry_run: bool) -> None:
        self.stock = stock
        self.dry_run = dry_run
        self.report = ImportReport()
        self.shelves = Shelves(dry_run=dry_run)
        self.brands = Brands(dry_run=dry_run)
        self.slugs = Slugs(Product)
        self.met: dict[str, int] = {}
        self.touched: list[int] = []

    def take(self, batch: list[Row]) -> None:
        understood = list(self.understand(batch))
        with transaction.atomic():
            changes = self.compare(understood)
            if not self.dry_run:
                self.write(changes)

    def understand(self, batch: list[Row]) -> Iterator[ProductRow]:
        for row in batch:
            try:
                item = parse(row)
                if item.sku in self.met:
                    sentence = _("The SKU stands in row %(number)d already.")
                    raise RefusedRow(sentence % {"number": self.met[item.sku]})
            except RefusedRow as refusal:
                self.report.refused.append((row.number, str(row.values.get("sku") or ""), str(refusal)))
            else:
                self.met[item.sku] = row.number
                yield item

    def compare(self, items: list[ProductRow]) -> Changes:
        changes = Changes()
        skus = [item.sku for item in items]
        known = {variant.sku: variant for variant in Variant.objects.filter(sku__in=skus).select_related("product")}
        for item in items:
            try:
                if item.sku in known:
                    self.change(known[item.sku], item, changes)
                else:
                    changes.new.append(self.make(item))
                    self.report.created += 1
            except RefusedRow as refusal:
                self.report.refused.append((item.number, item.sku, str(refusal)))
        return changes

    def make(self, item: ProductRow) -> tuple[Product, Variant, Stock]:
        if item.name is None:
            raise RefusedRow(_("The name is missing."))
        if item.price is None:
            raise RefusedRow(_("The price is missing."))
        if item.categories is None:
            raise RefusedRow(_("The category is missing."))
        product = Product(
            slug=self.slugs.new(item.name, item.sku),
            category=self.shelves.find(item.categories),
            brand=self.brands.find(item.brand) if item.brand else None,
            popularity=item.popularity or 0,
            **texts(item),
        )
        variant = Variant(sku=item.sku, price=item.price, compare_at_price=item.compare_at_price, sort_order=0)
        return product, variant, Stock(on_hand=self.stock if item.stock is None else item.stock)

    def change(self, variant: Variant, item: ProductRow, changes: Changes) -> None:
        product = variant.product
        wanted: dict[str, Any] = {name: value for name, value in texts(item).items() if value is not None}
        if item.categories:
            wanted["category_id"] = self.shelves.find(item.categories).pk
        if item.brand:
            wanted["brand_id"] = self.brands.find(item.brand).pk
        if item.popularity is not None:
            wanted["popularity"] = item.popularity
        offer: dict[str, Decimal | None] = {"price": item.price, "compare_at_price": item.compare_at_price}
        product_differs = assign(product, wanted)
        variant_differs = assign(variant, {name: value for name, value in offer.items() if value is not None})
        if product_differs:
            changes.products.append(product)
        if variant_differs:
            changes.variants.append(variant)
        if product_differs or variant_differs:
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def write(self, changes: Changes) -> None:
        Product.objects.bulk_create([product for product, _variant, _stock in changes.new])
        for product, variant, _stock in changes.new:
            variant.product = product
        Variant.objects.bulk_create([variant for _product, variant, _stock in changes.new])
        for _product, variant, row in changes.new:
            row.variant = variant
        stock.open_with(stocks=[row for _product, _variant, row in changes.new], cause=Cause(MovementReason.IMPORTED))
        Product.objects.bulk_update(changes.products, ["name", *TEXTS, "category", "brand", "popularity"])
        Variant.objects.bulk_update(changes.variants, ["price", "compare_at_price"])
        ids = [product.pk for product, _variant, _stock in changes.new]
        ids += [product.pk for product in changes.products] + [variant.product_id for variant in changes.variants]
        listing.refresh(product_ids=ids, indexing=False)
        self.touched += ids


def texts(item: ProductRow) -> dict[str, str | None]:
    return {
        "name_en": item.name,
        "name_ru": item.name_ru,
        "description_en": item.description,
        "description_ru": item.description_ru,
    }


def assign(row: Any, wanted: dict[str, Any]) -> bool:
    """Set what differs; whether anything did."""
    differs = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in differs.items():
        setattr(row, name, value)
    return bool(differs)
