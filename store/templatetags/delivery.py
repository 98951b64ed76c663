"""`{% load delivery %}{% include "store/includes/delivery_promise.html" %}` asks here what delivery promises."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import template
from django.core.cache import caches
from django.utils.translation import get_language

from store import shipping, taxes
from store.shipping import Parcel

register = template.Library()
SECONDS = 60


@dataclass(frozen=True)
class Promise:
    """To the shop's own country: the cheapest way that brings the goods."""

    first: date
    last: date
    price: Decimal
    free_from: Decimal | None


@register.simple_tag
def delivery_promise() -> Promise | None:
    """The same on every page, so worked out once a minute; None where nobody delivers. The cart says it exactly."""
    key = f"store:promise:{get_language()}"
    missing = object()
    found: Promise | None | object = caches["local"].get(key, missing)
    if found is missing:
        found = work_out()
        caches["local"].set(key, found, SECONDS)
    return found if isinstance(found, Promise) else None


def work_out() -> Promise | None:
    offers = shipping.offers(parcel=Parcel(subtotal=Decimal(0), country=taxes.home_country()))
    sent = [offer for offer in offers if not offer.method.is_pickup]
    best = shipping.pick(sent, "")
    if best is None:
        return None
    return Promise(best.arrives_from, best.arrives_until, best.price, best.method.free_from)
