"""What other apps know about a customer, for the customer's page in the admin; registered in their `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Fact:
    label: str | Promise
    value: str


Source = Callable[[str], list[Fact]]

sources: list[Source] = []


def register(source: Source) -> None:
    """`source` is asked with the customer's normalised e-mail."""
    if source not in sources:
        sources.append(source)


def about(email: str) -> list[Fact]:
    return [fact for source in sources for fact in source(email)]
