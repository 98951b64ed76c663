"""What every message gets just before it goes out: its own return path, and a signature where there is a key."""

import logging
from collections.abc import Callable, Iterator
from email.utils import parseaddr

from campaigns import addresses, dkim, dkim_keys, return_path
from campaigns.delivery.envelopes import Envelope, Reply, ServerTrouble, Transport
from campaigns.models import SendingDomain
from notifications.outgoing import sender as site_sender

logger = logging.getLogger(__name__)


class DressingTransport:
    """Another transport, with the messages made ready for it."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.signers: dict[str, dkim.Signer] = {}

    def open(self) -> None:
        """ServerTrouble while the site's own key is lost: everything waits, rather than going out unsigned."""
        self.signers, lost = signers()
        if (domain := site_domain()) in lost:
            raise ServerTrouble(
                f"The DKIM key of {domain} cannot be read: see SECRET_KEY_FALLBACKS, or make a new one."
            )
        self.transport.open()

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


def signers() -> tuple[dict[str, dkim.Signer], set[str]]:
    """By domain, and the domains whose key cannot be read: owners' mail comes from the site's address meanwhile."""
    found, lost = {}, set()
    for row in SendingDomain.objects.exclude(private_key=""):
        try:
            found[row.domain] = dkim_keys.signer_of(row)
        except dkim_keys.Unreadable:
            logger.exception("The DKIM key of %s cannot be read", row.domain)
            lost.add(row.domain)
    return found, lost


def site_domain() -> str:
    return addresses.on_the_wire(parseaddr(site_sender())[1]).rpartition("@")[2].lower()
