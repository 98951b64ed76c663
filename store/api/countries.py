"""Countries as the API's callers name them."""

from django.utils.translation import gettext as _

from store.countries import NAMES
from store.errors import StoreError


class UnknownCountry(StoreError):
    """Not an ISO 3166-1 code that we know."""

    code = "unknown_country"


def known_country(code: str) -> str:
    """The code in capitals; raises UnknownCountry."""
    if code.upper() not in NAMES:
        raise UnknownCountry(_("Choose a country from the list."))
    return code.upper()
