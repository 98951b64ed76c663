"""What transports take and give."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

# Nothing that could end the address or the line: an address is never quoted on the wire.
WIRE_SAFE = re.compile(r"[^\x00-\x20\x7f-\xa0<>()\[\]\\,;:@\"\u2028\u2029]+@[A-Za-z0-9_.-]+\Z")


class Envelope(NamedTuple):
    """A message ready to go out; `content` has CRLF line ends and is not dot-stuffed."""

    delivery: int
    sender: str
    recipient: str
    content: bytes


class Reply(NamedTuple):
    """A server's answer. Without a code it is our own sentence: the message was never offered to a server."""

    code: int | None
    text: str


class ServerTrouble(Exception):
    """The server, or the way to it, fails: nobody's message is at fault. The text is what it said."""


class Transport(Protocol):
    """One connection. It may be reopened after trouble."""

    def open(self) -> None:
        """Get ready; ServerTrouble if it does not come up."""

    def transmit(self, envelopes: Iterator[Envelope], begin: Callable[[int], None]) -> Iterator[tuple[Envelope, Reply]]:
        """Send the envelopes in order and yield each with its final reply.

        `begin(delivery)` is called just before the first byte of a message that could be accepted goes out.
        ServerTrouble ends it; what was begun and not yielded by then is in doubt, the rest was not sent.
        """

    def close(self) -> None:
        """Leave politely; never raises."""


def refusal(envelope: Envelope, *, takes_any_script: bool) -> Reply | None:
    """Why the address can't be put on this wire, or None."""
    if not WIRE_SAFE.match(envelope.recipient):
        return Reply(None, "This is not an address that a mail server can take.")
    if not takes_any_script and not envelope.recipient.isascii():
        return Reply(None, "The mail server takes no address with letters beyond ASCII before the @ (no SMTPUTF8).")
    return None
