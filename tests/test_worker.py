"""The worker's processes: which queue they serve, and how they end."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.processes import descendants
from tests.running_site import ROOT, RunningSite, fresh_postgres, wait_for

pytestmark = pytest.mark.processes

ENQUEUE = "from django_q.tasks import async_task; async_task({func!r}, {argument!r}, cluster={cluster!r})"


@pytest.fixture(scope="module")
def prepared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with fresh_postgres() as database_url:
        site = RunningSite(tmp_path_factory.mktemp("worker"), database_url=database_url)
        site.prepare()
        yield site


@pytest.fixture
def site(prepared_site: RunningSite) -> Iterator[RunningSite]:
    """Nothing runs yet and nothing is logged."""
    for log in prepared_site.var.glob("*.log"):
        log.unlink()
    yield prepared_site
    prepared_site.stop()


def enqueue(site: RunningSite, func: str, argument: object, cluster: str | None = None) -> None:
    site.manage("shell", "--verbosity", "0", "-c", ENQUEUE.format(func=func, argument=argument, cluster=cluster))


def log_of(site: RunningSite, name: str) -> str:
    return (site.var / f"{name}.log").read_text()


def alive(pids: list[int]) -> list[int]:
    """Those that still run; a zombie that nobody has waited for is gone."""
    return [pid for pid in pids if state(pid) not in ("", "Z")]


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def test_each_cluster_serves_its_own_queue(site: RunningSite) -> None:
    enqueue(site, "jobs.heartbeat.beat", "by the mail cluster", "mail")
    site.start("worker")
    enqueue(site, "jobs.heartbeat.beat", "by the default cluster")
    wait_for(lambda: "Processed 'jobs.heartbeat.beat'" in log_of(site, "worker"), "the worker works")
    assert log_of(site, "worker").count("Processed 'jobs.heartbeat.beat'") == 1
    site.start("sender")
    wait_for(lambda: "Processed 'jobs.heartbeat.beat'" in log_of(site, "sender"), "the sender works")


@pytest.mark.parametrize(("signum", "whole_group"), [(signal.SIGTERM, True), (signal.SIGINT, False)])
def test_a_signal_ends_everything_soon_even_in_the_middle_of_a_task(
    site: RunningSite, signum: signal.Signals, whole_group: bool
) -> None:
    enqueue(site, "time.sleep", 40)
    site.start("worker")
    process = site.running["worker"]
    wait_for(lambda: "processing" in log_of(site, "worker"), "the task has begun")
    family = [process.pid, *descendants(process.pid)]
    assert len(family) > 4
    if whole_group:
        os.killpg(process.pid, signum)
    else:
        os.kill(process.pid, signum)
    assert process.wait(timeout=60) == 0
    assert alive(family) == []


def test_a_killed_cluster_leaves_nobody_behind(site: RunningSite) -> None:
    site.start("worker")
    process = site.running.pop("worker")
    wait_for(lambda: "pushing tasks" in log_of(site, "worker"), "it runs")
    wait_for(lambda: len(descendants(process.pid)) >= 5, "all its processes run")
    time.sleep(1)
    family = descendants(process.pid)
    process.kill()
    process.wait(timeout=60)
    wait_for(lambda: not alive(family), "its children are gone", seconds=30)


def test_a_killed_worker_is_replaced_and_work_goes_on(site: RunningSite) -> None:
    site.start("worker")
    process = site.running["worker"]
    enqueue(site, "time.sleep", 30)
    wait_for(lambda: "processing" in log_of(site, "worker"), "the task has begun")
    line = next(line for line in log_of(site, "worker").splitlines() if "processing" in line)
    name = line.split("django-q ")[1].split()[0]
    ready = next(line for line in log_of(site, "worker").splitlines() if f"{name} ready for work at" in line)
    os.kill(int(ready.rsplit(" ", 1)[1]), signal.SIGKILL)
    wait_for(lambda: "after death" in log_of(site, "worker"), "the worker is replaced")
    enqueue(site, "jobs.heartbeat.beat", "afterwards")
    wait_for(lambda: "Processed 'jobs.heartbeat.beat'" in log_of(site, "worker"), "work goes on")
    assert process.poll() is None


@pytest.mark.skipif(not shutil.which("honcho"), reason="honcho is not on the path")
def test_ctrl_c_at_honcho_ends_all_three(site: RunningSite) -> None:
    command = ["honcho", "start", "--no-prefix", "-p", str(site.port), "web", "worker", "sender"]
    with (site.var / "honcho.log").open("wb") as log:
        environment = {**site.environment, "PYTHONPATH": str(ROOT)}
        honcho = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for(lambda: log_of(site, "honcho").count("pushing tasks") == 2, "both clusters run")
        family = [honcho.pid, *descendants(honcho.pid)]
        assert len(family) > 12
        os.killpg(honcho.pid, signal.SIGINT)
        honcho.wait(timeout=60)
        wait_for(lambda: not alive(family), "all are gone", seconds=30)
        assert "locked" not in log_of(site, "honcho")
    finally:
        if honcho.poll() is None:
            honcho.kill()
