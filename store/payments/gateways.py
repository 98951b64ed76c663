"""Which ways of payment there are."""

from store.errors import UnknownGateway
from store.payments.base import Gateway
from store.payments.offline import OfflineGateway
from store.payments.sandbox import SandboxGateway
from store.payments.stripe_gateway import StripeGateway

# In the order in which the checkout shows them.
ALL: tuple[Gateway, ...] = (StripeGateway(), SandboxGateway(), OfflineGateway())


def choices() -> list[Gateway]:
    """Those that shoppers may choose here."""
    return [gateway for gateway in ALL if gateway.is_offered()]


def offered(code: str) -> Gateway:
    """The one with this code, if it is offered; raises UnknownGateway."""
    gateway = next((item for item in choices() if item.code == code), None)
    if gateway is None:
        raise UnknownGateway(code[:32].replace("\x00", ""))
    return gateway


def known(code: str) -> Gateway:
    """The one that an old payment was made with, offered or not."""
    return next(item for item in ALL if item.code == code)
