"""A mail server that takes everything and keeps nothing. `smtp_sink.py DELAY` prints its port.

It shares the machine with what is measured: uvloop makes it cost less than half.
"""

import asyncio
import sys
from typing import cast

import uvloop


class Sink(asyncio.Protocol):
    """Answers a whole group of pipelined commands with one write, after `delay` seconds."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.buffer = b""
        self.in_body = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are of no class of asyncio's.
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        replies: list[bytes] = []
        while True:
            end = b"\r\n.\r\n" if self.in_body else b"\r\n"
            line, found, rest = self.buffer.partition(end)
            if not found:
                break
            self.buffer = rest
            replies.append(self.body_ended() if self.in_body else self.reply(line[:4].upper()))
        if replies:
            self.answer(b"".join(replies))

    def body_ended(self) -> bytes:
        self.in_body = False
        return b"250 2.0.0 Ok: queued as 0123456789AB\r\n"

    def reply(self, verb: bytes) -> bytes:
        if verb == b"EHLO":
            return b"250-sink\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n"
        if verb == b"DATA":
            self.in_body = True
            return b"354 Go on\r\n"
        return b"221 Bye\r\n" if verb == b"QUIT" else b"250 2.0.0 Ok\r\n"

    def answer(self, data: bytes) -> None:
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.write, data)
        else:
            self.write(data)

    def write(self, data: bytes) -> None:
        # Who said QUIT may be gone.
        if not self.transport.is_closing():
            self.transport.write(data)


async def main(delay: float) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Sink(delay), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(float(sys.argv[1])))
