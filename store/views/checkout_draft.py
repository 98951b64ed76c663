"""What the checkout knows before anything is typed, and what it keeps of what was."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from store import address_book, orders
from store.checkout_form import CUSTOMER_FIELDS

# Neither the token nor anything about money.
KEPT = (*CUSTOMER_FIELDS, "payment")


def draft_of(typed: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(typed.get(name, "")) for name in KEPT}


def known_customer(request: HttpRequest) -> dict[str, Any]:
    """A member's usual address, else that of the latest order, else at least their name and e-mail."""
    user = request.user
    if not user.is_authenticated:
        return {}
    usual = next(iter(address_book.of(user)), None)
    if usual is not None:
        return {"email": user.email, **address_book.as_values(usual)}
    latest = orders.of(user).first()
    if latest is not None:
        return {name: getattr(latest, name) for name in CUSTOMER_FIELDS}
    return {"email": user.email, "full_name": user.get_full_name(), "phone": user.phone}
