"""Imports products: idempotent by SKU, in short transactions, with a report of what was refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from modelcluster.models import get_serializable_data_for_fields

from store import listing, products, search, stock
from store.errors import StockBelowReserved
from store.imports import specifications
from store.imports.files import Row
from store.imports.rows import ProductRow, parse
from store.imports.shelves import Brands, Shelves
from store.imports.values import RefusedRow
from store.models import MovementReason, Product, ProductSpecification, Stock, Variant
from store.movements import Cause
from store.slugs import Slugs

# SQLite lets nobody else write meanwhile: no transaction may take longer than a second.
BATCH = 200
TEXTS = ("name_en", "name_ru", "description_en", "description_ru")
PRODUCT_FIELDS = ("name", *TEXTS, "category", "brand", "popularity", "active", "new_until")
VARIANT_FIELDS = ("price", "compare_at_price", "name", "name_en", "name_ru", "active")


@dataclass(frozen=True)
class ImportOptions:
    """`stock`: pieces of each new SKU whose row does not say how many. Known ones keep theirs unless `set_stock`."""

    stock: int = 0
    set_stock: bool = False
    dry_run: bool = False
    actor: str = ""
    note: str = ""


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

    products: list[Product] = field(default_factory=list)
    variants: list[tuple[Variant, Stock]] = field(default_factory=list)
    changed_products: dict[int, Product] = field(default_factory=dict)
    changed_variants: list[Variant] = field(default_factory=list)
    sheets: list[tuple[Product, list[specifications.Texts]]] = field(default_factory=list)
    low_at: list[Stock] = field(default_factory=list)
    counts: dict[int, tuple[ProductRow, int]] = field(default_factory=dict)


def import_products(*, rows: Iterable[Row], stock: int = 0, dry_run: bool = False, **options: Any) -> ImportReport:
    """Create the products with unknown SKUs with `stock` pieces each (unless the row says how many), update the others.

    Known SKUs keep their stock (unless `set_stock`); what a row does not mention stays as it is.
    """
    run = ProductImport(ImportOptions(stock=stock, dry_run=dry_run, **options))
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        run.take(batch)
    search.update(product_ids=run.touched)
    return run.report


class ProductImport:
    """One import's memory: shelves, brands, slugs and SKUs met so far."""

    def __init__(self, options: ImportOptions) -> None:
        self.options = options
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

    def apply(self, items: list[ProductRow]) -> None:
        changes = self.compare(items)
        if not self.options.dry_run:
            # What is refused is said in the language of whoever asked; the texts' own columns are filled in one.
            with translation.override("en"):
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
        known = self.known(items)
        families = {variant.product_id: variant.product for variant in known.values()}
        by_slug = self.imagined | self.by_slug(items, known)
        sheets = self.sheets(items, [*families.values(), *by_slug.values()])
        for item in items:
            try:
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
            name_en=item.option_en or "",
            name_ru=item.option_ru or None,
            active=item.variant_active is not False,
            sort_order=sum(1 for other, _stock in changes.variants if other.product is product),
        )
        row = Stock(on_hand=self.options.stock if item.stock is None else item.stock, low_at=item.low_at)
        changes.variants.append((variant, row))
        self.change_sheet(product, item, changes, sheets)
        self.report.created += 1

    def make(self, item: ProductRow) -> Product:
        if item.name is None and item.name_ru is None:
            raise RefusedRow(_("The name is missing."))
        if item.categories is None:
            raise RefusedRow(_("The category is missing."))
        # Nothing is on that address, or the product would have been found.
        slug = item.slug or self.slugs.new(item.name or item.name_ru or "", item.sku)
        self.slugs.taken.add(slug)
        with translation.override("en"):
            return Product(
                slug=slug,
                category=self.shelves.find(item.categories),
                brand=self.brands.find(item.brand) if item.brand else None,
                popularity=item.popularity or 0,
                active=item.active is not False,
                new_until=item.new_until,
                **texts(item),
            )

    def change(self, variant: Variant, item: ProductRow, changes: Changes, sheets: Any) -> None:
        stocked = self.change_stock(variant, item, changes)
        differs = self.change_product(variant.product, item, changes)
        differs |= self.change_sheet(variant.product, item, changes, sheets)
        offer: dict[str, Decimal | bool | str | None] = {
            "price": item.price,
            "compare_at_price": item.compare_at_price,
            "name_en": item.option_en,
            "name_ru": item.option_ru,
            "active": item.variant_active,
        }
        wanted: dict[str, Any] = {name: value for name, value in offer.items() if value is not None}
        if "compare_at_price" in item.cleared:
            wanted["compare_at_price"] = None
        if assign(variant, wanted):
            changes.changed_variants.append(variant)
            differs = True
        if differs or stocked:
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def change_product(self, product: Product, item: ProductRow, changes: Changes) -> bool:
        wanted: dict[str, Any] = {name: value for name, value in texts(item).items() if value is not None}
        if item.categories:
            wanted["category_id"] = self.shelves.find(item.categories).pk
        if item.brand:
            wanted["brand_id"] = self.brands.find(item.brand).pk
        for name in ("popularity", "active", "new_until"):
            if (value := getattr(item, name)) is not None:
                wanted[name] = value
        wanted |= {name: None for name in ("brand_id", "new_until") if name.removesuffix("_id") in item.cleared}
        differs = assign(product, wanted)
        if differs and product.pk:
            changes.changed_products[product.pk] = product
        return differs

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
        Product.objects.bulk_create(changes.products)
        for variant, _row in changes.variants:
            # Only now does the product have the key that the variant must carry.
            variant.product = variant.product
        Variant.objects.bulk_create([variant for variant, _row in changes.variants])
        for variant, row in changes.variants:
            row.variant = variant
        cause = Cause(MovementReason.IMPORTED, actor=self.options.actor, note=self.options.note)
        stock.open_with(stocks=[row for _variant, row in changes.variants], cause=cause)
        Product.objects.bulk_update(changes.changed_products.values(), PRODUCT_FIELDS)
        Variant.objects.bulk_update(changes.changed_variants, VARIANT_FIELDS)
        Stock.objects.bulk_update(changes.low_at, ["low_at"])
        self.write_sheets(changes)
        self.write_counts(changes, cause)
        self.write_drafts(changes)
        ids = [product.pk for product in changes.products] + list(changes.changed_products)
        ids += [variant.product_id for variant in changes.changed_variants]
        ids += [variant.product_id for variant, _row in changes.variants]
        listing.refresh(product_ids=ids, indexing=False)
        self.touched += ids

    def write_drafts(self, changes: Changes) -> None:
        """What editors have begun keeps its own texts, but not the old figures."""
        sheets = {product.pk: rows for product, rows in changes.sheets}
        touched: dict[int, dict[str, Any]] = {product.pk: {} for product, _rows in changes.sheets}
        for product in changes.changed_products.values():
            touched[product.pk] = {name: product.serializable_value(name) for name in PRODUCT_FIELDS}
        for pk, rows in sheets.items():
            saved = ProductSpecification.objects.filter(product=pk).order_by("sort_order", "pk")
            touched[pk]["specifications"] = [get_serializable_data_for_fields(row) for row in saved] if rows else []
        variants: dict[int, dict[int, dict[str, Any]]] = {}
        for variant in changes.changed_variants:
            fields = {name: variant.serializable_value(name) for name in VARIANT_FIELDS}
            variants.setdefault(variant.product_id, {})[variant.pk] = fields
        for variant, _row in changes.variants:
            touched.setdefault(variant.product_id, {})
        known = [pk for pk in {*touched, *variants} if pk not in {product.pk for product in changes.products}]
        if known:
            products.update_drafts(
                products={pk: touched.get(pk, {}) for pk in known}, variants={pk: variants.get(pk, {}) for pk in known}
            )

    def write_sheets(self, changes: Changes) -> None:
        if changes.sheets:
            ProductSpecification.objects.filter(product__in=[product.pk for product, _rows in changes.sheets]).delete()
            rows = [row for product, sheet in changes.sheets for row in specifications.rows_of(product.pk, sheet)]
            ProductSpecification.objects.bulk_create(rows, 500)

    def write_counts(self, changes: Changes, cause: Cause) -> None:
        if changes.counts:
            counts = {variant_id: count for variant_id, (_item, count) in changes.counts.items()}
            for variant_id, error in stock.set_many(counts=counts, cause=cause).items():
                item = changes.counts[variant_id][0]
                self.report.refused.append((item.number, item.sku, str(error)))
                self.report.updated -= 1


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
