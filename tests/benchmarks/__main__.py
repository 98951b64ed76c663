"""`make bench`: the shop's pages and the mailing engine on a scratch database; `bench.json` in VAR_DIR.

PostgreSQL: BENCH_DATABASE_URL or TEST_DATABASE_URL, else the server on the usual local port, else SQLite (said).
BENCH_PRODUCTS is the size of the catalogue (50,000).
"""

import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg2

from tests.running_site import RunningSite, fresh_postgres

ROOT = Path(__file__).resolve().parents[2]
LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"
SETTINGS = {
    "DEBUG": "0",
    "SECRET_KEY": "benchmark" * 6,
    "ALLOWED_HOSTS": "127.0.0.1,testserver",
    "EMAIL_URL": "outbox://",
    "DEFAULT_FROM_EMAIL": "shop@example.com",
    "LOG_LEVEL": "WARNING",
}


def database_server() -> str:
    """The PostgreSQL server to make a scratch database on; empty when there is none."""
    for url in (os.environ.get("BENCH_DATABASE_URL"), os.environ.get("TEST_DATABASE_URL"), LOCAL):
        try:
            if url:
                psycopg2.connect(url, connect_timeout=3).close()
                return url
        except psycopg2.OperationalError:
            continue
    return ""


def show(results: list[dict[str, Any]]) -> None:
    """The table of the design's store.md; a result without a target of its own has to reach its yardstick."""
    print(f"\n{'':22}{'per second':>12}{'p95 ms':>10}{'SQL':>5}{'floor':>10}{'ratio':>8}{'target':>8}  mix")
    for row in results:
        sql, target = ("" if row.get(name) is None else row[name] for name in ("sql", "target"))
        print(
            f"{row['name']:22}{row['rate']:12.1f}{row['p95_ms']:10.1f}{sql:>5}{row['yardstick']:10.1f}"
            f"{row['ratio']:8.2f}{target:>8}  {row.get('mix', '')}"
        )


def main(only: list[str]) -> int:
    var_dir = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    os.environ["TEST_DATABASE_URL"] = database_server()
    with ExitStack() as stack:
        url = stack.enter_context(fresh_postgres())
        print(
            "Database: " + ("PostgreSQL" if url else "SQLite (no PostgreSQL answers; the targets are for PostgreSQL)")
        )
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vitrina-bench-")))
        os.environ.update(SETTINGS, VAR_DIR=str(scratch), DATABASE_URL=url, REDIS_URL="")
        site = RunningSite(scratch, database_url=url, **SETTINGS)
        floor_settings = {**SETTINGS, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.yardstick"}
        floor = RunningSite(scratch, database_url=url, **floor_settings)
        site.prepare()
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        sys.path.insert(1, str(ROOT / "site"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django  # the environment above comes first

        django.setup()
        from tests.benchmarks import back_office, mailing, recommendations, shop

        results: list[dict[str, Any]] = []
        if not only or "shop" in only:
            stack.callback(site.stop)
            stack.callback(floor.stop)
            results += shop.run(site, floor, products=int(os.environ.get("BENCH_PRODUCTS", "50000")))
            site.stop()
            floor.stop()
        if not only or "recommendations" in only:
            results += recommendations.recommendations_hit5()
        if not only or "back_office" in only:
            results += back_office.run()
        if not only or "mailing" in only:
            results += mailing.run_all(url)
    show(results)
    var_dir.mkdir(parents=True, exist_ok=True)
    (var_dir / "bench.json").write_text(json.dumps(results, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
