"""Guests cannot hold the whole stock: so many orders from one address, and then a pause."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from store.errors import TooOften
from store.throttle import WINDOW_SECONDS, count, tries


@contextmanager
def limited(*, address: str, user: Any) -> Iterator[None]:
    """`with limited(…): …` around the placing of an order; raises TooOften.

    Only orders that were placed count; members are known by their account.
    """
    most = settings.STORE_GUEST_ORDERS
    if user.is_authenticated or not most:
        yield
        return
    if tries(what="guest_order", who=address) >= most:
        raise TooOften(WINDOW_SECONDS)
    yield
    count(what="guest_order", who=address)
