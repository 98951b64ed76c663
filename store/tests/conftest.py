"""What tests of the shop share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import caches

from store.tests.queue import committed


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """Pages, facets and the category tree are cached in the process: no test sees another's."""
    caches["local"].clear()
    yield
    caches["local"].clear()


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[None]]:
    """`with commit(): …`: then committed, and the worker has done what follows."""
    return lambda: committed(django_capture_on_commit_callbacks)


@pytest.fixture(autouse=True)
def no_stripe(settings: Any) -> None:
    """Tests that want it say so."""
    settings.STRIPE_SECRET_KEY = settings.STRIPE_WEBHOOK_SECRET = settings.STRIPE_API_BASE = ""
    settings.DEBUG = True
