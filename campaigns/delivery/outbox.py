"""The outbox of development: messages become files, as if a server had taken them."""

import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from campaigns.delivery.envelopes import Envelope, Reply, ServerTrouble, refusal


class OutboxTransport:
    """One .eml file per message."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def open(self) -> None:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServerTrouble(str(error)) from error

    def transmit(self, envelopes: Iterator[Envelope], begin: Callable[[int], None]) -> Iterator[tuple[Envelope, Reply]]:
        for envelope in envelopes:
            refused = refusal(envelope, takes_any_script=True)
            if refused is not None:
                yield envelope, refused
                continue
            begin(envelope.delivery)
            yield envelope, Reply(250, f"2.0.0 Ok: in the outbox as {self.write(envelope.content)}")

    def write(self, content: bytes) -> str:
        """Under another name first: a reader never sees half a message."""
        name = f"{time.time_ns() // 1000}-{secrets.token_hex(4)}.eml"
        part = self.directory / f".{name}.part"
        try:
            part.write_bytes(content)
            part.rename(self.directory / name)
        except OSError as error:
            raise ServerTrouble(str(error)) from error
        return name

    def close(self) -> None:
        pass
