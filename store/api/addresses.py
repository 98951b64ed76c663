"""The address book of whoever is logged in."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from api.auth import user as logged_in
from store import address_book, customers
from store.customers import Customer
from store.models import Address

router = Router(tags=["me"], auth=logged_in)

MOST_ID = 2**63 - 1


class AddressBookIn(Schema):
    full_name: str
    line1: str
    city: str
    country: str
    phone: str = ""
    line2: str = ""
    region: str = ""
    postal_code: str = ""
    is_default: bool = False


class AddressBookOut(AddressBookIn):
    id: int


class AddressesOut(Schema):
    items: list[AddressBookOut]


@router.get("/me/addresses", response=AddressesOut)
def list_addresses(request: HttpRequest) -> Any:
    """The usual one first."""
    return {"items": address_book.of(request.user)}


@router.post("/me/addresses", response={201: AddressBookOut})
def add_address(request: HttpRequest, payload: AddressBookIn) -> Any:
    """An address that is there already is not added twice."""
    return 201, save(request, payload)


@router.put("/me/addresses/{address_id}", response=AddressBookOut)
def change_address(request: HttpRequest, address_id: int, payload: AddressBookIn) -> Any:
    return save(request, payload, own(request, address_id).pk)


@router.delete("/me/addresses/{address_id}", response={204: None})
def remove_address(request: HttpRequest, address_id: int) -> Any:
    address_book.remove(address=own(request, address_id))
    return 204, None


def own(request: HttpRequest, pk: int) -> Address:
    address = address_book.find(user=request.user, pk=pk) if 0 < pk <= MOST_ID else None
    if address is None:
        raise Http404
    return address


def save(request: HttpRequest, payload: AddressBookIn, pk: int | None = None) -> Address:
    typed = payload.dict(exclude={"is_default"})
    customer = customers.clean(Customer(email="nobody@example.com", **typed))
    return address_book.save(user=request.user, customer=customer, pk=pk, is_default=payload.is_default)
