"""A connection to a provider's HTTP API that tells “not sent” from “no answer”, with limits on everything.

urllib3 and requests send again by themselves on a connection that was closed meanwhile; here nothing goes out twice.
"""

import contextlib
import http.client
import json
import select
import ssl
import time
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from campaigns.delivery.envelopes import ServerTrouble

MAX_ANSWER = 256 * 1024
FAILURES = (OSError, http.client.HTTPException)


class HTTPAnswer(NamedTuple):
    """`data` is the JSON of the body; None when it is none."""

    status: int
    data: Any
    text: str


class HTTPConnection:
    """Opened before the first byte of a message, so that what cannot be reached was certainly not sent."""

    def __init__(self, base: str, *, headers: dict[str, str], timeout: float) -> None:
        self.url, self.headers, self.timeout = urlsplit(base), headers, timeout
        self.client: http.client.HTTPConnection | None = None

    def open(self) -> None:
        self.close()
        host, port = self.url.hostname or "", self.url.port
        try:
            if self.url.scheme == "https":
                context = ssl.create_default_context()
                client: http.client.HTTPConnection = http.client.HTTPSConnection(
                    host, port, timeout=self.timeout, context=context
                )
            else:
                client = http.client.HTTPConnection(host, port, timeout=self.timeout)
            client.connect()
        except FAILURES as error:
            raise ServerTrouble(f"{host}: {error}") from error
        self.client = client

    def post(self, path: str, payload: Any, begin: Callable[[], None]) -> HTTPAnswer:
        """ServerTrouble before `begin` was called: not sent; afterwards: nobody knows."""
        if self.client is None or self.was_closed():
            self.open()
        client = self.client
        assert client is not None  # noqa: S101 - for the type checker
        body = json.dumps(payload).encode()
        begin()
        deadline = time.monotonic() + self.timeout
        try:
            headers = {"Content-Type": "application/json", "Accept": "application/json", **self.headers}
            client.request("POST", self.url.path.rstrip("/") + path, body=body, headers=headers)
            response = client.getresponse()
            data = self.read(response, deadline)
        except FAILURES as error:
            self.close()
            raise ServerTrouble(f"No answer: {error or type(error).__name__}") from error
        if response.will_close:
            self.close()
        text = data.decode(errors="replace")
        try:
            parsed = json.loads(text)
        except ValueError:
            parsed = None
        return HTTPAnswer(response.status, parsed, text)

    def was_closed(self) -> bool:
        """Whether the server has hung up: an idle connection has nothing to say but that."""
        sock = self.client.sock if self.client else None
        return sock is None or bool(select.select([sock], [], [], 0)[0])

    def read(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        """Limited as a whole: a server that drips would hold the connection for ever."""
        data = b""
        while chunk := response.read1(65536):
            data += chunk
            if len(data) > MAX_ANSWER or time.monotonic() > deadline:
                raise OSError("an answer without end")
        # `read1` leaves it open at its end, and the connection with it.
        response.close()
        return data

    def close(self) -> None:
        client, self.client = self.client, None
        if client is not None:
            with contextlib.suppress(OSError):
                client.close()
