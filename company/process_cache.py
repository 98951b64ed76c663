"""A cache inside the process that keeps the objects themselves."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class ProcessCache(LocMemCache):
    """Django's in-memory cache without pickling: most of a hit's cost was making the object anew.

    What is put in must not be changed afterwards, nor what is got. Keys may be any hashable value.
    """

    # The parts of LocMemCache that its stubs do not name.
    _lock: AbstractContextManager[Any]
    _cache: OrderedDict[Hashable, Any]
    _has_expired: Callable[[Hashable], bool]
    _set: Callable[[Hashable, Any, Any], None]
    _delete: Callable[[Hashable], Any]

    def add(self, key: Hashable, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with self._lock:
            if not self._has_expired(key):
                return False
            self._set(key, value, timeout)
            return True

    def get(self, key: Hashable, default: Any = None, version: int | None = None) -> Any:
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            self._cache.move_to_end(key, last=False)
            return self._cache[key]

    def set(self, key: Hashable, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with self._lock:
            self._set(key, value, timeout)

    def incr(self, key: Hashable, delta: int = 1, version: int | None = None) -> int:
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                raise ValueError(f"Key {key!r} not found")
            self._cache[key] += delta
            return int(self._cache[key])

    def make_and_validate_key(self, key: Hashable, version: int | None = None) -> Any:
        """There is one process and one version: the key as it is."""
        return key
