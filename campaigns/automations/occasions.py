"""What may start a series: a cart, an order, a subscription; whether it still stands, and what a message says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from campaigns import addresses
from campaigns.models import Automation, Enrolment, Recipient
from campaigns.suppression import mailable
from store.models import Cart, CartLine, Order, OrderStatus

# Nobody is reminded of what they did longer ago: after a long downtime it would only puzzle.
STALE = timedelta(days=7)
# What is committed late was written earlier than it can be seen.
OVERLAP = timedelta(minutes=15)
OVER = (OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.REFUNDED)


@dataclass(frozen=True)
class Occasion:
    """Something that somebody did, under a name that it keeps; `at` is when."""

    name: str
    recipient: Recipient
    at: datetime


def found(automation: Automation, *, wait: timedelta, now: datetime) -> Iterator[Occasion]:
    """What has happened since the automation has looked, less what is stale."""
    since = max((automation.looked_until or now) - OVERLAP, now - STALE)
    if automation.trigger == Automation.Trigger.CART_LEFT:
        return left_carts(automation.owner, since=max(since - wait, now - STALE), until=now - wait)
    if automation.trigger == Automation.Trigger.ORDER_PAID:
        return paid_orders(automation.owner, since=since, until=now)
    return subscriptions(automation.owner, since=since, until=now)


def full_carts() -> QuerySet[Cart]:
    return Cart.objects.filter(Exists(CartLine.objects.to_buy().filter(cart=OuterRef("pk"))))


def left_carts(owner: User, *, since: datetime, until: datetime) -> Iterator[Occasion]:
    """Carts that nobody has touched since `until`, of people who agreed to the newsletter."""
    known = Q(user__isnull=False) | Q(draft__has_key="email")
    carts = full_carts().filter(known, updated__gt=since, updated__lte=until).select_related("user")
    for cart in carts.order_by("pk"):
        if recipient := reader(owner, address_of(cart)):
            yield Occasion(cart_name(cart), recipient, cart.updated)


def cart_name(cart: Cart) -> str:
    return f"cart-{cart.pk}-{int(cart.updated.timestamp()) // 60}"


def address_of(cart: Cart) -> str:
    """The account's address, or what was typed at the checkout."""
    return cart.user.email if cart.user else str(cart.draft.get("email", ""))


def reader(owner: User, email: str) -> Recipient | None:
    """Who of the owner's list has the address, may be written to, and has asked for it."""
    if "@" not in email:
        return None
    found = mailable(owner_id=owner.pk).filter(email_norm=addresses.normalise(email))
    return found.filter(consent_basis=Recipient.Consent.OPT_IN).first()


def paid_orders(owner: User, *, since: datetime, until: datetime) -> Iterator[Occasion]:
    orders = Order.objects.filter(paid_at__gt=since, paid_at__lte=until).exclude(status__in=OVER)
    for order in orders.order_by("pk"):
        if recipient := reader(owner, order.email):
            yield Occasion(f"order-{order.pk}", recipient, order.paid_at or until)


def subscriptions(owner: User, *, since: datetime, until: datetime) -> Iterator[Occasion]:
    """Who agreed to words in person; people who were imported have agreed elsewhere, long ago."""
    fresh = mailable(owner_id=owner.pk).filter(
        consented_at__gt=since, consented_at__lte=until, consent_wording__isnull=False
    )
    for recipient in fresh.order_by("pk"):
        at = recipient.consented_at or until
        yield Occasion(f"subscribed-{int(at.timestamp())}", recipient, at)


def by_hand(automation: Automation, recipient: Recipient, *, now: datetime) -> Occasion | None:
    """What an owner may put this person into the series for; None where there is no cart, or no order."""
    email = recipient.email_norm
    if automation.trigger == Automation.Trigger.CART_LEFT:
        carts = full_carts().filter(Q(user__email__iexact=email) | Q(draft__email__iexact=email))
        cart = carts.order_by("-updated").first()
        return Occasion(f"cart-{cart.pk}-hand-{int(now.timestamp())}", recipient, now) if cart else None
    if automation.trigger == Automation.Trigger.ORDER_PAID:
        orders = Order.objects.filter(email__iexact=email, paid_at__isnull=False).exclude(status__in=OVER)
        order = orders.order_by("-paid_at").first()
        return Occasion(f"order-{order.pk}-hand-{int(now.timestamp())}", recipient, now) if order else None
    return Occasion(f"hand-{int(now.timestamp())}", recipient, now)


def row_of(name: str) -> int | None:
    """The number of the cart or the order that the occasion is about."""
    match = re.match(r"(?:cart|order)-(\d+)", name)
    return int(match[1]) if match else None


def cart_of(enrolment: Enrolment) -> Cart | None:
    """While there is still something in it."""
    return full_carts().select_related("user").filter(pk=row_of(enrolment.occasion)).first()


def order_of(enrolment: Enrolment) -> Order | None:
    return Order.objects.filter(pk=row_of(enrolment.occasion)).exclude(status__in=OVER).first()


def is_gone(enrolment: Enrolment) -> bool:
    """Whether there is no reason any more: the cart was bought or emptied, the order called off."""
    trigger = enrolment.automation.trigger
    if trigger == Automation.Trigger.ORDER_PAID:
        return order_of(enrolment) is None
    if trigger == Automation.Trigger.CART_LEFT:
        return cart_of(enrolment) is None or bought_since(enrolment)
    return False


def bought_since(enrolment: Enrolment) -> bool:
    """Whether the person has ordered since the series began, under this address or from this cart."""
    by_person = Q(email__iexact=enrolment.recipient.email_norm)
    if enrolment.occasion.startswith("cart-"):
        by_person |= Q(cart=row_of(enrolment.occasion))
    later = Order.objects.filter(by_person, placed_at__gt=enrolment.created_at)
    if enrolment.occasion.startswith("order-"):
        later = later.exclude(pk=row_of(enrolment.occasion))
    return later.exclude(status__in=OVER).exists()
