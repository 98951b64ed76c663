"""Imports products: idempotent by SKU, in short transactions, with a report of what was refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from store import options as product_options
from store import search
from store.errors import StockBelowReserved
from store.imports import changes as writing
from store.imports import specifications
from store.imports.changes import Changes
from store.imports.columns import Columns
from store.imports.combinations import Combinations
from store.imports.files import Row
from store.imports.properties import Properties
from store.imports.rows import ProductRow, parse
from store.imports.shelves import Brands, Shelves, TaxClasses
from store.imports.values import RefusedRow, rich
from store.models import MovementReason, Product, ProductSpecification, Stock, Variant
from store.movements import Cause
from store.slugs import Slugs

# SQLite lets nobody else write meanwhile: no transaction may take longer than a second.
BATCH = 200


@dataclass(frozen=True)
class ImportOptions:
    """`stock`: pieces of each new SKU whose row does not say how many. Known ones keep theirs unless `set_stock`.

    `mapping`: column → field where names do not say it, "" for what is left alone (see `columns`).
    """

    stock: int = 0
    set_stock: bool = False
    dry_run: bool = False
    actor: str = ""
    note: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


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


def import_products(*, rows: Iterable[Row], stock: int = 0, dry_run: bool = False, **options: Any) -> ImportReport:
    """Create the products with unknown SKUs with `stock` pieces each (unless the row says how many), update the others.

    Known SKUs keep their stock (unless `set_stock`); what a row does not mention stays as it is. Raises BadMapping.
    """
    run = ProductImport(ImportOptions(stock=stock, dry_run=dry_run, **options))
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        run.take(batch)
    run.finish()
    return run.report


class ProductImport:
    """One import's memory: shelves, brands, slugs and SKUs met so far."""

    def __init__(self, options: ImportOptions) -> None:
        self.options = options
        self.columns = Columns(options.mapping)
        self.combinations = Combinations(dry_run=options.dry_run)
        self.properties = Properties(dry_run=options.dry_run)
        self.tax_classes = TaxClasses()
        self.report = ImportReport()
        self.shelves = Shelves(dry_run=options.dry_run)
        self.brands = Brands(dry_run=options.dry_run)
        self.slugs = Slugs(Product)
        self.met: dict[str, int] = {}
        self.touched: list[int] = []
        # Products of a dry run exist only here; later rows may name them.
        self.imagined: dict[str, Product] = {}

    def take(self, batch: list[Row]) -> None:
        understood = list(self.understand(batch))
        with transaction.atomic():
            self.apply(understood)

    def finish(self) -> None:
        """Searches learn of what was touched since the last call."""
        search.update(product_ids=self.touched)
        self.touched.clear()
        self.brands.index_new()
        self.combinations.forget()
        self.properties.forget()

    def apply(self, items: list[ProductRow]) -> None:
        changes = self.compare(items)
        if not self.options.dry_run:
            # What is refused is said in the language of whoever asked; the texts' own columns are filled in one.
            with translation.override("en"):
                self.write(changes)

    def understand(self, batch: list[Row]) -> Iterator[ProductRow]:
        for row in batch:
            try:
                item = parse(row, self.columns)
                if item.sku in self.met:
                    sentence = _("The SKU stands in row %(number)d already.")
                    raise RefusedRow(sentence % {"number": self.met[item.sku]})
            except RefusedRow as refusal:
                self.report.refused.append((row.number, self.sku_of(row), str(refusal)))
            else:
                self.met[item.sku] = row.number
                yield item

    def sku_of(self, row: Row) -> str:
        return str(self.columns.cells(row.values)["sku"] or "")

    def compare(self, items: list[ProductRow]) -> Changes:
        changes = Changes()
        known = self.known(items)
        families = {variant.product_id: variant.product for variant in known.values()}
        by_slug = self.imagined | self.by_slug(items, known)
        products = [*families.values(), *by_slug.values()]
        sheets = self.sheets(items, products)
        self.combinations.arrange(items, known, by_slug)
        self.properties.look_at(items, products)
        for item in items:
            try:
                if sentence := self.combinations.refused.get(item.sku):
                    raise RefusedRow(sentence)
                variant = known.get(item.sku)
                if variant is not None:
                    # Rows of one product must change one and the same object.
                    variant.product = families[variant.product_id]
                    self.change(variant, item, changes, sheets)
                else:
                    self.add(item, changes, by_slug, sheets)
            except RefusedRow as refusal:
                self.report.refused.append((item.number, item.sku, str(refusal)))
        return changes

    def known(self, items: list[ProductRow]) -> dict[str, Variant]:
        variants = Variant.objects.filter(sku__in=[item.sku for item in items]).select_related("product", "stock")
        return {variant.sku: variant for variant in variants}

    def by_slug(self, items: list[ProductRow], known: dict[str, Variant]) -> dict[str, Product]:
        """Products that new SKUs belong to."""
        slugs = {item.slug for item in items if item.slug and item.sku not in known}
        return {product.slug: product for product in Product.objects.filter(slug__in=slugs)} if slugs else {}

    def sheets(self, items: list[ProductRow], products: list[Product]) -> dict[int, list[ProductSpecification]]:
        """The present data sheets, read only where a row brings one."""
        found: dict[int, list[ProductSpecification]] = {}
        if any(item.specifications_en or item.specifications_ru for item in items):
            ids = [product.pk for product in products if product.pk]
            for row in ProductSpecification.objects.filter(product_id__in=ids).order_by("sort_order", "pk"):
                found.setdefault(row.product_id, []).append(row)
        return found

    def add(self, item: ProductRow, changes: Changes, by_slug: dict[str, Product], sheets: Any) -> None:
        """A new SKU: of a product that is there (by its slug), or of a new one."""
        if item.price is None:
            raise RefusedRow(_("The price is missing."))
        product = by_slug.get(item.slug or "")
        if product is None:
            product = self.make(item)
            # Before anybody else knows of it: it may be refused.
            self.properties.change(product, item)
            by_slug[product.slug] = product
            changes.products.append(product)
            if self.options.dry_run:
                self.imagined[product.slug] = product
        else:
            self.change_product(product, item, changes)
        variant = Variant(
            product=product,
            sku=item.sku,
            price=item.price,
            compare_at_price=item.compare_at_price,
            weight=item.weight,
            name_en=item.option_en or "",
            name_ru=item.option_ru or None,
            active=item.variant_active is not False,
            sort_order=sum(1 for other, _stock in changes.variants if other.product is product),
        )
        product_options.assign(variant=variant, values=self.combinations.wanted.get(item.sku, ()))
        row = Stock(on_hand=self.options.stock if item.stock is None else item.stock, low_at=item.low_at)
        changes.variants.append((variant, row))
        self.change_sheet(product, item, changes, sheets)
        self.report.created += 1

    def make(self, item: ProductRow) -> Product:
        if item.name is None and item.name_ru is None:
            raise RefusedRow(_("The name is missing."))
        if item.categories is None:
            raise RefusedRow(_("The category is missing."))
        check_window(item.publish_from, item.publish_until)
        tax_class = self.tax_classes.find(item.tax_class) if item.tax_class else None
        # Nothing is on that address, or the product would have been found.
        slug = item.slug or self.slugs.new(item.name or item.name_ru or "", item.sku)
        self.slugs.taken.add(slug)
        with translation.override("en"):
            product = Product(
                slug=slug,
                category=self.shelves.find(item.categories),
                brand=self.brands.find(item.brand) if item.brand else None,
                tax_class=tax_class,
                popularity=item.popularity or 0,
                active=item.active is not False,
                new_until=item.new_until,
                go_live_at=item.publish_from,
                expire_at=item.publish_until,
                **texts(item),
            )
        product.live = item.live is not False and not writing.is_to_come(product)
        return product

    def change(self, variant: Variant, item: ProductRow, changes: Changes, sheets: Any) -> None:
        stocked = self.change_stock(variant, item, changes)
        differs = self.change_product(variant.product, item, changes)
        differs |= self.change_sheet(variant.product, item, changes, sheets)
        if self.change_offer(variant, item, changes):
            changes.changed_variants.append(variant)
            differs = True
        if differs or stocked:
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def change_offer(self, variant: Variant, item: ProductRow, changes: Changes) -> bool:
        values = self.combinations.wanted.get(item.sku)
        offer: dict[str, Any] = {
            "price": item.price,
            "compare_at_price": item.compare_at_price,
            "weight": item.weight,
            "active": item.variant_active,
        }
        if values == [] or (values is None and variant.option1_id is None):
            # Else it is called by its options.
            offer |= {"name_en": item.option_en, "name_ru": item.option_ru}
        wanted = {name: value for name, value in offer.items() if value is not None}
        wanted |= {name: None for name in ("compare_at_price", "weight") if name in item.cleared}
        differs = assign(variant, wanted)
        if values is not None:
            product_options.assign(variant=variant, values=values)
            changes.moved.append(variant.pk)
        return differs or values is not None

    def change_product(self, product: Product, item: ProductRow, changes: Changes) -> bool:
        wanted = self.wanted_of(product, item)
        properties_differ = self.properties.change(product, item)
        differs = assign(product, wanted)
        if differs and product.pk:
            changes.changed_products[product.pk] = product
            if "go_live_at" in wanted and not product.live and writing.is_to_come(product):
                changes.waiting[product.pk] = product
        return differs or properties_differ

    def wanted_of(self, product: Product, item: ProductRow) -> dict[str, Any]:
        """The fields that the row mentions. Raises RefusedRow."""
        wanted: dict[str, Any] = {
            name: value for name, value in texts(item).items() if differs_from(product, name, value)
        }
        if item.categories and not self.shelves.is_called(product.category_id, item.categories):
            wanted["category_id"] = self.shelves.find(item.categories).pk
        if item.brand and not self.brands.is_called(product.brand_id, item.brand):
            wanted["brand_id"] = self.brands.find(item.brand).pk
        if item.tax_class:
            wanted["tax_class_id"] = self.tax_classes.find(item.tax_class).pk
        window = {"go_live_at": item.publish_from, "expire_at": item.publish_until}
        for name in ("popularity", "active", "new_until"):
            window[name] = getattr(item, name)
        wanted |= {name: value for name, value in window.items() if value is not None}
        wanted |= {name: None for field, name in CLEARED.items() if field in item.cleared}
        if wanted.keys() & {"go_live_at", "expire_at"}:
            check_window(wanted.get("go_live_at", product.go_live_at), wanted.get("expire_at", product.expire_at))
        start = wanted.get("go_live_at")
        if start and start != product.go_live_at and product.live and start > timezone.now():
            raise RefusedRow(_("It is in the shop already: unpublish it before it gets a day to come."))
        return wanted

    def change_sheet(self, product: Product, item: ProductRow, changes: Changes, sheets: Any) -> bool:
        sheet = specifications.wanted(sheets.get(product.pk, []), item.specifications_en, item.specifications_ru)
        if sheet is None:
            return False
        changes.sheets = [(other, rows) for other, rows in changes.sheets if other is not product]
        changes.sheets.append((product, sheet))
        return True

    def change_stock(self, variant: Variant, item: ProductRow, changes: Changes) -> bool:
        row = getattr(variant, "stock", None)
        low_differs = False
        if row is not None and (item.low_at is not None or "low_at" in item.cleared):
            low_differs = assign(row, {"low_at": item.low_at})
            if low_differs:
                changes.low_at.append(row)
        if not self.options.set_stock or item.stock is None or (row is not None and row.on_hand == item.stock):
            return low_differs
        if row is not None and row.reserved > item.stock:
            raise RefusedRow(str(StockBelowReserved(variant.sku, row.reserved)))
        changes.counts[variant.pk] = (item, item.stock)
        return True

    def write(self, changes: Changes) -> None:
        cause = Cause(MovementReason.IMPORTED, actor=self.options.actor, note=self.options.note)
        changes.waiting |= {id(product): product for product in changes.products if writing.is_to_come(product)}
        self.touched += writing.write(changes, self.properties, cause)
        for item, error in writing.write_counts(changes, cause):
            self.report.refused.append((item.number, item.sku, str(error)))
            self.report.updated -= 1


# What a dash empties: field of the file → column.
CLEARED = {
    "brand": "brand_id",
    "new_until": "new_until",
    "tax_class": "tax_class_id",
    "publish_from": "go_live_at",
    "publish_until": "expire_at",
}


def texts(item: ProductRow) -> dict[str, str | None]:
    return {
        "name_en": item.name,
        "name_ru": item.name_ru,
        "description_en": item.description,
        "description_ru": item.description_ru,
    }


def differs_from(product: Product, name: str, value: str | None) -> bool:
    """Whether the text is another one, and not only written differently."""
    present = getattr(product, name) or ""
    if value is None or value == present:
        return False
    if name.startswith("description"):
        return value != rich(present)
    return value != " ".join(present.split())


def check_window(start: Any, end: Any) -> None:
    if start and end and start >= end:
        raise RefusedRow(_("The last day of the product comes before its first."))


def assign(row: Any, wanted: dict[str, Any]) -> bool:
    """Set what differs; whether anything did."""
    differs = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in differs.items():
        setattr(row, name, value)
    return bool(differs)
