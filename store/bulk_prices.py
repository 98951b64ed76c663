"""New prices from old ones: set, more or less by an amount or a percentage, rounded as shops like it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from company.money import round_money
from store.errors import StoreError

MAX_PRICE = Decimal(10) ** 10


class PriceMode(models.TextChoices):
    """What happens to the price."""

    KEEP = "", gettext_lazy("leave as it is")
    SET = "set", gettext_lazy("set to")
    AMOUNT = "amount", gettext_lazy("change by (amount)")
    PERCENT = "percent", gettext_lazy("change by (percent)")


class Rounding(models.TextChoices):
    """How the new price ends."""

    CENT = "", gettext_lazy("to the cent")
    NINETY_NINE = "0.99", gettext_lazy("….99")
    NINETY_FIVE = "0.95", gettext_lazy("….95")
    NINETY = "0.90", gettext_lazy("….90")
    WHOLE = "0.00", gettext_lazy("whole")


@dataclass(frozen=True)
class PriceRule:
    """`value` is an amount, or percent; negative makes it cheaper."""

    mode: str = PriceMode.KEEP
    value: Decimal = Decimal(0)
    rounding: str = Rounding.CENT

    def apply(self, price: Decimal) -> Decimal:
        """Raises StoreError when the price would be none."""
        changes = {
            PriceMode.KEEP: price,
            PriceMode.SET: self.value,
            PriceMode.AMOUNT: price + self.value,
            PriceMode.PERCENT: price * (100 + self.value) / 100,
        }
        new = changes[PriceMode(self.mode)]
        if self.mode != PriceMode.KEEP:
            new = ending(new, Decimal(self.rounding)) if self.rounding else round_money(new)
        if not 0 <= new < MAX_PRICE:
            raise StoreError(_("The price would be %(price)s.") % {"price": new})
        return new


def ending(price: Decimal, end: Decimal) -> Decimal:
    """The nearest price with these cents: 20.30 and 0.99 make 19.99, 20.60 makes 20.99. Never below zero."""
    whole = (price - end).quantize(Decimal(1), ROUND_HALF_UP)
    return round_money(max(whole, Decimal(0)) + end) if price >= 0 else round_money(price)
