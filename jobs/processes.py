"""How the worker's processes end: promptly, in order, and none stays behind."""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django_q import cluster as django_q_cluster
from django_q.monitor import monitor
from django_q.pusher import pusher

# honcho kills what is not gone five seconds after SIGTERM, Docker after ten.
WORKERS_GRACE = 2.5
CLUSTER_GRACE = 4.0
PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent is gone (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def tied(target: Callable[..., Any]) -> Callable[..., Any]:
    """`target`, in a process that dies with the one that started it."""

    def run(*args: Any) -> None:
        die_with_parent()
        target(*args)

    return run


class Sentinel(django_q_cluster.Sentinel):
    """django-q2's guard of the pool, deaf to signals: only the main process decides when to stop.

    A SIGTERM to the whole process group would kill guard and workers in the middle of their tasks, and could
    leave the main process waiting for a lock that a dead process holds.
    """

    def start(self) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # workers inherit it
        die_with_parent()
        super().start()

    def spawn_pusher(self) -> Any:
        return self.spawn_process(tied(pusher), self.task_queue, self.event_out, self.broker)

    def spawn_monitor(self) -> Any:
        return self.spawn_process(tied(monitor), self.result_queue, self.broker)

    def reincarnate(self, process: Any) -> None:
        super().reincarnate(process)
        # It ignores the SIGTERM that the line above may have sent; a worker out of time is finished with.
        if process.is_alive():
            process.kill()

    def stop(self) -> None:
        timer = threading.Timer(WORKERS_GRACE, self.cut_off)
        timer.daemon = True
        timer.start()
        super().stop()
        timer.cancel()

    def cut_off(self) -> None:
        """Tasks are safe to run twice: those that are still at work are done again after the restart."""
        for process in list(self.pool):
            if process.is_alive():
                process.kill()


class Cluster(django_q_cluster.Cluster):
    """Stops at the first SIGTERM or SIGINT, within CLUSTER_GRACE, whatever its children do."""

    stopping = False
    stop_event: Any

    def start(self) -> int:
        # django-q2 names the class in the function that starts it.
        django_q_cluster.Sentinel = Sentinel
        return super().start()

    def stop(self) -> bool:
        if self.stopping or self.sentinel is None or not self.sentinel.is_alive():
            return False
        self.stopping = True
        # A guard that was killed while it held the event's lock must not hold us up.
        threading.Thread(target=self.stop_event.set, daemon=True).start()
        self.sentinel.join(CLUSTER_GRACE)
        if self.sentinel.is_alive():
            for pid in descendants(self.sentinel.pid):
                kill(pid)
            self.sentinel.kill()
            self.sentinel.join()
        self.start_event = self.stop_event = None
        return True


def descendants(pid: int) -> list[int]:
    """Children of `pid` and theirs, from /proc; nothing where there is no /proc."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # gone meanwhile
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found: list[int] = []
    for child in parents.get(pid, []):
        found += [child, *descendants(child)]
    return found


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
