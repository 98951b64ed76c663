"""How often a visitor may do something."""

from hashlib import blake2b

from django.core.cache import cache

WINDOW_SECONDS = 900


def too_many(*, what: str, who: str, most: int) -> bool:
    """Counts this try; True once there were more than `most` within a quarter of an hour."""
    return count(what=what, who=who) > most


def count(*, what: str, who: str) -> int:
    """Counts one more; how many there were within a quarter of an hour."""
    key = key_of(what, who)
    try:
        return int(cache.incr(key))
    except ValueError:
        pass
    if cache.add(key, 1, WINDOW_SECONDS):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        # It ran out between the two calls.
        return 1


def tries(*, what: str, who: str) -> int:
    """How many were counted, without counting this one."""
    return int(cache.get(key_of(what, who)) or 0)


def key_of(what: str, who: str) -> str:
    return f"throttle:{what}:{blake2b(who.encode(), digest_size=8).hexdigest()}"
