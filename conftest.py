"""What every test begins with. The environment is set by `config.test_environment`."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import Phase, settings

from tests import prepared

# A run of the suite says the same twice. To look for something new: `pytest --hypothesis-profile=default`.
settings.register_profile("same", derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
settings.load_profile("same")


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """What outlives a test's transaction: caches, and the language of the last request."""
    from django.conf import settings
    from django.core.cache import caches
    from django.utils import translation

    caches["local"].clear()
    caches["pieces"].clear()
    if settings.REDIS_URL:
        # The database's cache goes back with each test's transaction.
        caches["default"].clear()
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool
) -> Iterator[None]:
    """pytest-django's hook before it makes the test database: begin with a copy of the migrated one."""
    if django_db_keepdb:
        yield
    elif connection.vendor == "postgresql":
        url = os.environ["TEST_DATABASE_URL"]
        connection.settings_dict["TEST"]["TEMPLATE"] = prepared.migrated_postgres(url)
        yield
    else:
        held = prepared.sqlite_copy(connection.creation._get_test_db_name())  # type: ignore[attr-defined]
        yield
        held.close()
