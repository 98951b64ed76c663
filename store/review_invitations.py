"""The one mail that asks for an opinion, some days after the delivery; whoever does not want it is not asked again."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation

from notifications.outgoing import queue_mail
from store import orders
from store.models import (
    InvitationRefusal,
    Order,
    OrderEvent,
    OrderStatus,
    Product,
    Review,
    ReviewInvitation,
    ReviewSettings,
)

SALT = "store.review-invitation"
# An order delivered long before nobody is asked about: the shop may just have been switched on.
NOT_LATER_THAN = timedelta(days=30)
AT_ONCE = 200


def send_due() -> int:
    """Invite the buyers of orders delivered so many days ago; how many."""
    days = ReviewSettings.load().invite_after_days
    if not days:
        return 0
    until = timezone.now() - timedelta(days=days)
    delivered = OrderEvent.objects.filter(
        order=OuterRef("pk"), to_status=OrderStatus.DELIVERED, at__lte=until, at__gt=until - NOT_LATER_THAN
    )
    due = Order.objects.filter(Exists(delivered), status=OrderStatus.DELIVERED, invitation=None)
    refused = InvitationRefusal.objects.values("email")
    return sum(invite(order=order) for order in due.exclude(email__in=refused).order_by("pk")[:AT_ONCE])


def invite(*, order: Order) -> bool:
    """Once per order, and not about what the buyer has reviewed already. Whether a mail was written."""
    products = to_review(order)
    try:
        with transaction.atomic():
            ReviewInvitation.objects.create(order=order)
            if products:
                queue_mail(
                    kind="review_invitation",
                    to=order.email,
                    context=context(order, products),
                    language=order.language,
                    reference=order.number,
                    headers=unsubscribe_headers(order.email),
                )
    except IntegrityError:
        return False
    return bool(products)


def context(order: Order, products: list[Product]) -> dict[str, object]:
    with translation.override(order.language):
        stop = stop_url(order.email)
    return {"order": order, "products": products, "url": orders.link(order), "unsubscribe_url": stop}


def to_review(order: Order) -> list[Product]:
    """The order's products that its buyer has said nothing about."""
    said = Review.objects.filter(product=OuterRef("pk"), email=order.email.lower())
    bought = Product.objects.on_sale().filter(variants__order_lines__order=order)  # type: ignore[attr-defined]
    return list(bought.exclude(Exists(said)).distinct())


def stop_url(email: str) -> str:
    token = signing.dumps(email, salt=SALT)
    return f"{settings.SITE_URL}{reverse('store:review_stop', kwargs={'token': token})}"


def unsubscribe_headers(email: str) -> dict[str, str]:
    """RFC 8058: mail programs unsubscribe with one click."""
    return {"List-Unsubscribe": f"<{stop_url(email)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def address_of(token: str) -> str:
    """Whose link it is; empty for one that is not ours."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return ""


def stop(*, email: str) -> None:
    """Never ask this address again."""
    InvitationRefusal.objects.get_or_create(email=email.lower())
