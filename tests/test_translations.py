"""Russian is complete: every string that the code marks is in the catalogue, translated and compiled."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
RUSSIAN = Path("locale/ru/LC_MESSAGES/django.po")
NOT_SOURCES = shutil.ignore_patterns(".git", ".venv", "var", "pictures", "__pycache__", "node_modules", ".mypy_cache")


def test_every_string_of_the_catalogue_is_translated() -> None:
    catalogue = polib.pofile(str(ROOT / RUSSIAN))
    left = [entry.msgid for entry in catalogue if not entry.obsolete and (not entry.translated() or entry.fuzzy)]
    assert left == []


def test_translations_keep_the_placeholders_of_their_source() -> None:
    catalogue = polib.pofile(str(ROOT / RUSSIAN))
    wrong = [
        entry.msgid
        for entry in catalogue
        for text in (list(entry.msgstr_plural.values()) or [entry.msgstr])
        if placeholders(text) - placeholders(entry.msgid + entry.msgid_plural)
    ]
    assert wrong == []


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}|%[sd]", text))


def test_the_compiled_catalogue_is_the_one_of_the_source() -> None:
    source = singular(polib.pofile(str(ROOT / RUSSIAN)))
    compiled = singular(polib.mofile(str(ROOT / RUSSIAN.with_suffix(".mo"))))
    assert {key: compiled.get(key) for key in source} == source


def singular(catalogue: list[polib._BaseEntry]) -> dict[tuple[str | None, str], str]:
    """What a text means, by its context and itself."""
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalogue if not entry.msgid_plural}


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_no_marked_string_is_missing_from_the_catalogue(tmp_path: Path) -> None:
    copy = tmp_path / "vitrina"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCES)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "ru", "--no-location", "--no-obsolete"],
        cwd=copy, env={**os.environ, "VAR_DIR": str(tmp_path / "var")}, check=True, capture_output=True,
    )  # fmt: skip
    marked = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(copy / RUSSIAN))}
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(ROOT / RUSSIAN))}
    assert marked - known == set()
