"""The cache inside the process."""

import pytest
from django.core.cache import caches


def test_it_gives_back_the_very_object_under_any_key() -> None:
    kept, value = caches["pieces"], {"drawn": "once"}
    kept.set(("card", "en", 5), value)
    assert kept.get(("card", "en", 5)) is value
    assert kept.get(("card", "ru", 5)) is None


def test_what_has_expired_is_gone() -> None:
    kept = caches["pieces"]
    kept.set("page", "old", timeout=-1)
    assert kept.get("page", "nothing") == "nothing"


def test_add_keeps_what_is_there_and_incr_counts() -> None:
    kept = caches["pieces"]
    assert kept.add("count", 1) and not kept.add("count", 5)
    assert kept.incr("count", 2) == 3
    with pytest.raises(ValueError, match="not found"):
        kept.incr("nothing")


def test_both_caches_are_apart() -> None:
    caches["local"].set("name", 1)
    assert caches["pieces"].get("name") is None
