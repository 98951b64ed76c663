"""Demo content in tests: development's settings, and pictures of one pixel where nobody looks at them."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from PIL import Image as Pillow

from demo import catalogue, images, orders, pages, people, recipients


@pytest.fixture
def development(settings, tmp_path: Path) -> None:
    """As `make run` starts the site: DEBUG on, so that the test gateway takes cards; files of its own."""
    settings.DEBUG = True
    settings.DEMO_LOGINS_ALLOWED = True
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def small_pictures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shrink_pictures(monkeypatch, tmp_path / "pictures")


@pytest.fixture
def little(development, small_pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    shrink(monkeypatch)


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The little demo, made once for all tests of a module, which must all be about it; where its files are."""
    folder = tmp_path_factory.mktemp("filled")
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), whole:
        with (
            pytest.MonkeyPatch.context() as patch,
            override_settings(DEBUG=True, DEMO_LOGINS_ALLOWED=True, MEDIA_ROOT=folder / "media"),
        ):
            shrink_pictures(patch, folder / "pictures")
            shrink(patch)
            call_command("demo", verbosity=0)
        yield folder / "media"
        transaction.set_rollback(True)


@pytest.fixture
def demo(filled: Path, db, little, tmp_path: Path) -> None:
    """The little demo; what the test does to it is undone after it."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)


def shrink_pictures(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """The committed pictures' names, in a few pixels: scaling the real ones takes half a minute."""
    folder.mkdir()
    buffer = io.BytesIO()
    Pillow.new("RGB", (16, 10), "white").save(buffer, "WEBP")
    for path in images.FOLDER.glob("*.webp"):
        (folder / path.name).write_bytes(buffer.getvalue())
    patch.setattr(images, "FOLDER", folder)


def shrink(patch: pytest.MonkeyPatch) -> None:
    """The same demo with a tenth of its content."""
    patch.setattr(catalogue, "FAMILIES", catalogue.FAMILIES[2:6])
    patch.setattr(pages, "POSTS", pages.POSTS[:2])
    patch.setattr(recipients, "ENGLISH_LIST", 200)
    for module in (orders, people):
        patch.setattr(module, "CUSTOMERS", module.CUSTOMERS[:6])
