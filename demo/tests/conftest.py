"""Demo content in tests: development's settings, and pictures of one pixel where nobody looks at them."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
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
    """The committed pictures' names, in a few pixels: scaling the real ones takes half a minute."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    buffer = io.BytesIO()
    Pillow.new("RGB", (16, 10), "white").save(buffer, "WEBP")
    for path in images.FOLDER.glob("*.webp"):
        (folder / path.name).write_bytes(buffer.getvalue())
    monkeypatch.setattr(images, "FOLDER", folder)


@pytest.fixture
def little(development, small_pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same demo with a tenth of its content."""
    monkeypatch.setattr(catalogue, "FAMILIES", catalogue.FAMILIES[2:6])
    monkeypatch.setattr(pages, "POSTS", pages.POSTS[:2])
    monkeypatch.setattr(recipients, "ENGLISH_LIST", 200)
    for module in (orders, people):
        monkeypatch.setattr(module, "CUSTOMERS", module.CUSTOMERS[:6])


@pytest.fixture
def demo(db, little) -> None:
    call_command("demo", verbosity=0)
