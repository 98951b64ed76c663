"""Carts that were filled and left: without them everybody who looks would seem to buy."""

import random
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from demo import ledger
from store import carts
from store.models import Cart, CartLine, Product, Variant

COUNT, DAYS = 260, 180
COUNTRIES = ("LV", "EE", "LT", "DE", "FR", "GB", "PL", "DK")


def make(*, scale: int = 1) -> None:
    """Make those that earlier runs have not made. They hold no goods."""
    variants = list(
        Variant.objects.filter(product__in=ledger.keys(Product), stock__on_hand__gt=F("stock__reserved")).order_by("pk")
    )
    known = ledger.known(Cart)
    now, made, lines = timezone.now(), {}, []
    for number in range(COUNT * scale if variants else 0):
        name = f"left/{number}"
        if name in known:
            continue
        chance = random.Random(name)
        age = timedelta(minutes=60 + int(chance.random() ** 1.3 * DAYS * 24 * 60))
        made[name] = Cart(key=carts.new_key(), country=chance.choice(COUNTRIES), updated=now - age)
    Cart.objects.bulk_create(made.values())
    for name, cart in made.items():
        chance = random.Random(name)
        for variant in chance.sample(variants, min(len(variants), chance.choice((1, 1, 2, 3)))):
            lines.append(CartLine(cart=cart, variant=variant, quantity=1, price_seen=variant.price))
    CartLine.objects.bulk_create(lines)
    ledger.record_all(made)
