"""`memory_watch.py PID` prints the most megabytes that one child of that process ever held, when its input ends."""

import select
import sys
from pathlib import Path


def children(parent: str) -> list[Path]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if stat.read_text().rpartition(")")[2].split()[1] == parent:
                found.append(stat.with_name("status"))
        except (OSError, IndexError):
            continue
    return found


def peak(status: Path) -> int:
    """In kilobytes (`VmHWM`); 0 when the process is gone."""
    try:
        lines = status.read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def main(parent: str) -> None:
    most = 0
    while not select.select([sys.stdin], [], [], 0.5)[0]:
        # Forked workers only: other programs that the parent has started have a command line of their own.
        own = Path(f"/proc/{parent}/cmdline").read_bytes()
        workers = [one for one in children(parent) if one.with_name("cmdline").read_bytes() == own]
        most = max([most, *(peak(worker) for worker in workers)])
    print(round(most / 1024))


if __name__ == "__main__":
    main(sys.argv[1])
