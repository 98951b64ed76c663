"""A pipelining SMTP client (RFC 5321, RFC 2920) that keeps every reply.

smtplib connects, greets, encrypts and logs in; from there on commands go out in groups, one round trip a message:
the body of one message together with MAIL, RCPT and DATA of the next.
"""

import contextlib
import smtplib
import socket
import ssl
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.mail.utils import DNS_NAME

from campaigns.delivery.envelopes import Envelope, Reply, ServerTrouble, refusal
from campaigns.delivery.smtp_replies import PlainClient, TLSClient

END_OF_DATA = b".\r\n"


@dataclass(frozen=True)
class Server:
    """Where, and how to get in."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False
    timeout: float = 20.0


class SMTPTransport:
    """One connection to the server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.client: Any = None
        self.pipelining = self.takes_any_script = False
        self.waiting: deque[bytes] = deque()

    def open(self) -> None:
        self.close()
        try:
            self.client = self.connect()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise ServerTrouble(describe(error)) from error
        self.pipelining = self.client.has_extn("pipelining")
        self.takes_any_script = self.client.has_extn("smtputf8")

    def connect(self) -> smtplib.SMTP:
        server = self.server
        options: dict[str, Any] = {"timeout": server.timeout, "local_hostname": DNS_NAME.get_fqdn()}
        # Reading the system's certificates takes a twentieth of a second.
        context = ssl.create_default_context() if server.use_ssl or server.use_tls else None
        if server.use_ssl:
            client: smtplib.SMTP = TLSClient(server.host, server.port, context=context, **options)
        else:
            client = PlainClient(server.host, server.port, **options)
        try:
            client.ehlo_or_helo_if_needed()
            if server.use_tls:
                client.starttls(context=context)
                client.ehlo_or_helo_if_needed()
            if server.user:
                client.login(server.user, server.password)
            if client.sock is not None:
                client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            client.close()
            raise
        return client

    def transmit(self, envelopes: Iterator[Envelope], begin: Callable[[int], None]) -> Iterator[tuple[Envelope, Reply]]:
        refused: list[tuple[Envelope, Reply]] = []
        try:
            current = self.following(envelopes, refused)
            if current is not None:
                self.write(*self.opening(current))
            while current is not None:
                rejected = self.offered()
                following = self.following(envelopes, refused)
                group = self.opening(following) if following is not None else ()
                if rejected is None:
                    begin(current.delivery)
                    self.write(stuffed(current.content), *group)
                    yield current, self.accepted()
                else:
                    # RFC 2920 lets RSET and the next group follow without a round trip of their own.
                    self.write(b"RSET\r\n", *group)
                    self.reply()
                    yield current, rejected
                yield from refused
                refused.clear()
                current = following
            yield from refused
        except (smtplib.SMTPException, OSError) as error:
            raise ServerTrouble(describe(error)) from error

    def following(self, envelopes: Iterator[Envelope], refused: list[tuple[Envelope, Reply]]) -> Envelope | None:
        """The next one that this server can be offered; the others go to `refused`, with the reason."""
        for envelope in envelopes:
            reason = refusal(envelope, takes_any_script=self.takes_any_script)
            if reason is None:
                return envelope
            refused.append((envelope, reason))
        return None

    def opening(self, envelope: Envelope) -> tuple[bytes, bytes, bytes]:
        parameter = "" if envelope.recipient.isascii() else " SMTPUTF8"
        return (
            f"MAIL FROM:<{envelope.sender}>{parameter}\r\n".encode(),
            f"RCPT TO:<{envelope.recipient}>\r\n".encode(),
            b"DATA\r\n",
        )

    def offered(self) -> Reply | None:
        """Read the answers to MAIL, RCPT and DATA: None if the server waits for the body, else why not."""
        (mail, mail_text), (rcpt, rcpt_text), (data, data_text) = self.reply(), self.reply(), self.reply()
        if not 200 <= mail < 300:
            raise ServerTrouble(f"{mail} {mail_text}")
        if 200 <= rcpt < 300 and data == 354:
            return None
        if data == 354:
            # RFC 2920 3.1: a server may take DATA without any recipient; an empty body ends it.
            self.write(END_OF_DATA)
            self.reply()
        code, text = (data, data_text) if 200 <= rcpt < 300 else (rcpt, rcpt_text)
        if not 400 <= code < 600:
            raise ServerTrouble(f"{code} {text}")
        return Reply(code, text)

    def accepted(self) -> Reply:
        """The answer to the body. A 421 says that the message was not taken; after nonsense nothing can be read."""
        code, text = self.answer()
        if code == 421 or not 200 <= code < 600 or 300 <= code < 400:
            self.drop()
        return Reply(code, text)

    def write(self, *commands: bytes) -> None:
        """Send the commands at once, or, to a server that does not pipeline, one before each reply."""
        if self.pipelining:
            self.send(b"".join(commands))
        else:
            self.waiting.extend(commands)

    def reply(self) -> tuple[int, str]:
        code, text = self.answer()
        if code == 421:
            raise ServerTrouble(f"421 {text}")
        return code, text

    def answer(self) -> tuple[int, str]:
        if self.waiting:
            self.send(self.waiting.popleft())
        if self.client is None:
            raise ServerTrouble("The connection was given up")
        code, text = self.client.getreply()
        return code, text.decode(errors="replace").strip()

    def send(self, data: bytes) -> None:
        self.client.sock.sendall(data)

    def drop(self) -> None:
        client, self.client = self.client, None
        self.waiting.clear()
        if client is not None:
            client.close()

    def close(self) -> None:
        if self.client is not None and not self.waiting:
            with contextlib.suppress(OSError):
                self.send(b"QUIT\r\n")
        self.drop()


def stuffed(content: bytes) -> bytes:
    """The body with its lines dot-stuffed and its end marked (RFC 5321 4.5.2)."""
    if content.startswith(b"."):
        content = b"." + content
    if b"\n." in content:
        content = content.replace(b"\n.", b"\n..")
    return content + (END_OF_DATA if content.endswith(b"\r\n") else b"\r\n" + END_OF_DATA)


def describe(error: BaseException) -> str:
    """What the server said, or else what happened to the connection."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return str(error) or type(error).__name__
