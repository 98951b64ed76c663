"""A small load generator: keep-alive connections in threads, raw sockets, no parsing beyond what HTTP needs."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """Answers a second, and the 95th percentile of one answer in milliseconds."""

    rate: float
    p95_ms: float


class Connection:
    """One keep-alive connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 60)
        self.file = self.socket.makefile("rb")

    def ask(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """Send a prepared request; status, headers and body of the answer."""
        self.socket.sendall(request)
        status = int(self.file.readline().split()[1])
        headers = {}
        while (line := self.file.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return status, headers, self.body(headers)

    def body(self, headers: dict[str, str]) -> bytes:
        if "content-length" in headers:
            return self.file.read(int(headers["content-length"]))
        pieces = []
        while size := int(self.file.readline(), 16):
            pieces.append(self.file.read(size))
            self.file.readline()
        self.file.readline()
        return b"".join(pieces)


def http_request(
    method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None, host: str = "127.0.0.1"
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body or method != "GET":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def measure(work: Callable[[Connection, int], None], *, port: int, seconds: float = 5, connections: int = 4) -> Rate:
    """Call `work(connection, n)` over and over on each connection; n counts up per connection from a start of its own.

    One call is one unit of the rate, however many requests it makes. The first tenth of the time is not counted.
    """
    times: list[list[float]] = [[] for _ in range(connections)]
    troubles: list[BaseException] = []
    begin = time.monotonic() + seconds / 10
    end = begin + seconds

    def loop(index: int) -> None:
        try:
            connection = Connection(port)
            n = index * 1_000_000
            while (started := time.monotonic()) < end:
                work(connection, n)
                n += 1
                if started >= begin:
                    times[index].append(time.monotonic() - started)
        except BaseException as error:  # said by the main thread
            troubles.append(error)

    threads = [threading.Thread(target=loop, args=(index,)) for index in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]
    every = sorted(duration for part in times for duration in part)
    return Rate(rate=len(every) / seconds, p95_ms=1000 * every[int(len(every) * 0.95)] if every else 0.0)


def visit(requests: Sequence[bytes], expected: int = 200) -> Callable[[Connection, int], None]:
    """Work that asks the prepared requests in turn."""

    def work(connection: Connection, n: int) -> None:
        status, _headers, body = connection.ask(requests[n % len(requests)])
        if status != expected:
            raise AssertionError(f"{status}: {requests[n % len(requests)][:200]!r} {body[:300]!r}")

    return work
