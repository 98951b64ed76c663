"""Stock rows from before the ledger get an opening line, so that its sums are right from the first day."""

from django.db import migrations
from django.db.models import Q

BATCH = 1000


def open_ledger(apps, schema_editor):
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


def close_ledger(apps, schema_editor):
    apps.get_model("store", "StockMovement").objects.filter(reason="opening").delete()


class Migration(migrations.Migration):
    dependencies = [("store", "0003_add_stock_movements")]
    operations = [migrations.RunPython(open_ledger, close_ledger)]
