"""Orders that a message brought: for the last one clicked, else for the one whose coupon was used.

An order counts once. A click says which message it was; a code may have been in several, or passed on, so it decides
only where there is no click that counts: for the latest message with that code within the days that count, first among
those that went to the buyer's own address.

Every step says how things are now and not what has changed: signals may come twice, late or in any order.
"""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from campaigns import addresses, touches, tracking
from campaigns.models import Attribution, CouponOffer, Delivery, DeliveryEvent, Run
from store.models import Order

# How far back the catching-up looks.
CATCH_UP = timedelta(days=3)


def attribute(*, order_id: int) -> Attribution | None:
    """The order's mailing: by a click whose reader still agrees that we know, else by a coupon."""
    with transaction.atomic():
        # Behind the order's lock: a refund that is under way is either seen here or finds our row.
        order = Order.objects.select_for_update().filter(pk=order_id, paid_at__isnull=False).first()
        brought = brought_by(order) if order else None
        if order is None or brought is None:
            return None
        made, _created = Attribution.objects.get_or_create(
            order=order,
            defaults={
                **brought._asdict(),
                "amount": order.total,
                "refunded": order.refunded,
                "currency": order.currency,
                "at": order.paid_at,
            },
        )
        return made


class Brought(NamedTuple):
    """`delivery` is None where the reader has not agreed that we know."""

    run: Run
    delivery: Delivery | None
    way: str


def brought_by(order: Order) -> Brought | None:
    if delivery := clicked_before(order):
        return Brought(delivery.run, delivery, Attribution.Way.CLICK)
    return offered_before(order)


def offered_before(order: Order) -> Brought | None:
    """The latest message that gave the order's coupon away, in time."""
    if not order.coupon_code or within() <= timedelta(0):
        return None
    since, until = order.placed_at - within(), order.placed_at
    offers = CouponOffer.objects.filter(code=order.coupon_code)
    received = Delivery.objects.filter(
        content__coupons__in=offers,
        recipient__email_norm=addresses.normalise(order.email),
        status=Delivery.Status.SENT,
        finished_at__range=(since, until),
    )
    delivery = received.select_related("run__mailing", "recipient").order_by("-finished_at").first()
    if delivery:
        may_be_known = tracking.may_be_noted(delivery, DeliveryEvent.Kind.CLICKED)
        return Brought(delivery.run, delivery if may_be_known else None, Attribution.Way.COUPON)
    runs = Run.objects.filter(contents__coupons__in=offers, opened_at__range=(since, until), sent__gt=0)
    run = runs.order_by("-opened_at").first()
    return Brought(run, None, Attribution.Way.COUPON) if run else None


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
    may_be_ours = Q(attribution__isnull=False) | Q(coupon_code__in=CouponOffer.objects.values("code"))
    missed = Order.objects.filter(may_be_ours, paid_at__gte=since).exclude(pk__in=known)
    mended = sum(attribute(order_id=pk) is not None for pk in missed.values_list("pk", flat=True))
    for row in Attribution.objects.exclude(refunded=F("order__refunded")):
        deduct(order_id=row.order_id)
        mended += 1
    return mended
