"""What the site says when it is not set up right, and what it refuses at its door."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMPLETE = {
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "shop.example",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "shop@shop.example",
}


def check(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        # An empty DEBUG wins over a .env in this copy.
        env={**inherited, "DEBUG": "0", "VAR_DIR": str(var), **environment},
    )  # fmt: skip


def test_with_everything_set_the_site_starts_without_debug(tmp_path: Path) -> None:
    done = check(tmp_path, **COMPLETE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMPLETE)
def test_without_debug_a_missing_setting_stops_the_start_with_one_line_that_names_it(name: str, tmp_path: Path) -> None:
    done = check(tmp_path, **{**COMPLETE, name: ""})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


def test_stripe_without_its_webhook_secret_stops_the_start_with_one_line(tmp_path: Path) -> None:
    done = check(tmp_path, **COMPLETE, STRIPE_SECRET_KEY="sk_test")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "STRIPE_WEBHOOK_SECRET" in done.stderr


def test_the_table_of_variables_names_every_one_that_is_read() -> None:
    read = set(
        re.findall(r'(?:env\.\w+|required)\(\s*"([A-Z][A-Z_]+)"', (ROOT / "site/config/settings.py").read_text())
    )
    read |= set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "Procfile").read_text()))
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read - named == set()
    assert {"DEBUG", "EMAIL_URL", "HOST"} <= read
