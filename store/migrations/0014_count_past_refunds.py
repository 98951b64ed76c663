"""What earlier refunds have given back, and what earlier orders have sent, in the new columns."""

from typing import Any

from django.db import migrations
from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least

MONEY = DecimalField(max_digits=12, decimal_places=2)


def total(refunds: Any, owner: str) -> Any:
    """Of the refunds that belong to the outer row."""
    sums = refunds.order_by().values(owner).annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(sums, output_field=MONEY), Value(0, output_field=MONEY))


def count(apps: Any, schema_editor: Any) -> None:
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


class Migration(migrations.Migration):
    dependencies = [("store", "0013_add_part_refunds")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
