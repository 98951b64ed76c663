"""Ways of delivery and taxes. Rates as of 2026, for trying the shop out; an operator looks them up."""

from dataclasses import dataclass

from demo.content.kinds import Text


@dataclass(frozen=True, slots=True)
class Way:
    code: str
    name: Text
    price: str
    free_from: str | None
    countries: tuple[str, ...]
    days: tuple[int, int]


WAYS = (
    Way("standard", Text("Standard delivery", "Обычная доставка"), "4.90", "60", (), (3, 5)),
    Way("express", Text("Express delivery", "Срочная доставка"), "12.90", None, (), (1, 2)),
    Way("pickup", Text("Collect from the shop", "Самовывоз из магазина"), "0", None, ("LV",), (1, 1)),
)

HOME = "LV"
# Country → per cent, included in the prices.
TAXES = {
    "AT": "20",
    "BE": "21",
    "CZ": "21",
    "DE": "19",
    "DK": "25",
    "EE": "24",
    "ES": "21",
    "FI": "25.5",
    "FR": "20",
    "GB": "20",
    "GR": "24",
    "IE": "23",
    "IT": "22",
    "LT": "21",
    "LV": "21",
    "NL": "21",
    "PL": "23",
    "PT": "23",
    "SE": "25",
}
