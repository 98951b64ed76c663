"""What the shop does when others signal."""

from typing import Any

from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django_q.tasks import async_task
from wagtail.signals import published, unpublished

from store import carts, listing, orders, products, wishes
from store.hooks import endpoints as hook_endpoints
from store.models import Product
from store.payments import gateways
from store.signals import (
    order_cancelled,
    order_delivered,
    order_paid,
    order_placed,
    order_refunded,
    order_shipped,
)

CART_SESSION_KEY = "cart"
WISHLIST_SESSION_KEY = "wishlist"


@receiver(user_logged_in)
def join_carts(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """What the visitor had put into the cart is in the account's cart after log-in."""
    session = getattr(request, "session", None)
    if session is not None and (key := session.pop(CART_SESSION_KEY, "")):
        carts.merge(key=key, user=user)


@receiver(email_confirmed)
def claim_orders(sender: Any, request: Any, email_address: Any, **kwargs: Any) -> None:
    """Whoever can read the mail of an address owns what was bought under it without an account."""
    orders.claim(user=email_address.user, email=email_address.email)


@receiver(user_logged_in)
def claim_orders_at_login(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """What was bought as a guest since the address was confirmed, or before a provider vouched for it."""
    orders.claim_confirmed(user=user)


@receiver(user_logged_in)
def join_wishes(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """What the visitor had wished for is on the account's wishlist after log-in."""
    session = getattr(request, "session", None)
    if session is not None and (key := session.pop(WISHLIST_SESSION_KEY, "")):
        wishes.merge(key=key, user=user)


@receiver(order_paid)
@receiver(order_refunded)
@receiver(order_cancelled)
def count_copurchases(sender: Any, order: Any, **kwargs: Any) -> None:
    """The worker counts the basket, or takes it out again."""
    async_task("store.after_sale_tasks.recount_basket", order.pk)


@receiver(order_placed)
@receiver(order_paid)
@receiver(order_shipped)
@receiver(order_delivered)
@receiver(order_refunded)
@receiver(order_cancelled)
def wake_hooks(sender: Any, order: Any, **kwargs: Any) -> None:
    """Webhooks need not wait for the schedule; without an endpoint nothing is queued."""
    if hook_endpoints.are_any():
        async_task("store.after_sale_tasks.send_hooks")


@receiver(order_placed)
def announce_order_without_payment(sender: Any, order: Any, **kwargs: Any) -> None:
    """An order that is paid later by hand is news at once; of the others it is the payment that is."""
    if gateways.of(order).mails_instructions:
        async_task("store.tasks.announce_order", order.pk)


@receiver(order_paid)
def announce_paid_order(sender: Any, order: Any, **kwargs: Any) -> None:
    async_task("store.tasks.announce_order", order.pk)


@receiver(published, sender=Product)
def put_on_lists(instance: Product, **kwargs: Any) -> None:
    """By hand or by the timetable of Wagtail."""
    products.was_published(product=instance)


@receiver(unpublished, sender=Product)
def take_off_lists(instance: Product, **kwargs: Any) -> None:
    listing.refresh(product_ids=[instance.pk])
