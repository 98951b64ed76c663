"""An address or e-mail mended before the parcel is packed; what staff write to an order."""

import secrets
from dataclasses import fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from store import customers, order_notices, orders
from store.customers import Customer
from store.errors import StoreError
from store.models import Order, OrderEvent, OrderStatus

BEFORE_PACKING = (OrderStatus.PLACED, OrderStatus.PAID)
NAMES = tuple(field.name for field in fields(Customer))


def customer_of(order: Order) -> Customer:
    return Customer(**{name: getattr(order, name) for name in NAMES})


def correct(*, order: Order, customer: Customer, actor: str) -> Order:
    """Mend name, contact and address. A new e-mail gets a new link, and the old link dies.

    Raises ValidationError by field, WrongStatus once it is packed. The country stays: delivery and tax hang on it.
    """
    with transaction.atomic():
        order = orders.locked(order.pk)
        if order.status not in BEFORE_PACKING:
            raise orders.wrong_status(order)
        tidy = customers.clean(customer, is_collected=order.is_pickup)
        if tidy.country != order.country:
            sentence = _("Delivery and tax depend on the country: call the order off and place it anew.")
            raise ValidationError({"country": [sentence]})
        changes = {name: (getattr(order, name), getattr(tidy, name)) for name in NAMES}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return order
        changed = {name: after for name, (_before, after) in changes.items()}
        if "email" in changed:
            changed["token"] = secrets.token_urlsafe(24)
        Order.objects.filter(pk=order.pk).update(**changed)
        log = [[name, before, after] for name, (before, after) in changes.items()]
        orders.note(order=order, code="corrected", params={"changes": log}, actor=actor)
        order.refresh_from_db()
        if "email" in changed:
            orders.mail(order, "order_link")
    return order


def write(*, order: Order, text: str, actor: str, to_customer: bool = False) -> OrderEvent:
    """A note of the staff: for themselves, or, also by mail, for the customer."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise StoreError(_("Write something first."))
    with transaction.atomic():
        event = orders.write(order=order, note=text, actor=actor, internal=not to_customer)
        if to_customer:
            orders.mail(order, "order_note", {"event": str(event.pk)})
            order_notices.tell_customer(order, "note")
    return event
