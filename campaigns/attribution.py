"""Orders that followed a click in a message, counted for the last one clicked.

Every step says how things are now and not what has changed: signals may come twice, late or in any order.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from campaigns import touches, tracking
from campaigns.models import Attribution, Delivery, DeliveryEvent
from store.models import Order

# How far back the catching-up looks.
CATCH_UP = timedelta(days=3)


def attribute(*, order_id: int) -> Attribution | None:
    """The order's mailing, if a click brought it and its reader still agrees that we know."""
    with transaction.atomic():
        # Behind the order's lock: a refund that is under way is either seen here or finds our row.
        order = Order.objects.select_for_update().filter(pk=order_id, paid_at__isnull=False).first()
        delivery = clicked_before(order) if order else None
        if order is None or delivery is None:
            return None
        made, _created = Attribution.objects.get_or_create(
            order=order,
            defaults={
                "run": delivery.run,
                "delivery": delivery,
                "amount": order.total,
                "refunded": order.refunded,
                "currency": order.currency,
                "at": order.paid_at,
            },
        )
        return made


def clicked_before(order: Order) -> Delivery | None:
    """The delivery of the last click, within the days that a click counts for."""
    touch = touches.read(order.attribution)
    if touch is None:
        return None
    pk, at = touch
    if not timedelta(0) <= order.placed_at - at + timedelta(minutes=1) <= within() + timedelta(minutes=1):
        return None
    delivery = tracking.delivery_of(pk)
    if delivery is None or not tracking.may_be_noted(delivery, DeliveryEvent.Kind.CLICKED):
        return None
    # A burst may have shown since that it was a program's click.
    return delivery if delivery.clicked_at else None


def within() -> timedelta:
    return timedelta(days=settings.CAMPAIGNS_ATTRIBUTION_DAYS)


def deduct(*, order_id: int) -> None:
    """What has gone back of the order's money, as its order says now."""
    given_back = Order.objects.filter(pk=OuterRef("order")).values("refunded")
    Attribution.objects.filter(order=order_id).update(refunded=Subquery(given_back))


def catch_up() -> int:
    """Whatever a signal did not reach: orders paid and money given back lately. How many rows were mended."""
    since = timezone.now() - CATCH_UP
    known = Attribution.objects.filter(at__gte=since).values("order")
    missed = Order.objects.filter(paid_at__gte=since, attribution__isnull=False).exclude(pk__in=known)
    mended = sum(attribute(order_id=pk) is not None for pk in missed.values_list("pk", flat=True))
    for row in Attribution.objects.exclude(refunded=F("order__refunded")):
        deduct(order_id=row.order_id)
        mended += 1
    return mended
