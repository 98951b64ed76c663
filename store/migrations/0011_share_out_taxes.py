"""Orders placed before tax was kept line by line get their shares: all was taxed at one rate then."""

from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.db import migrations

CENT = Decimal("0.01")


def share_out(apps: Any, schema_editor: Any) -> None:
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


class Migration(migrations.Migration):
    dependencies = [("store", "0010_add_checkout_rules")]

    operations = [migrations.RunPython(share_out, migrations.RunPython.noop)]
