"""How often a visitor may do something."""

from hashlib import blake2b

from django.core.cache import cache

WINDOW_SECONDS = 900


def too_many(*, what: str, who: str, most: int) -> bool:
    """Counts this try; True once there were more than `most` within a quarter of an hour."""
    key = f"throttle:{what}:{blake2b(who.encode(), digest_size=8).hexdigest()}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:
        # It ran out between the two calls.
        return False
