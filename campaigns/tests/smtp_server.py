"""An SMTP server of the tests' own, with the manners of good and of bad ones. Runs in this or in its own process."""

import asyncio
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Behaviour:
    """What the server does; changed while it runs."""

    pipelining: bool = True
    smtputf8: bool = True
    # Seconds before every reply.
    delay: float = 0.0
    # Recipient (regular expression) → reply to RCPT.
    rcpt: dict[str, str] = field(default_factory=dict)
    # Recipient → reply to the body.
    data: dict[str, str] = field(default_factory=dict)
    # Recipients that were refused once already are taken.
    greylist: bool = False
    mail: str = "250 2.1.0 Ok"
    greeting: str = "220 test ESMTP"
    # "drop_before_data", "drop_at_data", "drop_after_data", "garbage", "garbage_after_data", "hang_after_data"
    fault: str = ""
    # The fault strikes at the messages with these numbers (1 is the first); empty: all.
    at_messages: tuple[int, ...] = ()
    # 421 after so many messages of one connection.
    messages_per_connection: int = 0
    # More connections than that at once are turned away; 0: any number.
    max_connections: int = 0
    # At RCPT to such a recipient (regular expression) the connection is dropped.
    hangs_up_on: str = ""


@dataclass
class Taken:
    """A message that the server has answered with 250."""

    recipient: str
    content: bytes


class Drop(Exception):
    pass


class SMTPServer:
    """Keeps what it took in `taken`, and every command line in `commands`."""

    def __init__(self, behaviour: Behaviour | None = None, *, log: Path | None = None) -> None:
        self.behaviour = behaviour or Behaviour()
        self.taken: list[Taken] = []
        self.greylisted: set[str] = set()
        self.commands: list[str] = []
        self.bodies = 0
        self.connections = self.open_connections = 0
        self.log = log.open("ab", buffering=0) if log else None

    @property
    def recipients(self) -> list[str]:
        return [taken.recipient for taken in self.taken]

    async def serve(self, port: int = 0) -> asyncio.Server:
        return await asyncio.start_server(self.connected, "127.0.0.1", port, limit=2**22)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open_connections += 1
        try:
            limit = self.behaviour.max_connections
            if limit and self.open_connections > limit:
                writer.write(b"421 4.7.0 Too many connections\r\n")
                return
            await Session(self, reader, writer).run()
        except (Drop, ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open_connections -= 1
            writer.close()

    def take(self, recipient: str, content: bytes) -> None:
        self.taken.append(Taken(recipient, content))
        if self.log:
            self.log.write(f"{recipient}\n".encode())


class Session:
    def __init__(self, server: SMTPServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.recipient = ""
        self.count = 0

    async def run(self) -> None:
        await self.say(self.server.behaviour.greeting)
        while True:
            line = (await self.reader.readline()).decode(errors="replace")
            if not line:
                return
            line = line.rstrip("\r\n")
            self.server.commands.append(line)
            if not await self.answer(line):
                return

    async def answer(self, line: str) -> bool:
        behaviour, verb = self.server.behaviour, line[:4].upper()
        if verb == "EHLO":
            extensions = ["test"] + ["PIPELINING"] * behaviour.pipelining + ["SMTPUTF8"] * behaviour.smtputf8
            await self.say("\r\n".join([f"250-{name}" for name in extensions] + ["250 8BITMIME"]))
        elif verb == "MAIL":
            limit = behaviour.messages_per_connection
            if limit and self.count >= limit:
                await self.say("421 4.7.0 Too many messages on one connection")
                raise Drop
            self.recipient = ""
            await self.say(behaviour.mail)
        elif verb == "RCPT":
            await self.rcpt(re.search("<(.*)>", line)[1])  # type: ignore[index]
        elif verb == "DATA":
            await self.data()
        elif verb == "QUIT":
            await self.say("221 Bye")
            return False
        else:
            await self.say("250 2.0.0 Ok")
        return True

    async def rcpt(self, address: str) -> None:
        behaviour = self.server.behaviour
        if behaviour.hangs_up_on and re.search(behaviour.hangs_up_on, address):
            raise Drop
        if behaviour.greylist and address not in self.server.greylisted:
            self.server.greylisted.add(address)
            await self.say("450 4.7.1 Greylisted, come back later")
            return
        refusal = next((text for pattern, text in behaviour.rcpt.items() if re.search(pattern, address)), None)
        if refusal is None:
            self.recipient = address
        await self.say(refusal or "250 2.1.5 Ok")

    async def data(self) -> None:
        if not self.recipient:
            await self.say("503 5.5.1 No recipients")
            return
        self.server.bodies += 1
        fault = self.fault()
        if fault == "drop_before_data":
            raise Drop
        if fault == "garbage":
            await self.say("what?")
            raise Drop
        await self.say("354 Go on")
        if fault == "drop_at_data":
            await self.reader.read(100)
            raise Drop
        content = await self.body()
        self.count += 1
        if fault == "drop_after_data":
            raise Drop
        if fault == "hang_after_data":
            await asyncio.sleep(3600)
        if fault == "garbage_after_data":
            await self.say("?!\x00 250 perhaps")
            return
        refusal = next((t for p, t in self.server.behaviour.data.items() if re.search(p, self.recipient)), None)
        if refusal is None:
            self.server.take(self.recipient, content)
        await self.say(refusal or f"250 2.0.0 Ok: queued as {self.server.bodies:08X}")

    def fault(self) -> str:
        behaviour = self.server.behaviour
        if behaviour.at_messages and self.server.bodies not in behaviour.at_messages:
            return ""
        return behaviour.fault

    async def body(self) -> bytes:
        content = await self.reader.readuntil(b"\r\n.\r\n")
        return content[:-3].replace(b"\r\n..", b"\r\n.")

    async def say(self, text: str) -> None:
        if self.server.behaviour.delay:
            await asyncio.sleep(self.server.behaviour.delay)
        self.writer.write(text.encode() + b"\r\n")
        await self.writer.drain()


@dataclass
class Running:
    server: SMTPServer
    port: int

    def __getattr__(self, name: str) -> object:
        return getattr(self.server, name)


@contextmanager
def smtp_server(behaviour: Behaviour | None = None, *, port: int = 0) -> Iterator[Running]:
    """A server in a thread of this process."""
    server, loop, ready = SMTPServer(behaviour), asyncio.new_event_loop(), threading.Event()
    running = Running(server, 0)

    async def start() -> None:
        listening = await server.serve(port)
        running.port = listening.sockets[0].getsockname()[1]
        ready.set()

    def run() -> None:
        loop.create_task(start())
        loop.run_forever()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield running
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


async def main(log: str, behaviour: str) -> None:
    server = SMTPServer(Behaviour(**json.loads(behaviour)), log=Path(log))
    listening = await server.serve()
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
