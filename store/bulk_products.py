"""One change for thousands of variants: worked out first, shown, confirmed, and then done exactly as it was shown."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store import listing, stock
from store.bulk_prices import PriceRule
from store.drafts import carry_into_drafts
from store.errors import StoreError
from store.models import Product, Variant
from store.movements import Cause

MAX_VARIANTS = 100_000


class StockMode(models.TextChoices):
    """What happens to the count."""

    KEEP = "", gettext_lazy("leave as it is")
    SET = "set", gettext_lazy("set to")
    ADD = "add", gettext_lazy("change by")


class Visibility(models.TextChoices):
    """What happens to products or variants for sale."""

    KEEP = "", gettext_lazy("leave as it is")
    SHOW = "show", gettext_lazy("put the products on sale")
    HIDE = "hide", gettext_lazy("take the products off sale")
    SHOW_VARIANT = "show_variant", gettext_lazy("put these variants on sale")
    HIDE_VARIANT = "hide_variant", gettext_lazy("take these variants off sale")


@dataclass(frozen=True)
class Edit:
    """What is to be done. `keep_old_price`: what was asked so far becomes the price before."""

    price: PriceRule = PriceRule()
    keep_old_price: bool = False
    stock_mode: str = StockMode.KEEP
    stock_value: int = 0
    visibility: str = Visibility.KEEP

    @property
    def is_empty(self) -> bool:
        return not (self.price.mode or self.stock_mode or self.visibility)


@dataclass(slots=True)
class Change:
    """One variant: before → after of what changes, or why it cannot."""

    variant_id: int
    product_id: int
    sku: str
    name: str
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    error: str = ""

    def as_line(self) -> str:
        return json.dumps([self.variant_id, self.product_id, self.sku, self.values], default=str)


@dataclass
class Plan:
    """Everything that would happen, in the order of SKUs."""

    changes: list[Change] = field(default_factory=list)
    errors: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def digest(self) -> str:
        """Names exactly these changes: a confirmation is for them and no others."""
        lines = "\n".join(change.as_line() for change in self.changes)
        return hashlib.sha256(lines.encode()).hexdigest()[:32]


def variants_of_skus(skus: Iterable[str]) -> tuple[QuerySet[Variant], list[str]]:
    """The variants with these SKUs, and the SKUs that nothing has."""
    wanted = list(dict.fromkeys(skus))
    found = Variant.objects.filter(sku__in=wanted)
    known = set(found.values_list("sku", flat=True))
    return found, [sku for sku in wanted if sku not in known]


def work_out(*, variants: QuerySet[Variant], edit: Edit, unknown: Iterable[str] = ()) -> Plan:
    """What the edit would do to each. Raises StoreError when there are too many, or nothing to do."""
    if edit.is_empty:
        raise StoreError(_("Choose what is to be changed."))
    if variants.count() > MAX_VARIANTS:
        raise StoreError(_("Choose at most %(most)d variants at once.") % {"most": MAX_VARIANTS})
    plan = Plan(errors=[Change(0, 0, sku, "", error=_("Nothing has this SKU.")) for sku in unknown])
    for variant in variants.select_related("product", "stock").order_by("sku").iterator(1000):
        change = Change(variant.pk, variant.product_id, variant.sku, str(variant))
        try:
            fill(change, variant, edit)
        except StoreError as error:
            change.error = str(error)
            plan.errors.append(change)
        else:
            if change.values:
                plan.changes.append(change)
            else:
                plan.unchanged += 1
    return plan


def fill(change: Change, variant: Variant, edit: Edit) -> None:
    price = edit.price.apply(variant.price)
    before = variant.compare_at_price
    if edit.keep_old_price and price < variant.price:
        before = max(variant.price, before or variant.price)
    count = getattr(variant, "stock", None)
    on_hand, reserved = (count.on_hand, count.reserved) if count else (0, 0)
    after = {StockMode.SET: edit.stock_value, StockMode.ADD: on_hand + edit.stock_value}.get(
        StockMode(edit.stock_mode), on_hand
    )
    if after != on_hand:
        stock.check_count(after)
        if after < reserved:
            sentence = _("Orders hold %(reserved)d: the count on hand cannot be lower.")
            raise StoreError(sentence % {"reserved": reserved})
    shown = edit.visibility in (Visibility.SHOW, Visibility.SHOW_VARIANT)
    by_product = edit.visibility in (Visibility.SHOW, Visibility.HIDE)
    by_variant = edit.visibility in (Visibility.SHOW_VARIANT, Visibility.HIDE_VARIANT)
    pairs = {
        "price": (variant.price, price),
        "compare_at_price": (variant.compare_at_price, before),
        "on_hand": (on_hand, after),
        "active": (variant.product.active, shown if by_product else variant.product.active),
        "variant_active": (variant.active, shown if by_variant else variant.active),
    }
    change.values = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


Line = tuple[int, int, str, dict[str, list[Any]]]


def carry_out(*, lines: list[Line], relative_stock: bool, cause: Cause) -> tuple[int, list[tuple[int, str]]]:
    """Do what was shown, where the price is still what it was; how many, and `(variant id, reason)` of the others.

    Call it in a transaction that also notes that it was done: a percentage must not be taken twice.
    """
    refused: list[tuple[int, str]] = []
    with transaction.atomic():
        ids = [line[0] for line in lines]
        variants = {row.pk: row for row in Variant.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
        done = []
        for line in lines:
            variant = variants.get(line[0])
            if variant is None or not still(variant, line[3]):
                refused.append((line[0], _("It was changed by somebody since.")))
            else:
                done.append(line)
        failed = change_stock(done, relative_stock, cause)
        refused += [(variant_id, str(error)) for variant_id, error in failed.items()]
        done = [line for line in done if line[0] not in failed]
        write(done, variants)
    return len(done), refused


def still(variant: Variant, values: dict[str, list[Any]]) -> bool:
    return "price" not in values or variant.price == Decimal(str(values["price"][0]))


def change_stock(lines: list[Line], relative: bool, cause: Cause) -> dict[int, StoreError]:
    counts = {}
    for variant_id, _product, _sku, values in lines:
        if "on_hand" in values:
            before, after = values["on_hand"]
            counts[variant_id] = after - before if relative else after
    return stock.set_many(counts=counts, cause=cause, relative=relative) if counts else {}


def write(lines: list[Line], variants: dict[int, Variant]) -> None:
    changed, drafts = [], defaultdict(dict)  # type: ignore[var-annotated]
    on_sale: dict[bool, set[int]] = {True: set(), False: set()}
    for variant_id, product_id, _sku, values in lines:
        fields: dict[str, Any] = {
            name: money(values[name][1]) for name in ("price", "compare_at_price") if name in values
        }
        if "variant_active" in values:
            fields["active"] = values["variant_active"][1]
        if fields:
            for name, value in fields.items():
                setattr(variants[variant_id], name, value)
            changed.append(variants[variant_id])
            drafts[product_id][variant_id] = list(fields)
        if "active" in values:
            on_sale[values["active"][1]].add(product_id)
    Variant.objects.bulk_update(changed, ["price", "compare_at_price", "active"], 500)
    for active, product_ids in on_sale.items():
        if product_ids:
            Product.objects.filter(pk__in=product_ids).update(active=active)
    touched = {line[1] for line in lines}
    carry_into_drafts(variants=drafts, products={pk: ["active"] for pks in on_sale.values() for pk in pks})
    listing.refresh(product_ids=touched)


def money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def lines_of(plan: Plan) -> Iterator[bytes]:
    for change in plan.changes:
        yield change.as_line().encode() + b"\n"
