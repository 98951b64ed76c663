"""The house itself: layout and what must never come back."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def test_site_is_a_plain_folder_because_the_standard_library_owns_the_name() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
    assert "config" in sys.modules


def test_psycopg_3_is_not_importable_because_django_would_prefer_it() -> None:
    assert importlib.util.find_spec("psycopg") is None


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_it_was_given() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("TEST_DATABASE_URL") else "sqlite")
