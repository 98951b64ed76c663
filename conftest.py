"""What every test begins with. The environment is set by `config.test_environment`."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """What outlives a test's transaction: the in-process cache, and the language of the last request."""
    from django.core.cache import caches
    from django.utils import translation

    caches["local"].clear()
    caches["pieces"].clear()
    with translation.override("en"):
        yield
