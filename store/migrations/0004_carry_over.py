"""What shops from before the second half get in its new tables and columns.

An opening line in the stock ledger, so that its sums are right from the first day; the tax of orders shared out to
their lines (all was taxed at one rate then); what refunds have given back and what has been sent; the words of the
catalogue for the spelling.
"""

import re
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.db import migrations
from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least

BATCH = 1000
CENT = Decimal("0.01")
MONEY = DecimalField(max_digits=12, decimal_places=2)
WORD = re.compile(r"[^\W\d_]{3,40}")


def open_ledger(apps: Any, schema_editor: Any) -> None:
    Stock = apps.get_model("store", "Stock")
    StockMovement = apps.get_model("store", "StockMovement")
    rows = Stock.objects.exclude(Q(on_hand=0), Q(reserved=0)).order_by("pk")
    lines = (
        StockMovement(
            variant_id=variant_id,
            sku=sku,
            reason="opening",
            on_hand_change=on_hand,
            reserved_change=reserved,
            on_hand=on_hand,
            reserved=reserved,
        )
        for variant_id, sku, on_hand, reserved in rows.values_list(
            "variant_id", "variant__sku", "on_hand", "reserved"
        ).iterator(BATCH)
    )
    StockMovement.objects.bulk_create(lines, BATCH)


def share_out_taxes(apps: Any, schema_editor: Any) -> None:
    orders = apps.get_model("store", "Order").objects.filter(tax__gt=0, taxes=[])
    for order in orders.prefetch_related("lines").iterator(chunk_size=500):
        net = order.total - order.tax
        rate = (order.tax * 100 / net).quantize(Decimal("0.1")).quantize(CENT) if net else Decimal(0)
        lines = list(order.lines.all())
        sums = [line.total for line in lines] + [order.shipping]
        total = sum(sums) or Decimal(1)
        parts = [(order.tax * part / total).quantize(CENT, rounding=ROUND_FLOOR) for part in sums]
        for position in range(int((order.tax - sum(parts)) / CENT)):
            parts[position % len(parts)] += CENT
        for line, part in zip(lines, parts, strict=False):
            line.tax, line.tax_rate = part, rate
            line.save(update_fields=["tax", "tax_rate"])
        order.taxes = [{"rate": f"{rate.normalize():f}", "net": str(net), "tax": str(order.tax)}]
        order.shipping_tax, order.shipping_tax_rate = parts[-1], rate
        order.save(update_fields=["taxes", "shipping_tax", "shipping_tax_rate"])


def total(refunds: Any, owner: str) -> Any:
    """Of the refunds that belong to the outer row."""
    sums = refunds.order_by().values(owner).annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(sums, output_field=MONEY), Value(0, output_field=MONEY))


def count_refunds(apps: Any, schema_editor: Any) -> None:
    Order, OrderLine = apps.get_model("store", "Order"), apps.get_model("store", "OrderLine")
    Payment, Refund = apps.get_model("store", "Payment"), apps.get_model("store", "Refund")
    going = Refund.objects.filter(payment=OuterRef("pk")).exclude(status="failed")
    Payment.objects.filter(refunds__isnull=False, received__isnull=False).update(
        given_back=Least(total(going, "payment"), F("received"))
    )
    gone = Refund.objects.filter(payment__order=OuterRef("pk"), status="succeeded", is_surplus=False)
    Order.objects.filter(payments__refunds__isnull=False).update(
        refunded=Least(total(gone, "payment__order"), F("total"))
    )
    OrderLine.objects.filter(order__status="refunded").update(refunded=F("quantity"), called_off=F("quantity"))
    OrderLine.objects.filter(order__status__in=["shipped", "delivered"]).update(shipped=F("quantity"))


def learn_words(apps: Any, schema_editor: Any) -> None:
    names = ("name_en", "name_ru", "brand__name", "category__name_en", "category__name_ru")
    products = apps.get_model("store", "Product").objects.filter(listing__isnull=False)
    words = set()
    for row in products.values_list(*names).iterator():
        words.update(word for name in row if name for word in WORD.findall(name.lower()))
    model = apps.get_model("store", "SearchWord")
    model.objects.bulk_create([model(word=word) for word in sorted(words)], batch_size=2000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("store", "0003_index_searches")]
    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (open_ledger, share_out_taxes, count_refunds, learn_words)
    ]
