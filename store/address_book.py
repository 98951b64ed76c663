"""A member's address book."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from store.customers import Customer
from store.errors import StoreError
from store.models import Address

FIELDS = ("full_name", "phone", "line1", "line2", "city", "region", "postal_code", "country")
MOST = 50


def of(user: Any) -> list[Address]:
    """The usual one first, then the newest."""
    return list(Address.objects.filter(user=user)) if user.is_authenticated else []


def find(*, user: Any, pk: int) -> Address | None:
    """The member's own address with this id."""
    return Address.objects.filter(user=user, pk=pk).first()


def chosen(*, user: Any, text: str) -> Address | None:
    """The member's address whose id was chosen in a form; None for nonsense."""
    is_id = user.is_authenticated and text.isascii() and text.isdigit() and len(text) < 19
    return find(user=user, pk=int(text)) if is_id else None


def as_values(address: Address) -> dict[str, str]:
    return {name: getattr(address, name) for name in FIELDS}


def save(*, user: Any, customer: Customer, pk: int | None = None, is_default: bool = False) -> Address:
    """Add an address, or change the one with this id. `customer` is clean. The first one becomes the usual one.

    Raises StoreError when the book is full or has no such address.
    """
    values = {name: getattr(customer, name) for name in FIELDS}
    with transaction.atomic():
        # One writer at a time: two could both become the usual one.
        own = list(Address.objects.select_for_update().filter(user=user))
        address = next((row for row in own if row.pk == pk), None) if pk else None
        if pk and address is None:
            raise StoreError(_("There is no such address in your book."))
        if address is None:
            address = same(own, values) or Address(user=user)
        if address.pk is None and len(own) >= MOST:
            raise StoreError(_("Your address book is full: please remove an address first."))
        for name, value in values.items():
            setattr(address, name, value)
        becomes_usual = is_default or not any(row.is_default for row in own)
        if becomes_usual:
            Address.objects.filter(user=user, is_default=True).update(is_default=False)
        address.is_default = becomes_usual or (address.is_default and not pk)
        address.save()
        keep_one_usual(user)
    return address


def same(own: list[Address], values: dict[str, str]) -> Address | None:
    """An address that is in the book already is not added twice."""
    return next((row for row in own if all(getattr(row, name) == value for name, value in values.items())), None)


def remove(*, address: Address) -> None:
    with transaction.atomic():
        address.delete()
        keep_one_usual(address.user)


def keep_one_usual(user: Any) -> None:
    """Where there are addresses, one of them is the usual one: else the newest becomes it."""
    own = Address.objects.filter(user=user)
    if not own.filter(is_default=True).exists() and (newest := own.order_by("-pk").first()):
        Address.objects.filter(pk=newest.pk).update(is_default=True)
