"""Coupons, tax classes and terms of the demo shop."""

from dataclasses import dataclass

from demo.content.kinds import Text


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    kind: str
    value: str
    minimum: str | None = None
    each: int | None = None
    uses: int | None = None
    excludes_sale: bool = False


CODES = (
    Code("WELCOME10", "percent", "10", each=1),
    Code("FREESHIP", "free_shipping", "0", minimum="25"),
    Code("LAST5", "amount", "5", uses=5, excludes_sale=True),
)

# Code → name, and the rate in the shop's own country.
CLASSES = {
    "reduced": (Text("Reduced rate", "Пониженная ставка"), "12"),
    "zero": (Text("Not taxed", "Не облагается"), "0"),
}

TERMS_VERSION = "2026-11"
TERMS = Text(
    "<h2>Ordering</h2><p>Your order is binding once you have paid for it or we have confirmed it. Until then we hold "
    "the goods for you.</p><h2>Prices and delivery</h2><p>All prices include tax. What delivery costs and when it "
    "arrives stands in the cart before you order.</p><h2>Returning goods</h2><p>You may send everything back within "
    "30 days of its arrival, without giving a reason. We return the whole price within 14 days.</p>"
    "<h2>Guarantee</h2><p>What breaks within two years is repaired, replaced or refunded.</p>",
    "<h2>Заказ</h2><p>Заказ вступает в силу, когда вы его оплатили или мы его подтвердили. До этого мы держим товар "
    "для вас.</p><h2>Цены и доставка</h2><p>Все цены включают налог. Стоимость и срок доставки видны в корзине до "
    "заказа.</p><h2>Возврат</h2><p>Всё можно вернуть в течение 30 дней после получения, не объясняя причин. Мы вернём "
    "полную стоимость в течение 14 дней.</p><h2>Гарантия</h2><p>Что сломалось за два года, мы починим, заменим или "
    "вернём деньги.</p>",
)
PICKUP_ADDRESS = Text("Vitrina, Miera iela 12, Rīga, LV-1001", "Vitrina, улица Миера 12, Рига, LV-1001")
OPENING_HOURS = Text("Monday to Friday 10–19, Saturday 10–16", "Понедельник–пятница 10–19, суббота 10–16")
