"""`make test`: the suite on SQLite, then on PostgreSQL and Redis where they are given; what was left out is said."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("TEST_DATABASE_URL", "TEST_REDIS_URL")


def run_suite(title: str, environment: dict[str, str], arguments: list[str]) -> bool:
    print(f"\n=== {title} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadgroup", "-q", "-rs", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def without_services() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SERVICES}


def main(arguments: list[str]) -> int:
    left_out = []
    passed = run_suite("SQLite, database cache", without_services(), arguments)
    if os.environ.get("TEST_DATABASE_URL"):
        redis = "Redis" if os.environ.get("TEST_REDIS_URL") else "database cache"
        passed &= run_suite(f"PostgreSQL, {redis}", dict(os.environ), arguments)
    else:
        left_out.append("PostgreSQL: TEST_DATABASE_URL is not set")
    if not os.environ.get("TEST_REDIS_URL"):
        left_out.append("Redis: TEST_REDIS_URL is not set")
    if not shutil.which("chromium"):
        left_out.append("browser journeys: Chromium is not installed (Debian: apt-get install chromium)")
    if not (ROOT.parent / "shared" / "data").exists():
        left_out.append("tests on real input: ../shared/data is not there")
    print("\nNot run: " + ("; ".join(left_out) or "nothing was left out"))
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
