"""A database with every migration applied, made once and copied: migrating from nothing costs half a minute of CPU.

It is kept from run to run under a digest of what it was made from (`.pytest_cache/migrated/`, or a database of the
test server), so a new migration or requirement makes a new one. `migrate` still runs on the copies: it finds nothing
to apply and brings up to date what follows it (roles, permissions).
"""

import contextlib
import fcntl
import functools
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
MADE = KEPT / "on_the_server"
PREFIX = "vitrina_migrated_"


def on_server(url: str, name: str) -> str:
    """The URL of another database on the server of `url`."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def execute(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Each in a transaction of its own, as CREATE DATABASE asks for; the rows of the last."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def sqlite_copy(target: str) -> sqlite3.Connection:
    """Fill the database `target` (a path or a `file:` URI); the open connection, which keeps one in memory alive."""
    source, copy = sqlite3.connect(migrated_sqlite()), sqlite3.connect(target, uri=True)
    source.backup(copy)
    source.close()
    return copy


def migrated_sqlite() -> Path:
    """The path of a SQLite database with every migration applied."""
    kept = KEPT / f"{digest()}.sqlite3"
    making = kept.with_suffix(".making")

    def make() -> None:
        for old in KEPT.glob("*.sqlite3"):
            old.unlink()
        making.unlink(missing_ok=True)
        migrate(f"sqlite:///{making}")
        # Out of WAL, so that the file is complete by itself.
        with contextlib.closing(sqlite3.connect(making)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        making.rename(kept)

    make_once(kept.exists, make)
    return kept


def migrated_postgres(url: str) -> str:
    """The name of a migrated database on the server of `url`: a TEMPLATE, so nobody may be connected to it."""
    kept = f"{PREFIX}{digest()}"
    making = f"{kept}_making"

    def names() -> list[str]:
        return [name for (name,) in execute(url, "SELECT datname FROM pg_database") if name.startswith(PREFIX)]

    def make() -> None:
        # Its forerunner; other copies of the project keep their own on the same server.
        forerunner = MADE.read_text() if MADE.exists() else ""
        for old in {forerunner, making} & set(names()):
            execute(url, f"DROP DATABASE {old}")
        execute(url, f"CREATE DATABASE {making}")
        migrate(on_server(url, making))
        execute(url, f"ALTER DATABASE {making} RENAME TO {kept}")
        MADE.write_text(kept)

    make_once(lambda: kept in names(), make)
    return kept


def make_once(is_made: Callable[[], bool], make: Callable[[], None], *, lock: str = "lock") -> None:
    """Of several processes that want it one makes it and the others wait."""
    with locked(lock):
        if not is_made():
            make()


@contextlib.contextmanager
def locked(name: str) -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@functools.cache
def digest() -> str:
    """Of everything that a migrated database depends on."""
    sum_ = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        sum_.update(path.name.encode() + path.read_bytes())
    return sum_.hexdigest()[:16]


def migrate(url: str) -> None:
    """Every migration and the cache's table; fails with the command's output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    for arguments in (("migrate", "--noinput", "--verbosity", "0"), ("createcachetable",)):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, capture_output=True, text=True, check=False,
            env={**environment, "DEBUG": "1", "DATABASE_URL": url},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
