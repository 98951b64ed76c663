"""The site as it is deployed: its own processes, its own VAR_DIR and database, on a free port."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests import prepared
from tests.prepared import ROOT

PROCESSES = {
    "web": [
        "uvicorn",
        "config.asgi:application",
        "--host",
        "127.0.0.1",
        "--no-proxy-headers",
        "--log-level",
        "warning",
    ],
    "worker": ["manage.py", "qcluster"],
    "sender": ["manage.py", "qcluster", "-n", "mail"],
}


class RunningSite:
    """Starts and stops the Procfile's processes.

    `url` is where the web process answers; `var` its VAR_DIR, where mails (`outbox/`) and logs (`<process>.log`) land.
    """

    def __init__(self, var: Path, *, database_url: str = "", **environment: str) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))},
            "DEBUG": "1",
            "VAR_DIR": str(var),
            "DATABASE_URL": database_url,
            "REDIS_URL": os.environ.get("TEST_REDIS_URL", ""),
            "EMAIL_URL": "outbox://",
            "QUEUE_LOG_LEVEL": "INFO",
            "STORE_GUEST_ORDERS": "0",
            "PORT": str(self.port),
            "SITE_URL": self.url,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            **environment,
        }

    def manage(self, *arguments: str, timeout: float = 900) -> str:
        """Run one management command to its end; its output. Fails the test with that output when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def prepare(self) -> None:
        if not self.environment["DATABASE_URL"]:
            prepared.sqlite_copy(str(self.var / "db.sqlite3")).close()
        self.manage("migrate", "--noinput", "--verbosity", "0")
        self.manage("createcachetable")

    def start(self, *names: str) -> None:
        for name in names or PROCESSES:
            arguments = list(PROCESSES[name])
            if name == "web":
                arguments = ["-m", *arguments, "--port", str(self.port)]
            log = (self.var / f"{name}.log").open("ab")
            self.running[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if "web" in self.running:
            self.wait_until_it_answers()

    def wait_until_it_answers(self, seconds: float = 180) -> None:
        for _attempt in range(int(seconds * 10)):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5)
                return
            if self.running["web"].poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError((self.var / "web.log").read_text())

    def kill(self, name: str, signum: int = signal.SIGKILL) -> None:
        """Signal one process with all its children and wait until it is gone."""
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signum)
        process.wait(timeout=60)

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def fresh_postgres(template: str = "") -> Iterator[str]:
    """The URL of a new database on the test server, dropped afterwards; empty where no server is given.

    A copy of the database `template`, or else of one that is migrated and empty.
    """
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given:
        yield ""
        return
    name = f"vitrina_site_{secrets.token_hex(4)}"
    prepared.execute(given, f"CREATE DATABASE {name} TEMPLATE {template or prepared.migrated_postgres(given)}")
    try:
        yield prepared.on_server(given, name)
    finally:
        prepared.execute(given, f"DROP DATABASE {name} WITH (FORCE)")


def wait_for(condition: object, what: str, seconds: float = 120) -> object:
    """Ask `condition()` until it answers something true; that answer. Fails with `what` when time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():  # type: ignore[operator]
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds:g} s: {what}")
