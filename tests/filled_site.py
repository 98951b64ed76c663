"""The demo's files and database, made once for all processes of a run of the suite: that costs a minute of CPU."""

import os
import shutil
from pathlib import Path

from tests import prepared
from tests.running_site import RunningSite

# The name of the database that was filled last on the test server.
FILLED = prepared.KEPT / "filled_on_the_server"


def copy_into(var: Path, *, kept: Path) -> str:
    """Fill `var` with the files of the site that is kept in the folder `kept`, which is made first.

    The name of its database, as a template for others; empty on SQLite, where the database is one of the files.
    """
    named = kept / "template"
    prepared.make_once(named.exists, lambda: make(kept, named), lock="filled")
    shutil.copytree(kept / "var", var, dirs_exist_ok=True)
    return named.read_text()


def make(kept: Path, named: Path) -> None:
    var = kept / "var"
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    name, url = new_database()
    site = RunningSite(var, database_url=url)
    site.prepare()
    site.manage("demo")
    named.write_text(name)


def new_database() -> tuple[str, str]:
    """Name and URL of a migrated database on the test server, in place of the last run's; empty without a server."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given:
        return "", ""
    if FILLED.exists():
        prepared.execute(given, f"DROP DATABASE IF EXISTS {FILLED.read_text()} WITH (FORCE)")
    template = prepared.migrated_postgres(given)
    name = f"vitrina_filled_{os.getpid()}"
    FILLED.write_text(name)
    prepared.execute(given, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE {template}")
    return name, prepared.on_server(given, name)
