"""Request bodies, read completely before a thread is taken."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

CHUNK = 64 * 1024
IN_MEMORY = 1024 * 1024


class BodyTooLarge(Exception):
    """The client sent, or announced, more than the limit."""


class BodyTooSlow(Exception):
    """Nothing came within the read timeout, or the client went away."""


class BufferedBodies:
    """ASGI middleware that spools a request's body to disk and then hands the request on.

    `limit` is in bytes (beyond it 413), `timeout` the seconds between two pieces (beyond it 408).
    """

    def __init__(self, app: Application, *, limit: int, timeout: float = 30) -> None:
        self.app = app
        self.limit = limit
        self.timeout = timeout

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if (
            scope["method"] in ("GET", "HEAD")
            and b"content-length" not in headers
            and b"transfer-encoding" not in headers
        ):
            await self.app(scope, receive, send)
            return
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            try:
                await self.spool(headers, receive, spool)
            except BodyTooLarge:
                await refuse(send, 413, f"The request is larger than {self.limit // 1024 // 1024} MB.")
            except BodyTooSlow:
                await refuse(send, 408, "The request did not arrive in time.")
            else:
                await self.app(scope, replay(spool, receive), send)

    async def spool(self, headers: dict[bytes, bytes], receive: Receive, spool: Any) -> None:
        if int(headers.get(b"content-length", b"0") or 0) > self.limit:
            raise BodyTooLarge
        size, more = 0, True
        while more:
            try:
                message = await asyncio.wait_for(receive(), self.timeout)
            except TimeoutError as error:
                raise BodyTooSlow from error
            if message["type"] == "http.disconnect":
                raise BodyTooSlow
            size += len(message.get("body", b""))
            if size > self.limit:
                raise BodyTooLarge
            spool.write(message.get("body", b""))
            more = message.get("more_body", False)
        spool.seek(0)


def replay(spool: Any, receive: Receive) -> Receive:
    """A `receive` that reads the spooled body, and the client's own messages once it is read."""
    finished = False

    async def next_message() -> Message:
        nonlocal finished
        if finished:
            return await receive()
        chunk = spool.read(CHUNK)
        finished = len(chunk) < CHUNK
        return {"type": "http.request", "body": chunk, "more_body": not finished}

    return next_message


async def refuse(send: Send, status: int, sentence: str) -> None:
    """Answer with one sentence and close the connection: the rest of the body is not read."""
    body = sentence.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
