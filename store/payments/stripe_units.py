"""Amounts as Stripe counts them (https://docs.stripe.com/currencies), which is not always as ISO 4217 does."""

from decimal import Decimal

from company.money import places, round_money, to_minor_units

# Counted in hundredths that must be whole, and in whole ones, whatever ISO 4217 says.
HUNDREDTHS = frozenset({"ISK", "UGX"})
WHOLE = frozenset({"MGA"})


def stripe_places(currency: str) -> int:
    currency = currency.upper()
    return 2 if currency in HUNDREDTHS else 0 if currency in WHOLE else places(currency)


def to_stripe(amount: Decimal, currency: str) -> int:
    """The integer to send to Stripe."""
    return int(round_money(amount, currency).scaleb(stripe_places(currency)))


def from_stripe(units: int, currency: str) -> Decimal:
    """The amount behind an integer of Stripe's."""
    return Decimal(units).scaleb(-stripe_places(currency))


def to_ours(units: int, currency: str) -> int:
    """Stripe's integer in ISO's minor units, as an Outcome has them."""
    return to_minor_units(from_stripe(units, currency), currency)
