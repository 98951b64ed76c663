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


@dataclass(frozen=True, slots=True)
class OfflineWay:
    code: str
    kind: str
    name: Text
    note: Text
    instructions: Text
    hold_days: int
    deliveries: tuple[str, ...] = ()
    max_total: str | None = None


PAYMENTS = (
    OfflineWay(
        "transfer",
        "transfer",
        Text("Bank transfer", "Банковский перевод"),
        Text("We send the goods when the money has arrived.", "Отправим товар, когда деньги поступят."),
        Text(
            "Transfers within the euro area arrive on the next day.", "Переводы в еврозоне приходят на следующий день."
        ),
        7,
    ),
    OfflineWay(
        "on-delivery",
        "delivery",
        Text("Pay on delivery", "Оплата при доставке"),
        Text("In cash or by card to the courier.", "Наличными или картой курьеру."),
        Text(
            "The courier calls before he comes and takes cash or a card.",
            "Курьер позвонит перед приездом и примет наличные или карту.",
        ),
        14,
        ("standard", "express"),
    ),
    OfflineWay(
        "at-pickup",
        "pickup",
        Text("Pay at pick-up", "Оплата при получении"),
        Text("In cash or by card at our counter.", "Наличными или картой у нашей стойки."),
        Text(
            "Come within five days and name the order number.", "Приходите в течение пяти дней, назовите номер заказа."
        ),
        5,
        ("pickup",),
        "500",
    ),
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
