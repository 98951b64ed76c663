"""Coupons for whoever may be guessing codes."""

from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import TooOften, UnknownCoupon
from store.throttle import WINDOW_SECONDS, count, tries

# So many codes that do not exist may be tried from one address within a quarter of an hour.
GUESSES = 20


@contextmanager
def guarded(address: str) -> Iterator[None]:
    """`with guarded(address): …` counts the UnknownCoupon raised inside; raises TooOften after too many of them."""
    if tries(what="coupon", who=address) >= GUESSES:
        raise TooOften(WINDOW_SECONDS)
    try:
        yield
    except UnknownCoupon:
        count(what="coupon", who=address)
        raise
