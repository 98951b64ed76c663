"""What the mailings do when others signal."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Consent
from accounts.signals import consent_given, consent_withdrawn
from campaigns import attribution, newsletter
from campaigns.automations.walking import leave
from campaigns.models import Recipient
from campaigns.signals import recipient_left, recipient_subscribed
from store.models import Order
from store.signals import order_money_back, order_paid, order_refunded


@receiver(order_paid, dispatch_uid="campaigns.attribute")
def count_order(sender: Any, order: Order, **kwargs: Any) -> None:
    if order.attribution or order.coupon_code:
        attribution.attribute(order_id=order.pk)


@receiver(order_refunded, dispatch_uid="campaigns.deduct_all")
@receiver(order_money_back, dispatch_uid="campaigns.deduct_some")
def deduct_refund(sender: Any, order: Order, **kwargs: Any) -> None:
    if order.attribution or order.coupon_code:
        attribution.deduct(order_id=order.pk)


@receiver(consent_given)
def take_in(sender: Any, consent: Consent, **kwargs: Any) -> None:
    newsletter.take_in(consent)


@receiver(consent_withdrawn)
def let_go(sender: Any, consent: Consent, **kwargs: Any) -> None:
    newsletter.let_go(consent)


@receiver(recipient_subscribed)
def note_consent(sender: Any, recipient: Recipient, source: str = "", **kwargs: Any) -> None:
    newsletter.was_confirmed(recipient, source=source)


@receiver(recipient_left)
def withdraw_consent(sender: Any, owner_id: int, email: str, **kwargs: Any) -> None:
    newsletter.was_lost(owner_id=owner_id, email=email)
    leave(owner_id=owner_id, email=email)
