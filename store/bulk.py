"""The same step for many orders, each on its own: what cannot be done for one does not stop the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from store import fulfilment
from store.errors import StoreError
from store.models import Order
from store.payments import starting


@dataclass
class Outcome:
    """What has become of each: the orders that took the step, and those that could not with the reason."""

    done: list[Order] = field(default_factory=list)
    refused: list[tuple[Order, str]] = field(default_factory=list)


def advance(*, chosen: Iterable[Order], to: str, actor: str) -> Outcome:
    """Packed, shipped or delivered, as `fulfilment.advance` would do it for one."""
    return each(chosen, lambda order: fulfilment.advance(order=order, to=to, actor=actor))


def paid(*, chosen: Iterable[Order], actor: str) -> Outcome:
    """Their money is there, as `starting.paid_by_hand` would note it for one."""
    return each(chosen, lambda order: starting.paid_by_hand(order=order, actor=actor))


def each(chosen: Iterable[Order], step: Callable[[Order], object]) -> Outcome:
    outcome = Outcome()
    for order in chosen:
        try:
            step(order)
            outcome.done.append(order)
        except StoreError as error:
            outcome.refused.append((order, str(error)))
    return outcome
