"""Mail servers on loopback that behave well, or not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Mailbox:
    """Takes everything, unless told otherwise; remembers messages and the number of connections."""

    def __init__(self, *, rcpt: str = "", data: str = "", per_connection: int = 0) -> None:
        self.rcpt, self.data, self.per_connection = rcpt, data, per_connection
        self.messages: list[Any] = []
        self.connections: set[Any] = set()
        self.in_session: dict[Any, int] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.connections.add(session.peer)
        if self.data:
            return self.data
        if self.per_connection and self.in_session.get(session.peer, 0) >= self.per_connection:
            server.transport.close()
            return "421 too many"
        self.in_session[session.peer] = self.in_session.get(session.peer, 0) + 1
        self.messages.append(envelope)
        return f"250 queued as {len(self.messages)}"


class LoopbackController(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="loopback")


@contextmanager
def mail_server(settings: Any, **behaviour: Any) -> Iterator[Mailbox]:
    """An SMTP server that `settings` send through."""
    mailbox = Mailbox(**behaviour)
    controller = LoopbackController(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    use_smtp(settings, controller.port)
    try:
        yield mailbox
    finally:
        controller.stop()


@contextmanager
def hanging_server(settings: Any) -> Iterator[list[socket.socket]]:
    """Accepts connections and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    accepted: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                accepted.append(listener.accept()[0])
            except OSError:
                return

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    use_smtp(settings, listener.getsockname()[1])
    settings.EMAIL_TIMEOUT = 0.3
    try:
        yield accepted
    finally:
        listener.close()
        for connection in accepted:
            connection.close()


def use_smtp(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
