"""Series, their people and the shop's goods, as the tests of automations need them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from campaigns import automations
from campaigns.models import Automation, ConsentWording, Recipient
from campaigns.tests.factories import MessageFactory, RecipientFactory
from store.models import Cart, Variant
from store.tests.shopping import cart_with, variant

HOUR = timedelta(hours=1)


def series(owner: User, trigger: str, *steps: tuple[int, dict[str, Any]], is_on: bool = True) -> Automation:
    """With a step per (wait in minutes, condition); its subject is its number."""
    automation = automations.create_automation(owner=owner, name="Series", trigger=trigger)
    for number, (wait, condition) in enumerate(steps or ((60, {}),), start=1):
        message = MessageFactory(owner=owner, subject=f"Letter {number}")
        automations.add_step(automation=automation, message=message, wait_minutes=wait, condition=condition)
    return automations.switch_on(automation=automation) if is_on else automation


def reader(owner: User, email: str = "ann@example.com", **fields: Any) -> Recipient:
    """Somebody who has agreed to words."""
    values = {"consent_wording": ConsentWording.of("Yes"), "consented_at": timezone.now() - timedelta(days=30)}
    return RecipientFactory(owner=owner, email=email, **{**values, **fields})


def left_cart(
    email: str = "ann@example.com", *, ago: timedelta = timedelta(minutes=65), item: Variant | None = None
) -> Cart:
    """A visitor's cart whose address was typed at the checkout."""
    cart = cart_with((item or variant(), 1))
    Cart.objects.filter(pk=cart.pk).update(draft={"email": email}, updated=timezone.now() - ago)
    cart.refresh_from_db()
    return cart


def tick(after: timedelta = timedelta()) -> int:
    """The minute's work, so much later."""
    now = timezone.now() + after
    automations.look_for_occasions(now=now)
    return automations.walk(now=now)
