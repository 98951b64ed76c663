"""Amounts: rounding, minor units and how they are written."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.conf import settings
from django.utils import formats, translation

# ISO 4217 currencies that are not divided into hundredths.
DECIMAL_PLACES = dict.fromkeys(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(),  # noqa: SIM905
    0,
) | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "RUB": "₽", "JPY": "¥", "KZT": "₸", "UAH": "₴", "PLN": "zł"}


def places(currency: str = "") -> int:
    return DECIMAL_PLACES.get((currency or settings.STORE_CURRENCY).upper(), 2)


def round_money(amount: Decimal, currency: str = "") -> Decimal:
    """The one place where money is rounded: half up, to the currency's own number of places."""
    return amount.quantize(Decimal(1).scaleb(-places(currency)), rounding=ROUND_HALF_UP)


def to_minor_units(amount: Decimal, currency: str = "") -> int:
    """Integer minor units as payment gateways count them (cents for EUR, yen for JPY)."""
    return int(round_money(amount, currency).scaleb(places(currency)))


def from_minor_units(units: int, currency: str = "") -> Decimal:
    return Decimal(units).scaleb(-places(currency))


def format_money(amount: Decimal, currency: str = "") -> str:
    """The amount as the active language writes it: €1,149.00 in English, 1 149,00 € in Russian."""
    return written(amount, (currency or settings.STORE_CURRENCY).upper(), translation.get_language() or "en")


@lru_cache(maxsize=16_384)
def written(amount: Decimal, currency: str, language: str) -> str:
    """Kept: a list of products writes dozens of amounts, and the same ones on every page."""
    number = formats.number_format(
        round_money(abs(amount), currency), decimal_pos=places(currency), force_grouping=True
    )
    sign, symbol = "−" if amount < 0 else "", SYMBOLS.get(currency, currency)
    if language == "en":
        return f"{sign}{symbol}{number}" if currency in SYMBOLS else f"{sign}{currency}\u00a0{number}"
    return f"{sign}{number}\u00a0{symbol}"


def format_percent(value: Decimal | float, places: int | None = None) -> str:
    """As the active language writes it: 19% in English, 19 % (unbroken) in Russian.

    Without `places`, as many as the value needs: 21.00 is 21%, 5.50 is 5.5%.
    """
    exact = Decimal(value) if places is None else round(Decimal(value), places)
    number = formats.number_format(f"{exact.normalize():f}" if places is None else exact, decimal_pos=places)
    return f"{number}%" if (translation.get_language() or "en") == "en" else f"{number}\u00a0%"
