"""smtplib's clients with a reader of replies that cannot be held up for ever."""

import smtplib
import time
from typing import Any

# A server that says more than this in one reply is not talking SMTP.
MAX_REPLY = 64 * 1024
MAX_LINES = 100
# Who waits for a reply for the second time has so much less time left, at least.
NEGLIGIBLE_SECONDS = 0.1


class ReplyReader:
    """smtplib's `getreply` with a limit on the whole reply, not on each of its bytes."""

    sock: Any
    timeout: float
    # What has come in from `source`, and how far it was read.
    source: Any = None
    received = b""
    position = 0

    def getreply(self) -> tuple[int, bytes]:
        deadline = time.monotonic() + self.timeout
        line = self.line(deadline)
        text = line[4:]
        if line[3:4] == b"-":
            line, text = self.rest_of(text, deadline)
        code = int(line[:3]) if line[:3].isdigit() else -1
        return code, text if code != -1 else line

    def rest_of(self, text: bytes, deadline: float) -> tuple[bytes, bytes]:
        """Of a reply of several lines: its last line, and the text of them all."""
        lines = [text]
        while True:
            line = self.line(deadline)
            lines.append(line[4:])
            if line[3:4] != b"-":
                return line, b"\n".join(lines)
            if len(lines) > MAX_LINES:
                raise smtplib.SMTPServerDisconnected("A reply without end")

    def line(self, deadline: float) -> bytes:
        if self.source is not self.sock:
            # What came before STARTTLS must not be believed after it.
            self.source, self.received, self.position = self.sock, b"", 0
        while (end := self.received.find(b"\n", self.position)) < 0:
            begun = self.received[self.position :]
            if len(begun) > MAX_REPLY:
                raise smtplib.SMTPServerDisconnected("A reply without end")
            self.received, self.position = begun + self.receive(deadline), 0
        line = self.received[self.position : end]
        self.position = end + 1
        return line.rstrip(b"\r")

    def receive(self, deadline: float) -> bytes:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("Not connected")
        left = deadline - time.monotonic()
        if left <= 0:
            raise smtplib.SMTPServerDisconnected("The server did not answer in time")
        # The socket's own timeout is a whole reply's; setting another costs a system call each time.
        waits_again = self.timeout - left > NEGLIGIBLE_SECONDS
        if waits_again:
            self.sock.settimeout(left)
        data: bytes = self.sock.recv(65536)
        if waits_again:
            self.sock.settimeout(self.timeout)
        if not data:
            raise smtplib.SMTPServerDisconnected("The server closed the connection")
        return data


class PlainClient(ReplyReader, smtplib.SMTP):
    pass


class TLSClient(ReplyReader, smtplib.SMTP_SSL):
    pass
