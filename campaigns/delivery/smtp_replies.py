"""smtplib's clients with a reader of replies that cannot be held up for ever."""

import smtplib
import time
from typing import Any

# A server that says more than this in one reply is not talking SMTP.
MAX_REPLY = 64 * 1024
MAX_LINES = 100


class ReplyReader:
    """smtplib's `getreply` with a limit on the whole reply, not on each of its bytes."""

    sock: Any
    timeout: float
    received: tuple[Any, bytes] = (None, b"")

    def getreply(self) -> tuple[int, bytes]:
        deadline = time.monotonic() + self.timeout
        lines: list[bytes] = []
        while True:
            line = self.line(deadline)
            lines.append(line[4:])
            if line[3:4] != b"-":
                break
            if len(lines) > MAX_LINES:
                raise smtplib.SMTPServerDisconnected("A reply without end")
        code = int(line[:3]) if line[:3].isdigit() else -1
        return code, b"\n".join(lines) if code != -1 else line

    def line(self, deadline: float) -> bytes:
        sock, data = self.received
        if sock is not self.sock:
            # What came before STARTTLS must not be believed after it.
            data = b""
        while b"\n" not in data:
            if len(data) > MAX_REPLY:
                raise smtplib.SMTPServerDisconnected("A reply without end")
            data += self.receive(deadline)
        line, _newline, rest = data.partition(b"\n")
        self.received = self.sock, rest
        return line.rstrip(b"\r")

    def receive(self, deadline: float) -> bytes:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("Not connected")
        left = deadline - time.monotonic()
        if left <= 0:
            raise smtplib.SMTPServerDisconnected("The server did not answer in time")
        self.sock.settimeout(left)
        data: bytes = self.sock.recv(65536)
        if not data:
            raise smtplib.SMTPServerDisconnected("The server closed the connection")
        return data


class PlainClient(ReplyReader, smtplib.SMTP):
    pass


class TLSClient(ReplyReader, smtplib.SMTP_SSL):
    pass
