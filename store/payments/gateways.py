"""Which ways of payment there are."""

from store.errors import UnknownGateway
from store.models import Order
from store.payments import offline
from store.payments.base import Gateway, Purchase
from store.payments.sandbox import SandboxGateway
from store.payments.stripe_gateway import StripeGateway

GATEWAYS: tuple[Gateway, ...] = (StripeGateway(), SandboxGateway())
ONLINE = tuple(gateway.code for gateway in GATEWAYS)
# Stands for the first of the shop's own ways that the purchase may be paid in.
OFFLINE = offline.CODE
ANY = Purchase()


def choices(purchase: Purchase = ANY) -> list[Gateway]:
    """Those that shoppers may choose here for this purchase, in the order in which the checkout shows them."""
    return [gateway for gateway in everything() if gateway.is_offered() and gateway.suits(purchase)]


def everything() -> list[Gateway]:
    """Offered or not."""
    return [*GATEWAYS, *offline.gateways()]


def offered(code: str, purchase: Purchase = ANY) -> Gateway:
    """The one with this code, if it is offered for the purchase; raises UnknownGateway."""
    ways = GATEWAYS if code in ONLINE else offline.gateways()
    for gateway in ways:
        if code in (gateway.code, OFFLINE) and gateway.is_offered() and gateway.suits(purchase):
            return gateway
    raise UnknownGateway(code[:32].replace("\x00", ""))


def known(code: str) -> Gateway:
    """The one that an old payment was made with, offered or not, deleted or not."""
    gateway = next((item for item in GATEWAYS if item.code == code), None)
    return gateway or offline.known(code)


def of(order: Order) -> Gateway:
    """The order's own, as `known`."""
    return order.gateway_in_hand or known(order.gateway)


def purchase_of(order: Order) -> Purchase:
    return Purchase(country=order.country, shipping_method=order.shipping_code, total=order.total)
