"""What every message gets just before it goes out: its own return path, and a signature where there is a key."""

import logging
from collections.abc import Callable, Iterator

from campaigns import dkim, return_path
from campaigns.delivery.envelopes import Envelope, Reply, Transport
from campaigns.models import SendingDomain

logger = logging.getLogger(__name__)


class DressingTransport:
    """Another transport, with the messages made ready for it."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.signers: dict[str, dkim.Signer] = {}

    def open(self) -> None:
        self.transport.open()
        self.signers = signers()

    def transmit(self, envelopes: Iterator[Envelope], begin: Callable[[int], None]) -> Iterator[tuple[Envelope, Reply]]:
        return self.transport.transmit((self.dressed(envelope) for envelope in envelopes), begin)

    def dressed(self, envelope: Envelope) -> Envelope:
        """`sender` is the address in From until here: the signature's domain is aligned with it."""
        signer = self.signers.get(envelope.sender.rpartition("@")[2].lower())
        return envelope._replace(
            sender=return_path.address(delivery=envelope.delivery, sender=envelope.sender),
            content=signer.signed(envelope.content) if signer else envelope.content,
        )

    def close(self) -> None:
        self.transport.close()


def signers() -> dict[str, dkim.Signer]:
    """By domain. A key that can't be read is said, and holds no mail back."""
    found = {}
    for row in SendingDomain.objects.exclude(private_key=""):
        try:
            found[row.domain] = dkim.signer_of(row.domain, row.selector, row.private_key)
        except ValueError:
            logger.exception("The DKIM key of %s cannot be read; its mail goes out unsigned", row.domain)
    return found
